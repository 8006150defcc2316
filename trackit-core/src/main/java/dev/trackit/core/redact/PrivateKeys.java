package dev.trackit.core.redact;

import java.util.List;

/** Private keys in PEM form; also the beginning of one whose end is missing. */
final class PrivateKeys implements Redactor.Detector {
    private static final String BEGIN = "-----BEGIN ";
    private static final String KEY = "PRIVATE KEY";
    private static final String END = "-----END ";
    private static final String LINE_END = "-----";

    @Override
    public boolean mayFind(String text) {
        return text.contains(BEGIN);
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
    }
}
