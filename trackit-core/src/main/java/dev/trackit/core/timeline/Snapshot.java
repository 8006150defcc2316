package dev.trackit.core.timeline;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Digest;
import dev.trackit.api.Notebook;
import java.time.Instant;
import java.util.List;

/**
 * A notebook as one save left it. Cells that did not change are shared with the snapshot before.
 *
 * @param at when the save was recorded
 * @param digest the digest of the content: ids, types, sources, counts, tags and outputs of the cells in order, not the file's bytes
 * @param notebook the whole content; payloads of outputs by digest
 * @param changedCells the ids of the cells that are new or changed since the snapshot before, in order; a cell that only moved is
 *     not among them
 * @param removedCells the ids of the cells that are gone since the snapshot before
 */
public record Snapshot(
        Instant at, Digest digest, Notebook notebook, List<String> changedCells, List<String> removedCells) {

    /** Checks and copies. */
    public Snapshot {
        requireNonNull(at, "at");
        requireNonNull(digest, "digest");
        requireNonNull(notebook, "notebook");
        changedCells = List.copyOf(changedCells);
        removedCells = List.copyOf(removedCells);
    }
}
