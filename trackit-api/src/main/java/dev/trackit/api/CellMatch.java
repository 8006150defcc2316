package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Which cell of the saved notebook an execution belongs to, and how that is known.
 *
 * @param basis how it is known
 * @param cellId the cell's id; empty unless exactly one cell matches
 * @param cellIndex the cell's place when the match was made, from 0; -1 unless exactly one cell matches
 * @param candidates the ids of the cells that match equally well, when {@code basis} is {@link Basis#AMBIGUOUS}
 */
public record CellMatch(Basis basis, String cellId, int cellIndex, List<String> candidates) {

    /** The ways of knowing, best first. */
    public enum Basis {
        /** The source knows the cell's id. */
        CELL_ID,
        /** The front end saved the time of the very message that began the execution. */
        TIME,
        /** Same code and same execution count as in the saved notebook. */
        CODE_AND_COUNT,
        /** Same code as exactly one cell. */
        CODE,
        /** The same cell as an earlier execution, its code edited since: nothing else in the notebook fits. */
        EDITED,
        /** Several cells fit equally well. */
        AMBIGUOUS,
        /** No cell fits, or no save has been seen yet. */
        NONE
    }

    private static final CellMatch UNKNOWN = new CellMatch(Basis.NONE, "", -1, List.of());

    /** Checks and copies. */
    public CellMatch {
        requireNonNull(basis, "basis");
        requireNonNull(cellId, "cellId");
        candidates = List.copyOf(candidates);
        boolean settled = basis != Basis.AMBIGUOUS && basis != Basis.NONE;
        if (settled == cellId.isEmpty()) {
            throw new IllegalArgumentException(
                    "A match by " + basis + (settled ? " must" : " cannot") + " name a cell");
        }
    }

    /** No cell is known. */
    public static CellMatch unknown() {
        return UNKNOWN;
    }

    /** One cell. */
    public static CellMatch of(Basis basis, String cellId, int cellIndex) {
        return new CellMatch(basis, cellId, cellIndex, List.of());
    }

    /** Several cells fit equally well. */
    public static CellMatch ambiguous(List<String> candidates) {
        return new CellMatch(Basis.AMBIGUOUS, "", -1, candidates);
    }

    /** Whether exactly one cell is known. */
    public boolean isSettled() {
        return !cellId.isEmpty();
    }
}
