package dev.trackit.runner.web.live;

import java.time.Instant;
import java.util.Comparator;

/** How notebooks are listed. */
final class RowOrder {
    /** By the latest of what was recorded and what was saved, then by name. */
    static final Comparator<NotebookRow> LATEST_FIRST =
            Comparator.comparing(RowOrder::latest).reversed().thenComparing(NotebookRow::name);

    private RowOrder() {}

    private static Instant latest(NotebookRow row) {
        Instant recorded = row.lastActivity() == null ? Instant.MIN : row.lastActivity();
        Instant saved = row.modifiedAt() == null ? Instant.MIN : row.modifiedAt();
        return recorded.isAfter(saved) ? recorded : saved;
    }
}
