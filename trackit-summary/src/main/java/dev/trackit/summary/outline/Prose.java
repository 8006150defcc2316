package dev.trackit.summary.outline;

/** The words of Markdown without its marks. */
final class Prose {
    private Prose() {}

    static String plain(String markdown) {
        return markdown.replaceAll("(?s)<!--.*?-->", " ")
                .replaceAll("<[^<>]{0,2000}>", "")
                .replaceAll("!\\[[^\\]]*\\]\\([^)]*\\)", "")
                .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                .replaceAll("(?m)^ {0,3}#{1,6}[ \\t]*(.*?)[ \\t#:.]*$", "$1:")
                .replaceAll("(?m)^[ \\t]*[-*+>][ \\t]+", "")
                .replaceAll("(?m)^[ \\t]*([-*_=][ \\t]*){3,}$", "")
                .replaceAll("(\\*\\*|__|\\*|`+)(\\S(?:.*?\\S)?)\\1", "$2")
                .replaceAll("\\s+", " ")
                .replaceAll(":$", "")
                .strip();
    }
}
