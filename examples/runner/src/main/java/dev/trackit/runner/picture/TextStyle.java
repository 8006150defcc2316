package dev.trackit.runner.picture;

/** The few ways in which text is set. */
enum TextStyle {
    /** What a dataset is called. */
    NAME(13.5, true, false),
    /** The line below it: shape, folder, type. */
    SUB(11.5, false, false),
    /** What a step does, in words. */
    TITLE(12, true, false),
    /** What a step calls. */
    CODE(10.5, false, true),
    /** The version of a name. */
    TAG(10.5, false, false),
    /** Marks at the bottom: out of date, more. */
    FOOT(10.5, false, false);

    private final double size;
    private final boolean bold;
    private final boolean mono;

    TextStyle(double size, boolean bold, boolean mono) {
        this.size = size;
        this.bold = bold;
        this.mono = mono;
    }

    /** In pixels. */
    double size() {
        return size;
    }

    boolean bold() {
        return bold;
    }

    /** Whether all letters are equally wide. */
    boolean mono() {
        return mono;
    }

    /** The class in style sheets. */
    String cssClass() {
        return "lineage-" + name().toLowerCase(java.util.Locale.ROOT);
    }
}
