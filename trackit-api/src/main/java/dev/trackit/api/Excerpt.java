package dev.trackit.api;

/** The beginning of a text, for places that have room for so much only. */
public final class Excerpt {

    private Excerpt() {}

    /**
     * The text if it is short enough, else its beginning and an ellipsis.
     *
     * @param most UTF-16 units that are kept, more than 0; one less where the cut would part a surrogate pair, which no
     *     encoder can write
     */
    public static String of(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "…";
    }
}
