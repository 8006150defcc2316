package dev.trackit.python.parse;

import dev.trackit.python.ast.Expr.Constant.Type;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Number literals: where they end, and what they mean. */
final class Numbers {

    /** CPython's limit of digits of a decimal integer. */
    private static final int MAX_DIGITS = 4_300;

    private Numbers() {}

    /** What a literal means; {@code python2} if only Python 2 knew the notation. */
    record Value(Type type, Object value, boolean python2) {}

    /** The offset after the number that begins at {@code start}, or -1 if it is malformed. */
    static int scan(char[] text, int start, int limit) {
        char next = at(text, start + 1, limit);
        int end;
        if (text[start] == '0' && "xXoObB".indexOf(next) >= 0) {
            int bits = bits(next);
            end = digits(text, start + 2, limit, bits, true);
            if (end <= start + 2) {
                return -1;
            }
        } else {
            end = decimal(text, start, limit);
        }
        return end < 0 || !endsHere(text, end, limit) ? end < 0 ? -1 : longSuffix(text, end, limit) : end;
    }

    private static int decimal(char[] text, int start, int limit) {
        int at = text[start] == '.' ? start : digits(text, start, limit, 10, false);
        if (at >= 0 && at(text, at, limit) == '.') {
            at++;
            if (Chars.isDigit(at(text, at, limit))) {
                at = digits(text, at, limit, 10, false);
            }
        }
        char e = at < 0 ? '\0' : at(text, at, limit);
        if (e == 'e' || e == 'E') {
            int sign = at(text, at + 1, limit) == '+' || at(text, at + 1, limit) == '-' ? 2 : 1;
            if (Chars.isDigit(at(text, at + sign, limit))) {
                at = digits(text, at + sign, limit, 10, false);
            }
        }
        char j = at < 0 ? '\0' : at(text, at, limit);
        return j == 'j' || j == 'J' ? at + 1 : at;
    }

    /** Scans digits with single underscores between them; -1 if an underscore stands wrong. */
    private static int digits(char[] text, int start, int limit, int radix, boolean leadingUnderscore) {
        int at = start;
        if (leadingUnderscore && at(text, at, limit) == '_') {
            at++;
        }
        int first = at;
        while (at < limit) {
            char c = text[at];
            if (c == '_' ? at == first || text[at - 1] == '_' : Character.digit(c, radix) < 0 || c >= 128) {
                break;
            }
            at++;
        }
        return at == first || text[at - 1] == '_' ? -1 : at;
    }

    private static char at(char[] text, int offset, int limit) {
        return offset < limit ? text[offset] : '\0';
    }

    private static int bits(char letter) {
        return letter == 'x' || letter == 'X' ? 16 : letter == 'o' || letter == 'O' ? 8 : 2;
    }

    /** Whether a number may end here: not before a letter or digit, except where a keyword follows. */
    private static boolean endsHere(char[] text, int end, int limit) {
        char c = at(text, end, limit);
        if (c < 128 && !Chars.isNamePart(c)) {
            return true;
        }
        for (String word : new String[] {"and", "else", "for", "if", "in", "is", "or", "not"}) {
            if (follows(text, end, limit, word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean follows(char[] text, int start, int limit, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at(text, start + i, limit) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Python 2's {@code 10L}. */
    private static int longSuffix(char[] text, int end, int limit) {
        char c = at(text, end, limit);
        return (c == 'l' || c == 'L') && !Chars.isNamePart(at(text, end + 1, limit)) ? end + 1 : -1;
    }

    /** The value of a literal that {@link #scan} has accepted, or null if it is not allowed. */
    static @Nullable Value value(String literal) {
        String digits = literal.indexOf('_') < 0 ? literal : literal.replace("_", "");
        char first = digits.charAt(0);
        char last = digits.charAt(digits.length() - 1);
        if (first == '0' && digits.length() > 1 && "xXoObB".indexOf(digits.charAt(1)) >= 0) {
            boolean suffix = last == 'l' || last == 'L';
            return new Value(
                    Type.INT,
                    powerOfTwo(digits, 2, suffix ? digits.length() - 1 : digits.length(), bits(digits.charAt(1))),
                    suffix);
        }
        if (last == 'j' || last == 'J') {
            return new Value(Type.COMPLEX, Double.valueOf(digits.substring(0, digits.length() - 1)), false);
        }
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c == '.' || c == 'e' || c == 'E') {
                return new Value(Type.FLOAT, Double.valueOf(digits), false);
            }
        }
        boolean suffix = last == 'l' || last == 'L';
        return integer(suffix ? digits.substring(0, digits.length() - 1) : digits, suffix);
    }

    private static @Nullable Value integer(String digits, boolean suffix) {
        if (digits.charAt(0) == '0' && digits.chars().anyMatch(c -> c != '0')) {
            boolean octal = digits.chars().allMatch(c -> c < '8');
            return octal ? new Value(Type.INT, powerOfTwo(digits, 1, digits.length(), 8), true) : null;
        }
        if (digits.length() <= 18) {
            return new Value(Type.INT, Long.valueOf(digits), suffix);
        }
        return digits.length() > MAX_DIGITS ? null : new Value(Type.INT, small(new BigInteger(digits)), suffix);
    }

    /** The value of digits of base 2, 8 or 16, in linear time. */
    private static Object powerOfTwo(String text, int start, int end, int radix) {
        int bits = Integer.numberOfTrailingZeros(radix);
        byte[] magnitude = new byte[((end - start) * bits + 7) / 8];
        int bit = 0;
        for (int i = end - 1; i >= start; i--, bit += bits) {
            int digit = Character.digit(text.charAt(i), radix) << bit % 8;
            int at = magnitude.length - 1 - bit / 8;
            magnitude[at] |= (byte) digit;
            if (digit > 255) {
                magnitude[at - 1] |= (byte) (digit >> 8);
            }
        }
        return small(new BigInteger(1, magnitude));
    }

    private static Object small(BigInteger value) {
        return value.bitLength() < 64 ? (Object) value.longValue() : value;
    }
}
