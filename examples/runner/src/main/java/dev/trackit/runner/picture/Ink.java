package dev.trackit.runner.picture;

import java.util.Locale;

/**
 * What things are drawn with. Documents and files use the colours here; the page and files for a dark screen replace them by class. Each
 * text has a contrast of 4.5 to 1 at least against each ground it stands on, each line that carries meaning 3 to 1.
 */
enum Ink {
    /** The ground of a dataset. */
    CARD("#ffffff", "#7b8794", 1.1, ""),
    /** The ground of a file. */
    PAPER("#f3faf8", "#3d8577", 1.1, ""),
    /** The fold of a file. */
    FOLD("#d7ece7", "#3d8577", 1.1, ""),
    /** The ground of a model. */
    SOLID("#f7f4fd", "#7a5fc0", 1.1, ""),
    /** The ground of a value on the way. */
    SLIP("#f7f8fa", "#8893a0", 1, ""),
    /** The ground of what was not recorded. */
    HOLE("#fff8ec", "#a3690b", 1.2, "4 3"),
    /** The ground of a step. */
    PILL("#eef1f5", "#8893a0", 1, ""),
    /** What lies below a pile. */
    PILE("#dfe4ea", "#8893a0", 1, ""),
    /** The ground of a drawing or a measure. */
    EASEL("#fdf6f3", "#b0664a", 1.1, ""),
    /** Drawn around what was replaced. */
    PAST("none", "#8893a0", 1.1, "2 3"),
    /** Drawn around the focus. */
    FOCUS("none", "#1f6feb", 2.4, ""),
    /** Drawn around what is out of date. */
    STALE("none", "#a3690b", 1.6, "5 3"),
    /** Small pictures of datasets. */
    ICON_DATA("none", "#3b6ea8", 1.3, ""),
    /** Small pictures of files. */
    ICON_FILE("none", "#2f7466", 1.3, ""),
    /** Small pictures of models. */
    ICON_MODEL("none", "#6a4fb3", 1.3, ""),
    /** Small pictures of steps. */
    ICON_STEP("none", "#52606d", 1.3, ""),
    /** Small pictures of drawings and measures. */
    ICON_END("none", "#a4532f", 1.3, ""),
    /** Small pictures of warnings. */
    ICON_WARN("none", "#8a5703", 1.3, ""),
    /** Names and titles. */
    TEXT("#1c2733", "none", 0, ""),
    /** What stands below them. */
    TEXT_QUIET("#52606d", "none", 0, ""),
    /** How a shape changed. */
    TEXT_CHANGE("#24578f", "none", 0, ""),
    /** What needs attention. */
    TEXT_WARN("#8a5703", "none", 0, ""),
    /** Where data flows. */
    EDGE("none", "#7b8794", 1.3, ""),
    /** Where something that could not be seen lies between. */
    EDGE_GAP("none", "#a3690b", 1.3, "5 4"),
    /** The head of an arrow. */
    ARROW("#6b7784", "none", 0, ""),
    /** The head of an arrow over a gap. */
    ARROW_GAP("#a3690b", "none", 0, "");

    private final String fill;
    private final String stroke;
    private final double width;
    private final String dashes;

    Ink(String fill, String stroke, double width, String dashes) {
        this.fill = fill;
        this.stroke = stroke;
        this.width = width;
        this.dashes = dashes;
    }

    /** A colour as {@code #rrggbb}, or {@code none}. */
    String fill() {
        return fill;
    }

    /** A colour as {@code #rrggbb}, or {@code none}. */
    String stroke() {
        return stroke;
    }

    /** Of the stroke, in pixels. */
    double width() {
        return width;
    }

    /** Lengths of dashes and the spaces between; empty for an unbroken line. */
    String dashes() {
        return dashes;
    }

    /** The class in style sheets. */
    String cssClass() {
        return "lineage-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
