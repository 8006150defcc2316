package dev.trackit.python.parse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Real-looking cells that cover the grammar, and random edits of them. */
final class Snippets {

    private static final String INSERTED =
            "()[]{}'\"\"\"\\:;,.=+-*/%!?@#\n\n    \tdef if in x1_ \0\uD800\u00e9\u00a0f\"{}\"'''";

    private Snippets() {}

    static List<String> all() {
        try (InputStream resource = Snippets.class.getResourceAsStream("snippets.txt")) {
            return List.of(new String(resource.readAllBytes(), StandardCharsets.UTF_8).split("#----\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text with one to four random edits: characters or lines deleted, inserted, doubled, swapped. */
    static String mutated(String text, Random random) {
        StringBuilder edited = new StringBuilder(text);
        int edits = 1 + random.nextInt(4);
        for (int i = 0; i < edits && edited.length() > 0; i++) {
            int at = random.nextInt(edited.length());
            int length = Math.min(edited.length() - at, 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 3));
            switch (random.nextInt(6)) {
                case 0, 1 -> edited.delete(at, at + length);
                case 2, 3 -> edited.insert(at, INSERTED.charAt(random.nextInt(INSERTED.length())));
                case 4 -> edited.insert(at, edited.substring(at, at + length));
                default -> doubleOrDropLine(edited, at, random.nextBoolean());
            }
        }
        return edited.toString();
    }

    private static void doubleOrDropLine(StringBuilder text, int at, boolean drop) {
        int start = text.lastIndexOf("\n", at) + 1;
        int end = text.indexOf("\n", at);
        end = end < 0 ? text.length() : end + 1;
        if (drop) {
            text.delete(Math.min(start, end), end);
        } else {
            text.insert(end, text.substring(Math.min(start, end), end));
        }
    }
}
