package dev.trackit.core.timeline;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.NotebookId;
import dev.trackit.api.Session;
import dev.trackit.core.record.ContentLookup;
import dev.trackit.core.record.Fields;
import dev.trackit.core.record.RecordTypes;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the landmarks of a log tell before the log itself is read: which sessions there are, and from which record on nothing more is said of an
 * execution.
 */
final class Foresight {
    private static final Set<String> OF_EXECUTIONS =
            Set.of(RecordTypes.EXECUTION_AMENDED, RecordTypes.EXECUTION_MATCHED, RecordTypes.EXECUTION);

    private final TimelineFold sessions;
    /** The number of the last record that concerns an execution, for those that any concerns. */
    private final Map<String, Long> last = new HashMap<>();

    Foresight(LineageStore store, NotebookId notebook) {
        sessions = new TimelineFold(notebook);
        ContentLookup none = new ContentLookup(store, notebook);
        Set<String> types = new HashSet<>(OF_EXECUTIONS);
        types.addAll(TimelineFollower.CONTEXT);
        try (LogReader reader = store.landmarks(LogId.capture(notebook), types)) {
            for (Optional<LineageRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                LineageRecord record = next.get();
                if (OF_EXECUTIONS.contains(record.type())) {
                    boolean replaces = record.type().equals(RecordTypes.EXECUTION);
                    last.put(Fields.of(record).text(replaces ? "supersedes" : "execution"), reader.position());
                } else {
                    TimelineFollower.context(store, notebook, record).forEach(r -> sessions.apply(r, none));
                }
            }
        }
    }

    /** All sessions, in the order in which they began. */
    List<Session> sessions() {
        return sessions.sessions().stream().map(SessionSpan::session).toList();
    }

    /** Whether no record after this position says more of an execution. */
    boolean isSettled(String execution, long position) {
        return last.getOrDefault(execution, 0L) <= position;
    }
}
