package dev.trackit.runner.manual;

/** The texts of commands and options as plain sentences. */
final class Words {
    private Words() {}

    /** All lines as one paragraph. */
    static String paragraph(String[] lines) {
        return String.join(" ", lines)
                .replace("%n", " ")
                .replace("%%", "%")
                .replaceAll("@\\|[a-z,]+ (.*?)\\|@", "$1")
                .strip();
    }

    /** The first sentence, without its full stop. */
    static String first(String[] lines) {
        String text = paragraph(lines);
        int end = text.indexOf(". ");
        return (end < 0 ? text : text.substring(0, end)).replaceFirst("\\.$", "");
    }
}
