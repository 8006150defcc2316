package dev.trackit.jupyter.notebook;

import dev.trackit.api.Cell;
import dev.trackit.api.CellType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds which cell of an earlier reading each cell of a later one continues.
 *
 * <p>Certain things first (the idea of Cohen's patience diff): a source that stands once before and once now is the same cell,
 * wherever it moved. From those, equal neighbours are joined on both sides, and what is left of equal sources is joined in order. Then,
 * between cells that kept their order, edited cells are joined by their words and, where nothing else is left, by their place. Last,
 * cells that were edited and moved at once, if they are long enough to be recognised. Blank cells are all alike, so only their place
 * counts.
 *
 * <p>Each step looks at a bounded neighbourhood, so the time grows in proportion to the number of cells. The result depends on nothing
 * but the cells.
 */
final class CellMatcher {
    private static final int NEIGHBOURHOOD = 25;
    private static final double ALIKE = 0.5;
    private static final double ALIKE_ANYWHERE = 0.7;
    private static final int WORDS_ANYWHERE = 6;
    private static final int MOST_ANYWHERE = 200;

    private final List<Cell> known;
    private final List<CellDraft> fresh;
    private final int[] knownOf;
    private final int[] freshOf;
    private final @Nullable Similarity[] knownWords;
    private final @Nullable Similarity[] freshWords;

    CellMatcher(List<Cell> known, List<CellDraft> fresh) {
        this.known = known;
        this.fresh = fresh;
        this.knownOf = filled(fresh.size());
        this.freshOf = filled(known.size());
        this.knownWords = new @Nullable Similarity[known.size()];
        this.freshWords = new @Nullable Similarity[fresh.size()];
    }

    /** For each fresh cell the index of the known one that it continues, or -1. */
    int[] match() {
        joinEqual(
                i -> key(known.get(i).type(), known.get(i).sourceDigest().value()),
                i -> key(fresh.get(i).type, fresh.get(i).sourceDigest().value()));
        // a cell whose type was changed
        joinEqual(
                i -> known.get(i).sourceDigest().value(),
                i -> fresh.get(i).sourceDigest().value());
        joinEdited();
        joinEditedAndMoved();
        return knownOf;
    }

    private static String key(CellType type, String digest) {
        return type + digest;
    }

    private void joinEqual(IntFunction<String> knownKey, IntFunction<String> freshKey) {
        Map<String, Equals> groups = new HashMap<>();
        for (int i = 0; i < known.size(); i++) {
            if (freshOf[i] < 0 && !known.get(i).source().isBlank()) {
                groups.computeIfAbsent(knownKey.apply(i), key -> new Equals())
                        .known
                        .add(i);
            }
        }
        for (int i = 0; i < fresh.size(); i++) {
            if (knownOf[i] < 0 && !fresh.get(i).source.isBlank()) {
                Equals group = groups.get(freshKey.apply(i));
                if (group != null) {
                    group.fresh.add(i);
                }
            }
        }
        groups.values().removeIf(group -> group.fresh.isEmpty());
        for (Equals group : groups.values()) {
            if (group.known.size() == 1 && group.fresh.size() == 1) {
                join(group.known.get(0), group.fresh.get(0));
            }
        }
        joinNeighbours(knownKey, freshKey);
        groups.values().forEach(this::joinInOrder);
    }

    /** Cells with equal sources, before and now. */
    private static final class Equals {
        final List<Integer> known = new ArrayList<>();
        final List<Integer> fresh = new ArrayList<>();
    }

    private void joinNeighbours(IntFunction<String> knownKey, IntFunction<String> freshKey) {
        for (int i = 0; i < fresh.size(); i++) {
            joinIfEqual(i == 0 ? 0 : knownOf[i - 1] < 0 ? -1 : knownOf[i - 1] + 1, i, knownKey, freshKey);
        }
        for (int i = fresh.size() - 1; i >= 0; i--) {
            boolean last = i == fresh.size() - 1;
            joinIfEqual(last ? known.size() - 1 : knownOf[i + 1] - 1, i, knownKey, freshKey);
        }
    }

    private void joinIfEqual(int k, int f, IntFunction<String> knownKey, IntFunction<String> freshKey) {
        if (k >= 0
                && k < known.size()
                && freshOf[k] < 0
                && knownOf[f] < 0
                && !fresh.get(f).source.isBlank()
                && knownKey.apply(k).equals(freshKey.apply(f))) {
            join(k, f);
        }
    }

    private void joinInOrder(Equals group) {
        int k = 0;
        for (int f : group.fresh) {
            if (knownOf[f] >= 0) {
                continue;
            }
            while (k < group.known.size() && freshOf[group.known.get(k)] >= 0) {
                k++;
            }
            if (k == group.known.size()) {
                return;
            }
            join(group.known.get(k), f);
        }
    }

    private void joinEdited() {
        List<int[]> anchors = keptOrder();
        int k = 0;
        int f = 0;
        for (int[] anchor : anchors) {
            joinInGap(unmatched(freshOf, k, anchor[0]), unmatched(knownOf, f, anchor[1]));
            k = anchor[0] + 1;
            f = anchor[1] + 1;
        }
        joinInGap(unmatched(freshOf, k, known.size()), unmatched(knownOf, f, fresh.size()));
    }

    /** The longest run of joined pairs whose order is the same before and now: (known, fresh), ascending in both. */
    private List<int[]> keptOrder() {
        int[] tails = new int[fresh.size()];
        int[] previous = new int[fresh.size()];
        int length = 0;
        for (int f = 0; f < fresh.size(); f++) {
            if (knownOf[f] < 0) {
                continue;
            }
            int low = 0;
            int high = length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (knownOf[tails[middle]] < knownOf[f]) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            previous[f] = low == 0 ? -1 : tails[low - 1];
            tails[low] = f;
            length = Math.max(length, low + 1);
        }
        List<int[]> pairs = new ArrayList<>();
        for (int f = length == 0 ? -1 : tails[length - 1]; f >= 0; f = previous[f]) {
            pairs.add(new int[] {knownOf[f], f});
        }
        Collections.reverse(pairs);
        return pairs;
    }

    /** Joins what was edited in place between two cells that are certain. */
    private void joinInGap(List<Integer> before, List<Integer> now) {
        if (before.isEmpty() || now.isEmpty()) {
            return;
        }
        List<Pair> pairs = new ArrayList<>();
        for (int j = 0; j < now.size(); j++) {
            int centre = (int) ((long) j * before.size() / now.size());
            int to = Math.min(before.size() - 1, centre + NEIGHBOURHOOD);
            for (int i = Math.max(0, centre - NEIGHBOURHOOD); i <= to; i++) {
                addIfAlike(pairs, before.get(i), now.get(j), ALIKE, Math.abs(i - centre));
            }
        }
        joinBest(pairs);
        joinByPlace(before, now);
    }

    private void joinByPlace(List<Integer> before, List<Integer> now) {
        List<Integer> k = before.stream().filter(i -> freshOf[i] < 0).toList();
        List<Integer> f = now.stream().filter(i -> knownOf[i] < 0).toList();
        if (k.size() == f.size()) {
            for (int i = 0; i < k.size(); i++) {
                if (sameType(k.get(i), f.get(i))) {
                    join(k.get(i), f.get(i));
                }
            }
            return;
        }
        // blank cells are there to be filled: the first cell that now stands here is what became of the blank one
        int next = 0;
        for (int blank : k) {
            if (known.get(blank).source().isBlank() && next < f.size()) {
                if (sameType(blank, f.get(next))) {
                    join(blank, f.get(next));
                }
                next++;
            }
        }
    }

    private void joinEditedAndMoved() {
        List<Integer> k = unmatched(freshOf, 0, known.size());
        List<Integer> f = unmatched(knownOf, 0, fresh.size());
        if (k.size() > MOST_ANYWHERE || f.size() > MOST_ANYWHERE) {
            return;
        }
        List<Pair> pairs = new ArrayList<>();
        for (int j : f) {
            for (int i : k) {
                if (words(knownWords, i, known.get(i).source()).size() >= WORDS_ANYWHERE) {
                    addIfAlike(pairs, i, j, ALIKE_ANYWHERE, Math.abs(i - j));
                }
            }
        }
        joinBest(pairs);
    }

    /** Two cells that may be one, and how alike they are. */
    private record Pair(int known, int fresh, double likeness, int distance) {}

    private void addIfAlike(List<Pair> pairs, int k, int f, double least, int distance) {
        if (!sameType(k, f)) {
            return;
        }
        double likeness = words(knownWords, k, known.get(k).source()).to(words(freshWords, f, fresh.get(f).source));
        if (likeness >= least) {
            pairs.add(new Pair(k, f, likeness, distance));
        }
    }

    private void joinBest(List<Pair> pairs) {
        pairs.sort(Comparator.comparingDouble(Pair::likeness)
                .reversed()
                .thenComparingInt(Pair::distance)
                .thenComparingInt(Pair::fresh)
                .thenComparingInt(Pair::known));
        for (Pair pair : pairs) {
            if (freshOf[pair.known] < 0 && knownOf[pair.fresh] < 0) {
                join(pair.known, pair.fresh);
            }
        }
    }

    private boolean sameType(int k, int f) {
        return known.get(k).type() == fresh.get(f).type;
    }

    private static Similarity words(@Nullable Similarity[] cache, int index, String source) {
        Similarity words = cache[index];
        if (words == null) {
            words = Similarity.of(source);
            cache[index] = words;
        }
        return words;
    }

    private void join(int k, int f) {
        knownOf[f] = k;
        freshOf[k] = f;
    }

    private static List<Integer> unmatched(int[] partners, int from, int to) {
        List<Integer> indexes = new ArrayList<>();
        for (int i = from; i < to; i++) {
            if (partners[i] < 0) {
                indexes.add(i);
            }
        }
        return indexes;
    }

    private static int[] filled(int size) {
        int[] partners = new int[size];
        Arrays.fill(partners, -1);
        return partners;
    }
}
