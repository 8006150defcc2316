package dev.trackit.core.redact;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Values given to names like {@code password}, in code, JSON, settings and addresses: {@code password = "…"}, {@code "api_key": "…"},
 * {@code PASSWORD=…}, {@code connect(user, passwd="…")}, {@code --token …}, {@code ?sig=…}; in connection strings ({@code "Pwd=…;"}), in
 * {@code %env TOKEN …}, as {@code .netrc} has them ({@code login … password …}), and in pairs of user and password
 * ({@code auth=("…", "…")}).
 */
final class Assignments implements Redactor.Detector {
    private static final int LONGEST_VALUE = 4096;
    private static final int LONGEST_NAME = 64;

    /** Looked for in lower case, wherever in a name they stand. */
    private static final List<String> WORDS = List.of(
            "password",
            "passwd",
            "passwort",
            "passphrase",
            "pwd",
            "secret",
            "token",
            "api_key",
            "apikey",
            "api-key",
            "access_key",
            "accesskey",
            "access-key",
            "account_key",
            "accountkey",
            "private_key",
            "privatekey",
            "client_secret",
            "credential",
            "auth_key",
            "authkey",
            "encryption_key",
            "signature",
            "authorization",
            "sig=");

    /** Too short to be looked for inside other words: the whole name, or its end behind an underscore. */
    private static final Pattern SHORT_NAME = Pattern.compile("(?i)(?<![a-z0-9])(?:pass|pw|creds|pin)(?![a-z0-9_])");

    private static final Pattern PAIR =
            Pattern.compile("(?:\\bauth\\s{0,2}=\\s{0,2}|Auth|\\.login)\\(\\s{0,8}([\"'])[^\"'\\n]{0,100}"
                    + "\\1\\s{0,8},\\s{0,8}([\"'])([^\"'\\n]{3,200})\\2");
    private static final Pattern AFTER_LOGIN = Pattern.compile("(?:login|account|user)\\s{1,8}\\S{1,80}\\s{1,8}$");
    private static final Pattern ENVIRONMENT = Pattern.compile("(?:%env|%set_env|!setx?|!export)\\s{1,8}\\w{0,64}$");
    private static final int NEAR = 170;

    private static final List<String> HARMLESS = List.of(
            "none",
            "null",
            "true",
            "false",
            "password",
            "passwd",
            "secret",
            "token",
            "your",
            "xxx",
            "***",
            "changeme",
            "example");

    @Override
    public boolean mayFind(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(lower::contains)
                || SHORT_NAME.matcher(text).find()
                || text.contains("uth")
                || text.contains(".login(");
    }

