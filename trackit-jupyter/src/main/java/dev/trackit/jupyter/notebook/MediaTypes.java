package dev.trackit.jupyter.notebook;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What TrackIT knows of the media types of outputs: which of several forms of one output is the richest, and how a payload
 * is written in JSON. Saved notebooks and live messages go by the same rules, so that the same output has the same digest.
 *
 * <p>The order, richest first: PNG, JPEG, GIF, WebP, SVG and other pictures; sound, film and PDF; {@code application/vnd.…}
 * (interactive plots and tables); HTML; Markdown; LaTeX; JSON; JavaScript; anything unknown; plain text. Among equals the
 * alphabet decides, so that the choice never depends on the order in a file.
 */
public final class MediaTypes {
    private static final List<String> ORDER = List.of(
            "image/png",
            "image/jpeg",
            "image/gif",
            "image/webp",
            "image/svg+xml",
            "image/",
            "video/",
            "audio/",
            "application/pdf",
            "application/vnd.",
            "text/html",
            "text/markdown",
            "text/latex",
            "application/json",
            "application/javascript",
            "text/javascript");

    private MediaTypes() {}

    /** The richest of these, by the order above. */
    public static Optional<String> richest(Collection<String> types) {
        return types.stream().min(MediaTypes::compare);
    }

    /** Compares by the order above: negative if {@code a} is richer than {@code b}. */
    public static int compare(String a, String b) {
        int byRank = Integer.compare(rank(a), rank(b));
        return byRank != 0 ? byRank : a.compareTo(b);
    }

    /**
     * Whether a payload of this type is bytes, written in Base64: pictures except SVG, sound, film, PDF. Decoding skips what is
     * not of the alphabet, such as line breaks, and ends at the first padding.
     */
    public static boolean isBase64(String type) {
        return (type.startsWith("image/") && !type.startsWith("image/svg"))
                || type.startsWith("audio/")
                || type.startsWith("video/")
                || type.equals("application/pdf");
    }

    /**
     * Whether a payload of this type is a JSON value, whose bytes are its source text without the white space between
     * tokens; a value that is a string counts as that text.
     */
    public static boolean isJson(String type) {
        return type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
    }

    /** Whether a person can read a payload of this type as it is, so that it is its own text form if there is no plain twin. */
    public static boolean isReadable(String type) {
        return type.equals("text/plain")
                || type.equals("text/markdown")
                || type.equals("text/latex")
                || type.equals("application/json");
    }

    private static int rank(String type) {
        for (int i = 0; i < ORDER.size(); i++) {
            String known = ORDER.get(i);
            boolean family = known.endsWith("/") || known.endsWith(".");
            if (family ? type.startsWith(known) : type.equals(known)) {
                return i;
            }
        }
        return type.equals("text/plain") ? ORDER.size() + 1 : ORDER.size();
    }
}
