package dev.trackit.runner.picture;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which part of the picture is wanted, and how.
 *
 * @param focus the id of a node, a dataset's name, or a file's path; empty for the whole
 * @param direction what of the focus' lineage
 * @param depth how many datasets far from the focus; 0 for any number
 * @param expand the ids of chains and bundles to open; {@code all} opens all
 * @param limit how many nodes at most
 * @param history whether also what was replaced, and what belongs to earlier sessions
 * @param orientation where the data flows to
 */
record ViewQuery(
        String focus,
        Direction direction,
        int depth,
        Set<String> expand,
        int limit,
        boolean history,
        Orientation orientation) {
    static final int DEFAULT_LIMIT = 150;
    static final int MAX_LIMIT = 300;
    private static final int DOCUMENT_LIMIT = 80;
    private static final int MAX_TEXT = 1000;
    private static final int MAX_DEPTH = 1000;

    /** What of a focus' lineage. */
    enum Direction {
        UP,
        DOWN,
        BOTH
    }

    /** Where data flows to on the picture. */
    enum Orientation {
        RIGHT,
        DOWN
    }

    ViewQuery {
        expand = Set.copyOf(expand);
    }

    /** The whole of today's lineage. */
    static ViewQuery all() {
        return new ViewQuery("", Direction.BOTH, 0, Set.of(), DEFAULT_LIMIT, false, Orientation.RIGHT);
    }

    /** Today's lineage as it fits a document. */
    static ViewQuery document() {
        return new ViewQuery("", Direction.BOTH, 0, Set.of(), DOCUMENT_LIMIT, false, Orientation.RIGHT);
    }

    /**
     * Reads the query of an address; what it does not say is as in {@link #all()}.
     *
     * @throws IllegalArgumentException if a value is not one of those that there are; the message may be shown
     */
    static ViewQuery of(Map<String, List<String>> query) {
        Set<String> expand = new TreeSet<>();
        query.getOrDefault("expand", List.of()).forEach(ids -> expand.addAll(List.of(ids.split(","))));
        expand.remove("");
        return new ViewQuery(
                one(query, "focus"),
                word(query, "direction", Direction.BOTH),
                number(query, "depth", 0, 0, MAX_DEPTH),
                expand,
                number(query, "limit", DEFAULT_LIMIT, 1, MAX_LIMIT),
                one(query, "history").equals("true"),
                word(query, "flow", Orientation.RIGHT));
    }

    ViewQuery with(Orientation other) {
        return new ViewQuery(focus, direction, depth, expand, limit, history, other);
    }

    ViewQuery withFocus(String other) {
        return new ViewQuery(other, direction, depth, expand, limit, history, orientation);
    }

    boolean opens(String id) {
        return expand.contains("all") || expand.contains(id);
    }

    static String one(Map<String, List<String>> query, String name) {
        List<String> values = query.getOrDefault(name, List.of());
        String value = values.isEmpty() ? "" : values.get(0);
        if (value.length() > MAX_TEXT) {
            throw new IllegalArgumentException(name + " is longer than " + MAX_TEXT + " letters.");
        }
        return value;
    }

    private static int number(Map<String, List<String>> query, String name, int otherwise, int min, int max) {
        String value = one(query, name);
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            return Math.min(max, Math.max(min, Integer.parseInt(value)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number from " + min + " to " + max + ".", e);
        }
    }

    private static <E extends Enum<E>> E word(Map<String, List<String>> query, String name, E otherwise) {
        String value = one(query, name);
        if (value.isEmpty()) {
            return otherwise;
        }
        E[] all = otherwise.getDeclaringClass().getEnumConstants();
        for (E candidate : all) {
            if (candidate.name().toLowerCase(Locale.ROOT).equals(value)) {
                return candidate;
            }
        }
        throw new IllegalArgumentException(name + " must be one of "
                + String.join(
                        ", ",
                        List.of(all).stream()
                                .map(e -> e.name().toLowerCase(Locale.ROOT))
                                .toList())
                + ".");
    }
}
