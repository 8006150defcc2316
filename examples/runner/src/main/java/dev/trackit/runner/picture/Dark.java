package dev.trackit.runner.picture;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Colours of a picture file on a dark screen. */
final class Dark {
    private static final Map<Ink, String[]> COLOURS = new EnumMap<>(Ink.class);

    static {
        put(Ink.CARD, "#1b222b", "#7f8c9a");
        put(Ink.PAPER, "#15251f", "#5fae9c");
        put(Ink.FOLD, "#234239", "#5fae9c");
        put(Ink.SOLID, "#211c33", "#a48ee0");
        put(Ink.SLIP, "#191e25", "#7f8c9a");
        put(Ink.HOLE, "#2a2114", "#d19a3c");
        put(Ink.PILL, "#262e38", "#7f8c9a");
        put(Ink.PILE, "#343e4a", "#7f8c9a");
        put(Ink.EASEL, "#2b1f1a", "#d08a6c");
        put(Ink.PAST, "none", "#7f8c9a");
        put(Ink.FOCUS, "none", "#6cb0ff");
        put(Ink.STALE, "none", "#d19a3c");
        put(Ink.ICON_DATA, "none", "#84b6ea");
        put(Ink.ICON_FILE, "none", "#7cc7b5");
        put(Ink.ICON_MODEL, "none", "#bba6f0");
        put(Ink.ICON_STEP, "none", "#aab6c2");
        put(Ink.ICON_END, "none", "#e0a285");
        put(Ink.ICON_WARN, "none", "#e5b35c");
        put(Ink.TEXT, "#e8edf2", "none");
        put(Ink.TEXT_QUIET, "#aab6c2", "none");
        put(Ink.TEXT_CHANGE, "#8fc0f2", "none");
        put(Ink.TEXT_WARN, "#e5b35c", "none");
        put(Ink.EDGE, "none", "#7f8c9a");
        put(Ink.EDGE_GAP, "none", "#d19a3c");
        put(Ink.ARROW, "#94a1ae", "none");
        put(Ink.ARROW_GAP, "#d19a3c", "none");
    }

    private Dark() {}

    private static void put(Ink ink, String fill, String stroke) {
        COLOURS.put(ink, new String[] {fill, stroke});
    }

    /** For each ink what is filled, and what is drawn. */
    static Map<Ink, String[]> colours() {
        return COLOURS;
    }

    static String styleSheet() {
        StringBuilder out = new StringBuilder("@media (prefers-color-scheme:dark){.lineage-ground{fill:#12171d}");
        for (Ink ink : Ink.values()) {
            String[] colours = COLOURS.get(ink);
            if (colours != null) {
                out.append(
                        String.format(Locale.ROOT, ".%s{fill:%s;stroke:%s}", ink.cssClass(), colours[0], colours[1]));
            }
        }
        return out.append('}').toString();
    }
}
