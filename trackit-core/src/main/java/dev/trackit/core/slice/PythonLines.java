package dev.trackit.core.slice;

/** Moves Python statements into a block without changing their meaning. */
final class PythonLines {

    private PythonLines() {}

    /** The statement in a {@code try} that lets it fail. */
    static String tolerated(String text) {
        return "try:\n" + indented(text) + "\nexcept Exception:\n    pass";
    }

    /** Indents each line by four blanks, except lines that begin within a string that spans lines: these are data. */
    static String indented(String text) {
        StringBuilder result = new StringBuilder("    ");
        String open = "";
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (!open.isEmpty()) {
                if (c == '\\' && i + 1 < text.length()) {
                    result.append(c).append(text.charAt(i + 1));
                    i += 2;
                    continue;
                }
                if (text.startsWith(open, i)) {
                    result.append(open);
                    i += open.length();
                    open = "";
                    continue;
                }
                if (c == '\n' && open.length() == 1) {
                    open = "";
                    result.append("\n    ");
                    i++;
                    continue;
                }
                result.append(c);
                i++;
                continue;
            }
            if (c == '#') {
                int end = text.indexOf('\n', i);
                int stop = end < 0 ? text.length() : end;
                result.append(text, i, stop);
                i = stop;
            } else if (c == '"' || c == '\'') {
                String triple = String.valueOf(c).repeat(3);
                open = text.startsWith(triple, i) ? triple : String.valueOf(c);
                result.append(open);
                i += open.length();
            } else {
                result.append(c == '\n' ? "\n    " : String.valueOf(c));
                i++;
            }
        }
        return result.toString();
    }
}
