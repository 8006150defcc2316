package dev.trackit.jupyter.notebook;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The text of an HTML output that has no plain twin, such as a styled table: rows are lines, cells are parted by bars, everything else that begins a
 * block begins a line; tags, scripts and styles are left out. It is for reading and searching only, and costs time in proportion to the text; broken HTML gives
 * what can be read of it. Nothing is executed or fetched.
 */
public final class HtmlText {
    /** What is between their tags is no text. */
    private static final Set<String> SILENT = Set.of("style", "script", "head", "template", "svg", "math", "noscript");

    private static final Set<String> BLOCKS = Set.of(
            "p",
            "div",
            "br",
            "tr",
            "li",
            "ul",
            "ol",
            "table",
            "thead",
            "tbody",
            "tfoot",
            "caption",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "pre",
            "hr",
            "dt",
            "dd",
            "section",
            "article",
            "details",
            "summary",
            "blockquote",
            "form");

    private static final Map<String, String> ENTITIES = Map.of(
            "lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'", "nbsp", " ", "times", "×", "ndash", "–",
            "mdash", "—", "hellip", "…");

    private static final int LONGEST_ENTITY = 10;

    private final String html;
    private final StringBuilder out = new StringBuilder();
    private boolean inRow;
    private boolean space;

    private HtmlText(String html) {
        this.html = html;
    }

    /** The text of this HTML, which may be only the beginning of it. */
    public static String of(String html) {
        return new HtmlText(html).read();
    }

    private String read() {
        int at = 0;
        while (at < html.length()) {
            char c = html.charAt(at);
            if (c == '<' && at + 1 < html.length() && beginsTag(html.charAt(at + 1))) {
                at = tag(at);
            } else if (c == '&') {
                at = entity(at);
            } else {
                text(c);
                at++;
            }
        }
        return out.toString().strip();
    }

    private static boolean beginsTag(char next) {
        return next == '/' || next == '!' || next == '?' || Character.isLetter(next);
    }

    /** Takes the tag at this place, and what is silent behind it. @return the place after it */
    private int tag(int at) {
        if (html.startsWith("<!--", at)) {
            int end = html.indexOf("-->", at + 4);
            return end < 0 ? html.length() : end + 3;
        }
        int end = endOfTag(at);
        boolean closing = html.charAt(at + 1) == '/';
        int from = at + (closing ? 2 : 1);
        int to = from;
        while (to < end && Character.isLetterOrDigit(html.charAt(to))) {
            to++;
        }
        String name = html.substring(from, to).toLowerCase(Locale.ROOT);
        if (!closing && SILENT.contains(name) && html.charAt(end - 1) != '/') {
            return afterSilent(name, end);
        }
        if (name.equals("td") || name.equals("th")) {
            cell(closing);
        } else if (BLOCKS.contains(name)) {
            newLine();
        }
        return Math.min(html.length(), end + 1);
    }

    /** The place of the bracket that closes the tag; brackets in quoted values do not. */
    private int endOfTag(int at) {
        char quote = 0;
        for (int i = at + 1; i < html.length(); i++) {
            char c = html.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if ((c == '"' || c == '\'') && html.charAt(i - 1) == '=') {
                quote = c;
            } else if (c == '>') {
                return i;
            }
        }
        return html.length();
    }

    private int afterSilent(String name, int end) {
        for (int i = html.indexOf("</", end); i >= 0; i = html.indexOf("</", i + 2)) {
            if (html.regionMatches(true, i + 2, name, 0, name.length())) {
                int close = html.indexOf('>', i);
                return close < 0 ? html.length() : close + 1;
            }
        }
        return html.length();
    }

    private void cell(boolean closing) {
        space = false;
        if (closing) {
            return;
        }
        if (inRow) {
            out.append(" | ");
        }
        inRow = true;
    }

    private void newLine() {
        inRow = false;
        space = false;
        if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
            out.append('\n');
        }
    }

    private int entity(int at) {
        int end = html.indexOf(';', at);
        if (end < 0 || end - at > LONGEST_ENTITY) {
            text('&');
            return at + 1;
        }
        String name = html.substring(at + 1, end);
        String known = name.startsWith("#") ? numbered(name) : ENTITIES.get(name);
        if (known == null) {
            text('&');
            return at + 1;
        }
        known.chars().forEach(c -> text((char) c));
        return end + 1;
    }

    private static String numbered(String name) {
        try {
            int code = name.startsWith("#x") || name.startsWith("#X")
                    ? Integer.parseInt(name.substring(2), 16)
                    : Integer.parseInt(name.substring(1));
            boolean letter = Character.isValidCodePoint(code)
                    && !Character.isISOControl(code)
                    && (code < 0xD800 || code > 0xDFFF);
            return letter ? Character.toString(code) : " ";
        } catch (NumberFormatException e) {
            return " ";
        }
    }

    private void text(char c) {
        if (Character.isWhitespace(c) || c == '\u00a0') {
            space = true;
            return;
        }
        boolean begins = out.isEmpty() || out.charAt(out.length() - 1) == '\n' || endsWithBar();
        if (space && !begins) {
            out.append(' ');
        }
        space = false;
        out.append(c);
    }

    private boolean endsWithBar() {
        return out.length() >= 3 && out.charAt(out.length() - 1) == ' ' && out.charAt(out.length() - 2) == '|';
    }
}
