package dev.trackit.runner.picture;

/** One thing that is drawn, in pixels from the top left of what it belongs to. */
sealed interface Mark {

    /**
     * A line or an area.
     *
     * @param ink with what it is drawn
     * @param d a path of SVG with the commands M, L, C and Z, all absolute
     */
    record Path(Ink ink, String d) implements Mark {}

    /**
     * A line of text.
     *
     * @param style how it is set
     * @param ink its colour
     * @param x where it begins
     * @param y its base line
     * @param text without control characters, short enough to fit
     */
    record Text(TextStyle style, Ink ink, double x, double y, String text) implements Mark {}
}