    @Override
    public void find(String text, List<Redactor.Finding> findings) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.length() != text.length()) { // A few characters change length; then positions would not fit.
            lower = asciiLower(text);
        }
        for (String word : WORDS) {
            for (int at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + word.length())) {
                int afterName = word.endsWith("=") ? at + word.length() - 1 : endOfName(text, at + word.length());
                value(text, at, afterName, findings);
            }
        }
        Matcher name = SHORT_NAME.matcher(text);
        while (name.find()) {
            value(text, name.start(), name.end(), findings);
        }
        Matcher pair = PAIR.matcher(text);
        while (pair.find()) {
            findings.add(new Redactor.Finding(pair.start(3), pair.end(3), "secret", true));
        }
    }

    private static void value(String text, int name, int afterName, List<Redactor.Finding> findings) {
        int at = skip(text, afterName, "\"']) \t");
        boolean blank = at > afterName && Character.isWhitespace(text.charAt(afterName));
        if (blank && follows(text, name, AFTER_LOGIN, ENVIRONMENT) && afterSign(text, at) < 0) {
            word(text, at, findings);
            return;
        }
        boolean option = at == afterName + 1 && text.charAt(afterName) == ' ' && beginsOption(text, afterName);
        if (!option) {
            int assigned = afterSign(text, at);
            if (assigned < 0) {
                return;
            }
            at = skip(text, assigned, " \t");
        }
        at = afterStringPrefix(text, at);
        if (at >= text.length()) {
            return;
        }
        char quote = text.charAt(at);
        if (quote == '"' || quote == '\'') {
            quoted(text, at, quote, findings);
        } else if (at == afterName + 1 && text.charAt(afterName) == '=' && insideString(text, name)
                || follows(text, name, ENVIRONMENT)) {
            word(text, at, findings);
        } else {
            bare(text, at, findings);
        }
    }

    private static boolean follows(String text, int name, Pattern... before) {
        String near = text.substring(Math.max(0, name - NEAR), name);
        return Stream.of(before).anyMatch(pattern -> pattern.matcher(near).find());
    }

    /** Whether a string began on this line before a place and has not ended. */
    private static boolean insideString(String text, int at) {
        char open = 0;
        for (int i = Math.max(at - NEAR, text.lastIndexOf('\n', at - 1) + 1); i < at; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (open == 0 && (c == '"' || c == '\'')) {
                open = c;
            } else if (c == open) {
                open = 0;
            }
        }
        return open != 0;
    }

    /** A value that is one word, also one without digits: where it stands it cannot be a name. */
    private static void word(String text, int start, List<Redactor.Finding> findings) {
        int end = start;
        while (end < text.length() && end - start < LONGEST_VALUE && " \t\r\n\"'`;&,)".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        if (end - start >= 4 && !isHarmless(text, start, end)) {
            findings.add(new Redactor.Finding(start, end, "secret", true));
        }
    }

    private static void quoted(String text, int at, char quote, List<Redactor.Finding> findings) {
        int start = at + 1;
        while (start < text.length() && text.charAt(start) == quote) { // Triple quotes; an empty string ends here too.
            start++;
        }
        int end = start;
        while (end < text.length()
                && end - start < LONGEST_VALUE
                && text.charAt(end) != quote
                && text.charAt(end) != '\n') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(end, text.length());
        if (start - at != 2 && end - start >= 3 && !isHarmless(text, start, end)) {
            findings.add(new Redactor.Finding(start, end, "secret", true));
        }
    }

    /** Without quotes only what cannot be a name or a call: letters and digits mixed, as in settings files and addresses. */
    private static void bare(String text, int start, List<Redactor.Finding> findings) {
        int end = start;
        boolean digit = false;
        boolean letter = false;
        while (end < text.length() && end - start < LONGEST_VALUE && isBare(text.charAt(end))) {
            digit |= Chars.isDigit(text.charAt(end));
            letter |= Character.isLetter(text.charAt(end));
            end++;
        }
        boolean call = end < text.length() && (text.charAt(end) == '(' || text.charAt(end) == '[');
        if (digit && letter && !call && end - start >= 6 && !isHarmless(text, start, end)) {
            findings.add(new Redactor.Finding(start, end, "secret", true));
        }
    }

    private static boolean isBare(char c) {
        return Chars.isToken(c) || c == '!' || c == '@' || c == '#' || c == '$' || c == '%' || c == '^' || c == '*';
    }

    private static boolean isHarmless(String text, int start, int end) {
        String value = text.substring(start, end).toLowerCase(Locale.ROOT);
        return HARMLESS.stream().anyMatch(value::equals)
                || value.startsWith("your")
                || value.startsWith("{") && value.endsWith("}")
                || value.startsWith("<") && value.endsWith(">")
                || value.startsWith("$")
                || value.chars().allMatch(c -> c == '*' || c == 'x' || c == '.');
    }

    /** The rest of a name such as {@code password_of_db}. */
    private static int endOfName(String text, int at) {
        int end = at;
        while (end < text.length()
                && end - at < LONGEST_NAME
                && (Chars.isAlnum(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        return end;
    }

    private static int skip(String text, int at, String chars) {
        int i = at;
        while (i < text.length() && i - at < 8 && chars.indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }

    /** Behind {@code =}, {@code :}, {@code =>}, {@code :=} or a comma (as in {@code setenv("TOKEN", "…")}); -1 if none is here or it compares. */
    private static int afterSign(String text, int at) {
        if (at >= text.length()) {
            return -1;
        }
        char c = text.charAt(at);
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (c == '=') {
            return next == '=' ? -1 : at + (next == '>' ? 2 : 1);
        } else if (c == ':') {
            return at + (next == '=' ? 2 : 1);
        }
        return c == ',' && at > 0 && (text.charAt(at - 1) == '"' || text.charAt(at - 1) == '\'') ? at + 1 : -1;
    }

    private static boolean beginsOption(String text, int afterName) {
        int i = afterName - 1;
        while (i > 0 && (Chars.isAlnum(text.charAt(i)) || text.charAt(i) == '-' || text.charAt(i) == '_')) {
            i--;
        }
        return text.startsWith("--", i + 1) || text.startsWith("--", i);
    }

    private static int afterStringPrefix(String text, int at) {
        int i = at;
        while (i < text.length() && i - at < 2 && "rbfuRBFU".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        boolean string = i < text.length() && (text.charAt(i) == '"' || text.charAt(i) == '\'');
        return string ? i : at;
    }

    private static String asciiLower(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            if (Chars.isUpper(out.charAt(i))) {
                out.setCharAt(i, (char) (out.charAt(i) + 32));
            }
        }
        return out.toString();
    }
}
