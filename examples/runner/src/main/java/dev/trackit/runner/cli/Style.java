package dev.trackit.runner.cli;

/** Colours and weights for text on a terminal, or none of them. */
public final class Style {
    private final boolean enabled;

    Style(boolean enabled) {
        this.enabled = enabled;
    }

    /** Whether there is any colour. */
    public boolean enabled() {
        return enabled;
    }

    /** Heavier. */
    public String bold(String text) {
        return wrap("1", text);
    }

    /** Less important. */
    public String dim(String text) {
        return wrap("2", text);
    }

    /** Wrong. */
    public String red(String text) {
        return wrap("31", text);
    }

    /** Right. */
    public String green(String text) {
        return wrap("32", text);
    }

    /** Worth a look. */
    public String yellow(String text) {
        return wrap("33", text);
    }

    /** To be typed, or a name. */
    public String cyan(String text) {
        return wrap("36", text);
    }

    private String wrap(String code, String text) {
        return enabled && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
