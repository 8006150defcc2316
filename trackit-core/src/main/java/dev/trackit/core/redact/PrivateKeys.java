package dev.trackit.core.redact;

import java.util.List;

/** Private keys in PEM form; also one whose beginning or end is missing. */
final class PrivateKeys implements Redactor.Detector {
    private static final String BEGIN = "-----BEGIN ";
    private static final String KEY = "PRIVATE KEY";
    private static final String END = "-----END ";
    private static final String LINE_END = "-----";
    private static final int LONGEST = 8192;

    @Override
    public boolean mayFind(String text) {
        return text.contains(LINE_END);
    }

    @Override
    public void find(String text, List<Redactor.Finding> findings) {
        for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + 1)) {
            int headEnd = text.indexOf(LINE_END, at + BEGIN.length());
            if (headEnd < 0 || headEnd - at > 80 || !text.substring(at, headEnd).contains(KEY)) {
                continue;
            }
            int close = text.indexOf(END, headEnd);
            int closeEnd = close < 0 ? -1 : text.indexOf(LINE_END, close + END.length());
            int end = closeEnd < 0 ? text.length() : closeEnd + LINE_END.length();
            findings.add(new Redactor.Finding(at, end, "private-key", true));
            at = end - 1;
        }
        withoutBeginning(text, findings);
    }

    /** The lines before an end, whose beginning may be missing. */
    private static void withoutBeginning(String text, List<Redactor.Finding> findings) {
        for (int at = text.indexOf(END); at >= 0; at = text.indexOf(END, at + 1)) {
            int close = text.indexOf(LINE_END, at + END.length());
            if (close > 0 && close - at <= 80 && text.substring(at, close).contains(KEY)) {
                int start = at;
                while (start > 0
                        && at - start < LONGEST
                        && (Chars.isToken(text.charAt(start - 1)) || text.charAt(start - 1) == '\n')) {
                    start--;
                }
                findings.add(new Redactor.Finding(start, close + LINE_END.length(), "private-key", true));
            }
        }
    }
}
