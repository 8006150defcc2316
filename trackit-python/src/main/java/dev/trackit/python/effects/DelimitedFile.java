package dev.trackit.python.effects;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the outside of a file of delimited text says, by the rules of pandas' own reader: the fields of its first record, how wide the others
 * are, and how many there are. Values are not looked at.
 *
 * @param first the fields of the first record
 * @param second the number of fields of the second record; 0 if there is none
 * @param widest the most fields that a record after the first has
 * @param records the number of records, the first included, blank lines not
 */
record DelimitedFile(List<String> first, int second, int widest, long records) {
    /** Larger files are not read. */
    static final long LARGEST = 32L << 20;

    /** Stands for any run of blanks. */
    static final char BLANKS = 0;

    /**
     * Reads a file.
     *
     * @param skip the number of lines to leave out at the beginning
     * @return null if it is too large, cannot be read or is not text
     */
    static @Nullable DelimitedFile read(Path file, char separator, int skip, Charset charset) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                return null;
            }
            Scan scan = new Scan(Files.readAllBytes(file), (byte) separator, separator == BLANKS, charset);
            return scan.run(skip);
        } catch (IOException e) {
            return null;
        }
    }

    /** Goes over the bytes once; separators, quotes and line ends are ASCII in all encodings that are read. */
    private static final class Scan {
        private final byte[] text;
        private final byte separator;
        private final boolean blanks;
        private final Charset charset;
        private final List<String> first = new ArrayList<>();
        private int at;
        private int second;
        private int widest;
        private long records;

        Scan(byte[] text, byte separator, boolean blanks, Charset charset) {
            this.text = text;
            this.separator = separator;
            this.blanks = blanks;
            this.charset = charset;
        }

        @Nullable
        DelimitedFile run(int skip) {
            if (text.length > 2 && text[0] == (byte) 0xEF && text[1] == (byte) 0xBB && text[2] == (byte) 0xBF) {
                at = 3;
            }
            for (int i = 0; i < skip; i++) {
                while (at < text.length && !endsLine(text[at])) {
                    at++;
                }
                endLine();
            }
            while (at < text.length) {
                if (!skipBlankLine()) {
                    record();
                }
            }
            for (String name : first) {
                if (name.indexOf('\0') >= 0) {
                    return null;
                }
            }
            return first.isEmpty() ? null : new DelimitedFile(List.copyOf(first), second, widest, records);
        }

        private static boolean endsLine(byte b) {
            return b == '\n' || b == '\r';
        }

        private boolean separates(byte b) {
            return blanks ? b == ' ' || b == '\t' : b == separator;
        }

        private void endLine() {
            if (at < text.length && text[at] == '\r') {
                at++;
                at += at < text.length && text[at] == '\n' ? 1 : 0;
            } else {
                at++;
            }
        }

        private boolean skipBlankLine() {
            int i = at;
            while (i < text.length && (text[i] == ' ' || text[i] == '\t') && (blanks || text[i] != separator)) {
                i++;
            }
            if (i < text.length && !endsLine(text[i])) {
                at = blanks ? i : at;
                return false;
            }
            at = i;
            endLine();
            return true;
        }

        private void record() {
            int fields = 0;
            boolean more = true;
            while (more) {
                int begin = at;
                boolean quoted = at < text.length && text[at] == '"';
                field(quoted);
                fields++;
                if (records == 0) {
                    first.add(name(begin, at, quoted));
                }
                more = at < text.length && !endsLine(text[at]);
                if (more) {
                    at++;
                    while (blanks && at < text.length && separates(text[at])) {
                        at++;
                    }
                    more = !blanks || at < text.length && !endsLine(text[at]);
                }
            }
            endLine();
            records++;
            second = records == 2 ? fields : second;
            widest = records > 1 ? Math.max(widest, fields) : widest;
        }

        /** Goes to the separator or line end after the field. */
        private void field(boolean quoted) {
            boolean inside = quoted;
            at += quoted ? 1 : 0;
            while (at < text.length) {
                byte b = text[at];
                if (inside) {
                    if (b == '"' && at + 1 < text.length && text[at + 1] == '"') {
                        at++;
                    } else {
                        inside = b != '"';
                    }
                } else if (separates(b) || endsLine(b)) {
                    return;
                }
                at++;
            }
        }

        private String name(int begin, int end, boolean quoted) {
            String s = new String(text, begin, end - begin, charset);
            if (!quoted) {
                return s;
            }
            int close = s.lastIndexOf('"');
            return (s.substring(1, Math.max(1, close)) + s.substring(Math.max(1, close + 1))).replace("\"\"", "\"");
        }
    }
}
