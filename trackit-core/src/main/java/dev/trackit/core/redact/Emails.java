package dev.trackit.core.redact;

import java.util.List;

/** E-mail addresses. */
final class Emails implements Redactor.Detector {
    private static final int LONGEST_PART = 64;

    @Override
    public boolean mayFind(String text) {
        return text.indexOf('@') > 0;
    }

    @Override
    public void find(String text, List<Redactor.Finding> findings) {
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            int start = at;
            while (start > 0 && at - start < LONGEST_PART && isLocal(text.charAt(start - 1))) {
                start--;
            }
            int end = at + 1;
            while (end < text.length() && end - at < 254 && isHost(text.charAt(end))) {
                end++;
            }
            while (end > at && (text.charAt(end - 1) == '.' || text.charAt(end - 1) == '-')) {
                end--;
            }
            int dot = text.lastIndexOf('.', end - 1);
            boolean topLevel = dot > at + 1 && dot < end && end - dot > 2 && lettersOnly(text, dot + 1, end);
            if (start < at && topLevel) {
                findings.add(new Redactor.Finding(start, end, "email", false));
            }
        }
    }

    private static boolean isLocal(char c) {
        return Chars.isAlnum(c) || "._%+-".indexOf(c) >= 0;
    }

    private static boolean isHost(char c) {
        return Chars.isAlnum(c) || c == '.' || c == '-';
    }

    private static boolean lettersOnly(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!Chars.isAlnum(text.charAt(i)) || Chars.isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
