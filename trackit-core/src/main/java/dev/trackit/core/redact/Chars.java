package dev.trackit.core.redact;

/** Kinds of characters, in ASCII: the shapes of secrets know no other. */
final class Chars {
    private Chars() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    static boolean isAlnum(char c) {
        return isDigit(c) || isUpper(c) || c >= 'a' && c <= 'z';
    }

    /** What tokens are made of: base64, its form for addresses, and words. */
    static boolean isToken(char c) {
        return isAlnum(c) || c == '_' || c == '-' || c == '+' || c == '/' || c == '=' || c == '.' || c == '~';
    }

    /** Whether a name or number goes on at this place, so that no token can begin here. */
    static boolean insideWord(String text, int at) {
        return at > 0 && isAlnum(text.charAt(at - 1));
    }
}
