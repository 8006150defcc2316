package dev.trackit.runner.read;

import dev.trackit.api.Execution;
import dev.trackit.api.Session;
import dev.trackit.core.timeline.SessionSpan;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.spi.CodeAnalyzer;
import dev.trackit.spi.SessionAnalyzer;
import dev.trackit.summary.outline.Activity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the executions of one notebook are for, told as they come. Not safe for use by several threads. */
final class CellLabels {
    private final List<CodeAnalyzer> analyzers;
    private final Map<String, Optional<SessionAnalyzer>> sessions = new HashMap<>();
    private final Map<String, Session> known = new HashMap<>();
    private final Map<String, List<Activity>> labels = new HashMap<>();

    /** @param analyzers asked in order for the first that understands a session's language */
    CellLabels(List<CodeAnalyzer> analyzers) {
        this.analyzers = analyzers;
    }

    /** Takes the executions that are new. */
    void know(Timeline timeline) {
        know(timeline.sessions().stream().map(SessionSpan::session).toList());
        for (Execution execution : timeline.executions()) {
            labels.computeIfAbsent(execution.id(), id -> next(execution));
        }
    }

    /** Tells of sessions. */
    void know(List<Session> all) {
        all.forEach(session -> known.put(session.id(), session));
    }

    /** What the next execution is for, which is not kept; for who passes all in order, each once. */
    List<Activity> next(Execution execution) {
        return sessions.computeIfAbsent(execution.session(), s -> begin(s, known.get(s)))
                .map(analyzer -> Activity.all(analyzer.analyze(execution)))
                .orElse(List.of());
    }

    private Optional<SessionAnalyzer> begin(String id, @Nullable Session known) {
        Session session = known != null ? known : Session.builder(id, "").build();
        String language = session.language().isEmpty() ? "python" : session.language();
        return analyzers.stream()
                .filter(a -> a.understands(language))
                .findFirst()
                .map(a -> a.begin(session));
    }

    /** What an execution is for, the main thing first; empty if nobody understands its language. */
    List<Activity> of(Execution execution) {
        return labels.getOrDefault(execution.id(), List.of());
    }
}
