package dev.trackit.jupyter.notebook;

import dev.trackit.api.Cell;
import dev.trackit.api.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives each cell of a freshly read notebook its id.
 *
 * <ol>
 *   <li>An id in the file (nbformat 4.5) is the cell's id, always: other programs know the cell by it. Where several cells have the
 *       same one, the first keeps it and the others get {@code -2}, {@code -3} …; one that is longer than the 64 characters that the format
 *       allows, or has control characters, is replaced by a digest of it.
 *   <li>A cell without an id gets the id of the cell of the last reading that it continues, see {@link CellMatcher}.
 *   <li>A cell that continues none gets an id from the digest of its source, with {@code -2}, {@code -3} … where that is taken.
 * </ol>
 *
 * <p>Nothing but the last reading and the file goes in, so the same history gives the same ids, in any process. A notebook that is
 * upgraded to 4.5 changes to the file's ids at that moment, and keeps them if it is downgraded again: continuing with the old
 * ids would need a memory of pairs that neither the file nor the log holds, and content tells the pairs to whoever compares two snapshots.
 */
final class CellIdentity {
    private static final int MAX_ID = 64;

    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> lastSuffix = new HashMap<>();

    private CellIdentity() {}

    /**
     * The ids of cells, in their order; all different.
     *
     * @param known the cells of the last reading of the same notebook; empty if there is none
     * @param fresh the cells as they were read now
     */
    static List<String> assign(List<Cell> known, List<CellDraft> fresh) {
        return new CellIdentity().ids(known, fresh);
    }

    private List<String> ids(List<Cell> known, List<CellDraft> fresh) {
        @Nullable String[] ids = new @Nullable String[fresh.size()];
        takeFileIds(fresh, ids);
        takeKnownIds(known, fresh, ids);
        // an id that meant another cell a moment ago would mislead, even if that cell is gone now
        known.forEach(cell -> taken.add(cell.id()));
        List<String> result = new ArrayList<>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            String id = ids[i];
            result.add(id != null ? id : unique(freshId(fresh.get(i))));
        }
        return result;
    }

    private void takeFileIds(List<CellDraft> fresh, @Nullable String[] ids) {
        List<Integer> repeated = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            if (!fresh.get(i).fileId.isEmpty()) {
                String id = clean(fresh.get(i).fileId);
                if (taken.add(id)) {
                    ids[i] = id;
                } else {
                    repeated.add(i);
                }
            }
        }
        for (int i : repeated) {
            ids[i] = unique(clean(fresh.get(i).fileId));
        }
    }

    private void takeKnownIds(List<Cell> known, List<CellDraft> fresh, @Nullable String[] ids) {
        List<Cell> before = new ArrayList<>();
        for (Cell cell : known) {
            if (!taken.contains(cell.id())) {
                before.add(cell);
            }
        }
        List<CellDraft> now = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == null) {
                now.add(fresh.get(i));
                places.add(i);
            }
        }
        if (before.isEmpty() || now.isEmpty()) {
            return;
        }
        int[] matches = new CellMatcher(before, now).match();
        for (int i = 0; i < matches.length; i++) {
            if (matches[i] >= 0) {
                String id = before.get(matches[i]).id();
                if (taken.add(id)) {
                    ids[places.get(i)] = id;
                }
            }
        }
    }

    private String unique(String id) {
        if (taken.add(id)) {
            return id;
        }
        for (int n = lastSuffix.getOrDefault(id, 1) + 1; ; n++) {
            String suffix = "-" + n;
            String candidate = id.substring(0, Math.min(id.length(), MAX_ID - suffix.length())) + suffix;
            if (taken.add(candidate)) {
                lastSuffix.put(id, n);
                return candidate;
            }
        }
    }

    private static String freshId(CellDraft cell) {
        return "c-" + cell.sourceDigest().hex().substring(0, 12);
    }

    private static String clean(String id) {
        boolean fine = id.length() <= MAX_ID && id.chars().noneMatch(Character::isISOControl);
        return fine ? id : "x-" + Digest.ofText(id).hex().substring(0, 16);
    }
}
