package dev.trackit.python.parse;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * The identifiers of one source, each made a string once, with keywords told apart.
 *
 * <p>Open addressing with few probes: names that collide more often, by accident or on purpose, are just not shared.
 */
final class NameTable {

    private static final int MAX_PROBES = 8;
    private static final int KEYWORD_SLOTS = 256;
    private static final @Nullable String[] KEYWORD_NAMES = new @Nullable String[KEYWORD_SLOTS];
    private static final byte[] KEYWORD_KINDS = new byte[KEYWORD_SLOTS];

    static {
        for (int i = 0; i < Token.KEYWORDS.length; i++) {
            String word = Token.KEYWORDS[i];
            int slot = slot(word.hashCode(), KEYWORD_SLOTS);
            while (KEYWORD_NAMES[slot] != null) {
                slot = slot + 1 & KEYWORD_SLOTS - 1;
            }
            KEYWORD_NAMES[slot] = word;
            KEYWORD_KINDS[slot] = (byte) (Token.FIRST_KEYWORD + i);
        }
    }

    private @Nullable String[] names = new @Nullable String[64];
    private int size;

    /** The kind of the keyword that the characters spell, or {@link Token#NAME}; {@code hash} as of a string. */
    static int kind(char[] text, int start, int end, int hash) {
        for (int slot = slot(hash, KEYWORD_SLOTS); ; slot = slot + 1 & KEYWORD_SLOTS - 1) {
            String word = KEYWORD_NAMES[slot];
            if (word == null) {
                return Token.NAME;
            }
            if (word.hashCode() == hash && same(word, text, start, end)) {
                return KEYWORD_KINDS[slot];
            }
        }
    }

    /** The ASCII identifier that the characters spell. */
    String name(char[] text, int start, int end, int hash) {
        int slot = slot(hash, names.length);
        for (int probe = 0; probe < MAX_PROBES; probe++) {
            String name = names[slot];
            if (name == null) {
                return add(slot, new String(text, start, end - start));
            }
            if (name.hashCode() == hash && same(name, text, start, end)) {
                return name;
            }
            slot = slot + 1 & names.length - 1;
        }
        return new String(text, start, end - start);
    }

    /** The identifier in the normal form that Python compares identifiers in. */
    static String normalized(char[] text, int start, int end) {
        return Normalizer.normalize(new String(text, start, end - start), Normalizer.Form.NFKC);
    }

    private String add(int slot, String name) {
        names[slot] = name;
        if (++size > names.length / 2 && names.length < 1 << 16) {
            @Nullable String[] old = names;
            names = new @Nullable String[old.length * 4];
            for (String kept : old) {
                if (kept != null) {
                    reinsert(kept);
                }
            }
        }
        return name;
    }

    private void reinsert(String name) {
        int slot = slot(name.hashCode(), names.length);
        for (int probe = 0; probe < MAX_PROBES; probe++) {
            if (names[slot] == null) {
                names[slot] = name;
                return;
            }
            slot = slot + 1 & names.length - 1;
        }
    }

    private static int slot(int hash, int slots) {
        return (hash ^ hash >>> 15) * 0x9E3779B1 >>> 8 & slots - 1;
    }

    private static boolean same(String name, char[] text, int start, int end) {
        int length = end - start;
        if (name.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (name.charAt(i) != text[start + i]) {
                return false;
            }
        }
        return true;
    }
}
