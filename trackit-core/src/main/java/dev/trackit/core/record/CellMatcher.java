package dev.trackit.core.record;

import dev.trackit.api.Cell;
import dev.trackit.api.CellMatch;
import dev.trackit.api.CellType;
import dev.trackit.api.Digest;
import dev.trackit.api.Execution;
import dev.trackit.api.Notebook;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which cell of a saved notebook an execution belongs to. Kernels do not say; what is known is the code, the count, and in some notebooks the
 * time, see {@link CellMatch.Basis}. Building it costs time in proportion to the notebook, an exact match none that depends on it. Used by
 * one thread.
 */
final class CellMatcher {
    /** The front end's name for the time of the message that began the execution; nbclient and papermill store it always. */
    private static final String TIME_KEY = "iopub.execute_input";

    private static final double SIMILAR = 0.5;
    private static final double SIMILAR_WITH_COUNT = 0.25;
    private static final double CLEARLY_BETTER = 0.15;
    private static final int MAX_COMPARED = 8_192;

    private final List<Cell> codeCells = new ArrayList<>();
    private final Map<Digest, List<Cell>> byCode = new HashMap<>();
    private final Map<String, List<Cell>> byTrimmedCode = new HashMap<>();
    private final Map<Instant, Cell> byTime = new HashMap<>();
    private final Map<String, Cell> byId = new HashMap<>();
    private final Map<String, Set<Integer>> words = new HashMap<>();

    CellMatcher(Notebook notebook) {
        for (Cell cell : notebook.cells()) {
            byId.put(cell.id(), cell);
            if (cell.type() == CellType.CODE) {
                codeCells.add(cell);
                byCode.computeIfAbsent(cell.sourceDigest(), d -> new ArrayList<>(1))
                        .add(cell);
                if (!cell.source().isBlank()) {
                    byTrimmedCode
                            .computeIfAbsent(cell.source().strip(), s -> new ArrayList<>(1))
                            .add(cell);
                }
                Instant time = time(cell);
                if (time != null) {
                    byTime.put(time, cell);
                }
            }
        }
    }

    /** The cell with this id. */
    @Nullable
    Cell cell(String id) {
        return byId.get(id);
    }

    /** The best match by what is exact: id, time, code with count, code. */
    CellMatch exact(Execution execution) {
        CellMatch given = execution.cell();
        if (given.isSettled() && given.basis() == CellMatch.Basis.CELL_ID) {
            Cell cell = byId.get(given.cellId());
            return cell == null ? given : CellMatch.of(CellMatch.Basis.CELL_ID, cell.id(), cell.index());
        }
        Instant startedAt = execution.startedAt().orElse(null);
        if (startedAt != null && !byTime.isEmpty()) {
            Cell cell = byTime.get(startedAt.truncatedTo(ChronoUnit.MICROS));
            if (cell != null) {
                return CellMatch.of(CellMatch.Basis.TIME, cell.id(), cell.index());
            }
        }
        return byCode(execution);
    }

    private CellMatch byCode(Execution execution) {
        List<Cell> same = byCode.get(execution.codeDigest());
        if (same == null) {
            same = byTrimmedCode.get(execution.code().strip());
        }
        if (same == null) {
            return CellMatch.unknown();
        }
        OptionalInt count = execution.executionCount();
        List<Cell> withCount = count.isEmpty()
                ? List.of()
                : same.stream().filter(c -> c.executionCount().equals(count)).toList();
        if (withCount.size() == 1) {
            Cell cell = withCount.get(0);
            return CellMatch.of(CellMatch.Basis.CODE_AND_COUNT, cell.id(), cell.index());
        } else if (same.size() == 1) {
            Cell cell = same.get(0);
            return CellMatch.of(CellMatch.Basis.CODE, cell.id(), cell.index());
        }
        return CellMatch.ambiguous(
                (withCount.isEmpty() ? same : withCount).stream().map(Cell::id).toList());
    }

    /**
     * The cell whose source was edited since, or before, this execution: the most similar one, if it is similar enough and clearly more so than any
     * other. A cell that shows the execution's own count needs to be less similar.
     */
    CellMatch edited(Execution execution) {
        if (execution.code().isBlank()) {
            return CellMatch.unknown();
        }
        Set<Integer> code = wordsOf(execution.code());
        Cell best = null;
        double bestScore = 0;
        double secondScore = 0;
        for (Cell cell : codeCells) {
            double score = similarity(code, words.computeIfAbsent(cell.id(), id -> wordsOf(cell.source())));
            boolean sameCount = execution.executionCount().isPresent()
                    && cell.executionCount().equals(execution.executionCount());
            double needed = sameCount ? SIMILAR_WITH_COUNT : SIMILAR;
            double counted = score < needed ? 0 : sameCount ? score + SIMILAR : score;
            if (counted > bestScore) {
                secondScore = bestScore;
                bestScore = counted;
                best = cell;
            } else {
                secondScore = Math.max(secondScore, counted);
            }
        }
        return best == null || bestScore - secondScore < CLEARLY_BETTER
                ? CellMatch.unknown()
                : CellMatch.of(CellMatch.Basis.EDITED, best.id(), best.index());
    }

    /** Twice what two sets have in common, by what they have together (Dice). */
    private static double similarity(Set<Integer> a, Set<Integer> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return 0;
        }
        Set<Integer> smaller = a.size() <= b.size() ? a : b;
        Set<Integer> larger = smaller == a ? b : a;
        int common = 0;
        for (Integer word : smaller) {
            if (larger.contains(word)) {
                common++;
            }
        }
        return 2.0 * common / (a.size() + b.size());
    }

    /** Words and their neighbours as hash codes: order counts a little, so that cells with the same names are told apart. */
    private static Set<Integer> wordsOf(String code) {
        Set<Integer> words = new HashSet<>();
        int previous = 0;
        int word = 0;
        int end = Math.min(code.length(), MAX_COMPARED);
        for (int i = 0; i <= end; i++) {
            char c = i < end ? code.charAt(i) : ' ';
            if (Character.isLetterOrDigit(c) || c == '_') {
                word = 31 * word + c;
            } else {
                if (word != 0) {
                    words.add(word);
                    words.add(31 * previous + word);
                    previous = word;
                    word = 0;
                }
                if (!Character.isWhitespace(c)) {
                    previous = 31 * previous + c;
                }
            }
        }
        return words;
    }

    private static @Nullable Instant time(Cell cell) {
        String text = cell.timing().get(TIME_KEY);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
