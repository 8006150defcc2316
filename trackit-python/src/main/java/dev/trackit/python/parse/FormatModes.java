package dev.trackit.python.parse;

import java.util.Arrays;

/** The f-strings, their fields and the fields' format specifications that are open, the innermost last (PEP 701). */
final class FormatModes {

    static final int STRING = 0;
    static final int FIELD = 1;
    static final int SPEC = 2;

    private static final int MOST = 150;

    private int[] kinds = new int[8];
    private char[] quotes = new char[8];
    private boolean[] triples = new boolean[8];
    private boolean[] raws = new boolean[8];
    private int[] depths = new int[8];
    private int last = -1;

    /**
     * Opens a mode of an f-string with this quote, at this depth of brackets; false if too many are open already.
     */
    boolean enter(int kind, char quote, boolean triple, boolean raw, int depth) {
        if (last + 1 == MOST) {
            return false;
        }
        last++;
        if (last == kinds.length) {
            int size = last * 2;
            kinds = Arrays.copyOf(kinds, size);
            quotes = Arrays.copyOf(quotes, size);
            triples = Arrays.copyOf(triples, size);
            raws = Arrays.copyOf(raws, size);
            depths = Arrays.copyOf(depths, size);
        }
        kinds[last] = kind;
        quotes[last] = quote;
        triples[last] = triple;
        raws[last] = raw;
        depths[last] = depth;
        return true;
    }

    void leave() {
        last--;
    }

    void clear() {
        last = -1;
    }

    boolean any() {
        return last >= 0;
    }

    /** Whether literal text comes next. */
    boolean inText() {
        return last >= 0 && kinds[last] != FIELD;
    }

    boolean inSpec() {
        return kinds[last] == SPEC;
    }

    /** Whether a bracket at this depth is the one that opened the innermost mode. */
    boolean atDepth(int depth) {
        return last >= 0 && depth == depths[last];
    }

    char quote() {
        return quotes[last];
    }

    boolean triple() {
        return triples[last];
    }

    boolean raw() {
        return raws[last];
    }
}
