package dev.trackit.core.redact;

import java.util.List;

/** The password in {@code scheme://user:password@host}, as connection strings have it. */
final class AddressPasswords implements Redactor.Detector {
    private static final int LONGEST = 512;

    @Override
    public boolean mayFind(String text) {
        return text.contains("://");
    }

    @Override
    public void find(String text, List<Redactor.Finding> findings) {
        for (int at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at + 1)) {
            int start = at + 3;
            int colon = -1;
            int sign = -1;
            for (int i = start; i < text.length() && i - start < LONGEST; i++) {
                char c = text.charAt(i);
                if (c == '@') {
                    sign = i; // The last one before the host: passwords may hold the sign.
                } else if (c == ':' && colon < 0) {
                    colon = i;
                } else if (c <= ' '
                        || c == '"'
                        || c == '\''
                        || c == '<'
                        || c == '>'
                        || c == '`'
                        || c == '/' && sign > 0) {
                    break;
                }
            }
            boolean placeholder = colon >= 0 && colon + 1 < text.length() && text.charAt(colon + 1) == '{';
            if (colon > 0 && sign > colon + 1 && !placeholder) {
                findings.add(new Redactor.Finding(colon + 1, sign, "password", true));
            }
        }
    }
}
