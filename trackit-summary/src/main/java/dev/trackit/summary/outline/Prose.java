package dev.trackit.summary.outline;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of Markdown without its marks. */
final class Prose {
    private static final Pattern ENTITY = Pattern.compile("&(?:#(\\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,8}));");

    /** The entities that people write in notebooks; those that are only spaces of some width are a space. */
    private static final Map<String, String> ENTITIES = Map.ofEntries(
            Map.entry("amp", "&"),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("nbsp", " "),
            Map.entry("ensp", " "),
            Map.entry("emsp", " "),
            Map.entry("thinsp", " "),
            Map.entry("hairsp", " "),
            Map.entry("mdash", "—"),
            Map.entry("ndash", "–"),
            Map.entry("hellip", "…"),
            Map.entry("bull", "•"),
            Map.entry("middot", "·"),
            Map.entry("times", "×"),
            Map.entry("plusmn", "±"),
            Map.entry("deg", "°"),
            Map.entry("le", "≤"),
            Map.entry("ge", "≥"),
            Map.entry("ne", "≠"),
            Map.entry("rarr", "→"),
            Map.entry("larr", "←"),
            Map.entry("lsquo", "‘"),
            Map.entry("rsquo", "’"),
            Map.entry("ldquo", "“"),
            Map.entry("rdquo", "”"),
            Map.entry("copy", "©"));

    private Prose() {}

    static String plain(String markdown) {
        String words = markdown.replaceAll("(?s)<!--.*?-->", " ")
                .replaceAll("(?i)<(?:br|/?p|/?div|/?li|/?tr)\\b[^<>]{0,2000}>", " ")
                .replaceAll("<[^<>]{0,2000}>", "")
                .replaceAll("!\\[[^\\]]*\\]\\([^)]*\\)", "")
                .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                .replaceAll("(?m)^ {0,3}#{1,6}[ \\t]*(.*?)[ \\t#:.]*$", "$1:")
                .replaceAll("(?m)^[ \\t]*[-*+>][ \\t]+", "")
                .replaceAll("(?m)^[ \\t]*([-*_=][ \\t]*){3,}$", "")
                .replaceAll("(\\*\\*|__|\\*|`+)(\\S(?:.*?\\S)?)\\1", "$2");
        return decoded(words)
                .replaceAll("[\\s\\u00a0\\u2000-\\u200b\\ufeff]+", " ")
                .replaceAll(":$", "")
                .strip();
    }

    /** After the tags are gone, so that nothing that was written as text becomes one. */
    private static String decoded(String text) {
        if (text.indexOf('&') < 0) {
            return text;
        }
        return ENTITY.matcher(text).replaceAll(found -> Matcher.quoteReplacement(character(found)));
    }

    private static String character(MatchResult found) {
        if (found.group(3) != null) {
            return ENTITIES.getOrDefault(found.group(3), found.group());
        }
        int code = found.group(1) != null ? Integer.parseInt(found.group(1)) : Integer.parseInt(found.group(2), 16);
        boolean shown = Character.isValidCodePoint(code)
                && !Character.isISOControl(code)
                && (code < Character.MIN_SURROGATE || code > Character.MAX_SURROGATE);
        return shown ? Character.toString(code) : " ";
    }
}
