package dev.trackit.core.redact;

import static dev.trackit.core.redact.Chars.isDigit;

import java.math.BigInteger;
import java.util.List;

/**
 * Personal data that is written in digits: payment cards (13 to 19 digits that fit the Luhn check), bank accounts (IBAN, mod 97), telephone
 * numbers in the international form or as written in North America, and US social security numbers.
 *
 * @see <a href="https://www.iso.org/standard/81090.html">ISO 13616-1, IBAN</a>
 */
final class Numbers implements Redactor.Detector {

    @Override
    public boolean mayFind(String text) {
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            digits += isDigit(text.charAt(i)) ? 1 : 0;
            if (digits >= 8) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void find(String text, List<Redactor.Finding> findings) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            boolean begins = !Chars.insideWord(text, i) && (i == 0 || text.charAt(i - 1) != '.');
            int end = -1;
            String kind = "";
            if (begins && Chars.isUpper(c)) {
                end = iban(text, i);
                kind = "iban";
            } else if (begins && (isDigit(c) || c == '+' || c == '(')) {
                end = card(text, i);
                kind = "card";
                if (end < 0) {
                    end = phone(text, i);
                    kind = "phone";
                }
                if (end < 0) {
                    end = grouped(text, i, 3, 2, 4);
                    kind = "ssn";
                }
            }
            if (end > 0) {
                findings.add(new Redactor.Finding(i, end, kind, false));
                i = end;
            } else {
                i++;
            }
        }
    }

    private static int card(String text, int start) {
        StringBuilder digits = new StringBuilder();
        int i = start;
        while (i < text.length() && digits.length() < 20) {
            char c = text.charAt(i);
            boolean separator =
                    (c == ' ' || c == '-') && i + 1 < text.length() && isDigit(text.charAt(i + 1)) && i > start;
            if (isDigit(c)) {
                digits.append(c);
            } else if (!separator) {
                break;
            }
            i++;
        }
        boolean decimal = i + 1 < text.length() && text.charAt(i) == '.' && isDigit(text.charAt(i + 1));
        boolean word = i < text.length() && Chars.isAlnum(text.charAt(i));
        boolean long_ = digits.length() >= 13 && digits.length() <= 19;
        return long_ && !decimal && !word && digits.charAt(0) != '0' && luhn(digits) ? i : -1;
    }

    static boolean luhn(CharSequence digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }

    private static int iban(String text, int start) {
        if (start + 4 > text.length()
                || !Chars.isUpper(text.charAt(start + 1))
                || !isDigit(text.charAt(start + 2))
                || !isDigit(text.charAt(start + 3))) {
            return -1;
        }
        StringBuilder iban = new StringBuilder();
        int i = start;
        int best = -1;
        while (i < text.length() && iban.length() < 34) {
            char c = text.charAt(i);
            if (isDigit(c) || Chars.isUpper(c)) {
                iban.append(c);
            } else if (c != ' '
                    || i + 1 >= text.length()
                    || !(isDigit(text.charAt(i + 1)) || Chars.isUpper(text.charAt(i + 1)))) {
                break;
            }
            i++;
            boolean ends = i == text.length() || !Chars.isAlnum(text.charAt(i));
            if (ends && iban.length() >= 15 && mod97(iban)) {
                best = i;
            }
        }
        return best;
    }

    static boolean mod97(CharSequence iban) {
        String moved = iban.subSequence(4, iban.length()).toString() + iban.subSequence(0, 4);
        StringBuilder number = new StringBuilder();
        for (int i = 0; i < moved.length(); i++) {
            number.append(Character.getNumericValue(moved.charAt(i)));
        }
        return new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
    }

    private static int phone(String text, int start) {
        if (text.charAt(start) != '+') {
            int american = text.charAt(start) == '(' ? bracketed(text, start) : grouped(text, start, 3, 3, 4);
            return american;
        }
        int digits = 0;
        int i = start + 1;
        int end = -1;
        while (i < text.length() && digits < 16) {
            char c = text.charAt(i);
            if (isDigit(c)) {
                digits++;
                end = i + 1;
            } else if ("-. ()".indexOf(c) < 0) {
                break;
            }
            i++;
        }
        boolean spaced = start + 1 < text.length() && isDigit(text.charAt(start + 1));
        return spaced && digits >= 9 && digits <= 15 ? end : -1;
    }

    private static int bracketed(String text, int start) {
        boolean area =
                start + 5 <= text.length() && allDigits(text, start + 1, start + 4) && text.charAt(start + 4) == ')';
        if (!area) {
            return -1;
        }
        int rest = start + 5;
        rest += rest < text.length() && text.charAt(rest) == ' ' ? 1 : 0;
        boolean number = rest + 8 <= text.length()
                && allDigits(text, rest, rest + 3)
                && (text.charAt(rest + 3) == '-' || text.charAt(rest + 3) == '.')
                && allDigits(text, rest + 4, rest + 8);
        return number ? rest + 8 : -1;
    }

    /** Groups of digits of these lengths, joined by the same hyphen or dot. */
    private static int grouped(String text, int start, int... lengths) {
        int i = start;
        char joint = 0;
        for (int g = 0; g < lengths.length; g++) {
            if (g > 0) {
                char c = i < text.length() ? text.charAt(i) : 0;
                if (c != '-' && (c != '.' || lengths[1] != 3) || joint != 0 && c != joint) {
                    return -1;
                }
                joint = c;
                i++;
            }
            if (i + lengths[g] > text.length() || !allDigits(text, i, i + lengths[g])) {
                return -1;
            }
            i += lengths[g];
        }
        boolean goesOn = i < text.length() && (Chars.isAlnum(text.charAt(i)) || text.charAt(i) == '-');
        return goesOn ? -1 : i;
    }

    private static boolean allDigits(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
