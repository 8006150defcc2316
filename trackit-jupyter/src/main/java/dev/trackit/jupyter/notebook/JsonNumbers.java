package dev.trackit.jupyter.notebook;

import java.math.BigDecimal;
import java.util.OptionalInt;

/** The scalars of JSON as they are written, and the few numbers that matter in a notebook. */
final class JsonNumbers {
    private JsonNumbers() {}

    /** Whether this is a number, boolean or null of JSON, or one of the numbers that Python adds. */
    static boolean isScalar(String written) {
        return switch (written) {
            case "true", "false", "null", "NaN", "Infinity", "-Infinity" -> true;
            default -> isNumber(written);
        };
    }

    /**
     * A count as notebooks hold it, leniently: {@code 3}, {@code 3.0}, {@code "3"}. Nothing if it is no whole number from 0 that
     * an int can hold: some tools write negative, fractional or huge ones, which mean nothing.
     */
    static OptionalInt count(String written) {
        String text = written.strip();
        if (text.isEmpty() || text.length() > 20 || !isNumber(text)) {
            return OptionalInt.empty();
        }
        try {
            int value = new BigDecimal(text).intValueExact();
            return value < 0 ? OptionalInt.empty() : OptionalInt.of(value);
        } catch (ArithmeticException | NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    private static boolean isNumber(String s) {
        int i = s.startsWith("-") ? 1 : 0;
        int whole = digits(s, i);
        if (whole == i || (whole > i + 1 && s.charAt(i) == '0')) {
            return false;
        }
        i = whole;
        if (i < s.length() && s.charAt(i) == '.') {
            int fraction = digits(s, i + 1);
            if (fraction == i + 1) {
                return false;
            }
            i = fraction;
        }
        if (i < s.length() && (s.charAt(i) == 'e' || s.charAt(i) == 'E')) {
            i++;
            if (i < s.length() && (s.charAt(i) == '+' || s.charAt(i) == '-')) {
                i++;
            }
            int exponent = digits(s, i);
            if (exponent == i) {
                return false;
            }
            i = exponent;
        }
        return i == s.length();
    }

    private static int digits(String s, int from) {
        int i = from;
        while (i < s.length() && s.charAt(i) >= '0' && s.charAt(i) <= '9') {
            i++;
        }
        return i;
    }
}
