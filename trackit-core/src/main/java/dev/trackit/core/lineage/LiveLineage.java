package dev.trackit.core.lineage;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Analysis;
import dev.trackit.api.Execution;
import dev.trackit.api.Session;
import dev.trackit.spi.CodeAnalyzer;
import dev.trackit.spi.SessionAnalyzer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The graph of one notebook that grows, kept up to date.
 *
 * <p>Executions that come at the end of what is known, as they do while somebody works, are analysed and added to the graph that is there. If something
 * changed in what was known, the graph is made anew: from the analyses that are there where only an execution's cell or times became known, with a new analysis
 * of the session where its code, status or outputs did. So a save costs no analysis, and an execution costs time in proportion to its cell.
 *
 * <p>Not safe for use by several threads; the graph that {@link #update} gives may change at the next call.
 */
public final class LiveLineage {
    private final String notebook;
    private final List<CodeAnalyzer> analyzers;
    private final ExternalObserver observer;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private @Nullable LineageGraph graph;
    private Instant latest = Instant.MIN;

    /** One session as far as it was analysed. */
    private static final class Part {
        private final Session session;
        private final Optional<SessionAnalyzer> analyzer;
        private final List<Execution> executions = new ArrayList<>();
        private final List<Analysis> analyses = new ArrayList<>();

        Part(Session session, Optional<SessionAnalyzer> analyzer) {
            this.session = session;
            this.analyzer = analyzer;
        }

        void analyse(Execution execution) {
            executions.add(execution);
            analyses.add(analyzer.map(a -> a.analyze(execution))
                    .orElseGet(() -> LineageBuilder.unknown(session, execution)));
        }
    }

    /**
     * The graph of a notebook, without executions yet.
     *
     * @param notebook how it is called in answers
     */
    public LiveLineage(String notebook, List<CodeAnalyzer> analyzers, ExternalObserver observer) {
        this.notebook = requireNonNull(notebook, "notebook");
        this.analyzers = List.copyOf(analyzers);
        this.observer = requireNonNull(observer, "observer");
    }

    /**
     * The graph of these sessions, each with all its executions in order.
     *
     * @param sessions all sessions, in the order in which they began
     */
    public LineageGraph update(Map<Session, List<Execution>> sessions) {
        boolean anew = graph == null || isLess(sessions.keySet());
        List<Execution> added = new ArrayList<>();
        for (Map.Entry<Session, List<Execution>> entry : sessions.entrySet()) {
            anew |= update(entry.getKey(), entry.getValue(), added);
        }
        LineageGraph present = graph;
        if (present == null || anew || !comeLast(added)) {
            present = build(sessions.keySet());
            graph = present;
        } else {
            addTo(present, added);
        }
        for (Execution execution : added) {
            latest = execution.startedAt().filter(latest::isBefore).orElse(latest);
        }
        return present;
    }

    private boolean isLess(Set<Session> sessions) {
        Set<String> ids = new HashSet<>();
        sessions.forEach(session -> ids.add(session.id()));
        return parts.keySet().removeIf(id -> !ids.contains(id));
    }

    /** @return whether something changed in what was known of this session */
    private boolean update(Session session, List<Execution> executions, List<Execution> added) {
        Part part = parts.get(session.id());
        boolean changed = false;
        if (part != null) {
            for (int i = 0; i < part.executions.size(); i++) {
                Execution now = i < executions.size() ? executions.get(i) : null;
                if (now == null || !saysTheSame(part.executions.get(i), now)) {
                    part = null;
                    changed = true;
                    break;
                }
                changed |= part.executions.set(i, now) != now;
            }
        }
        if (part == null) {
            part = new Part(session, LineageBuilder.begin(analyzers, session));
            parts.put(session.id(), part);
        }
        for (int i = part.executions.size(); i < executions.size(); i++) {
            part.analyse(executions.get(i));
            added.add(executions.get(i));
        }
        return changed;
    }

    /** Whether an analysis of one is an analysis of the other. */
    private static boolean saysTheSame(Execution one, Execution other) {
        return one == other
                || one.id().equals(other.id())
                        && one.codeDigest().equals(other.codeDigest())
                        && one.status() == other.status()
                        && one.executionCount().equals(other.executionCount())
                        && one.outputs().equals(other.outputs());
    }

    /** Whether these may simply be added: they are of one session, and begin after all that is known. */
    private boolean comeLast(List<Execution> added) {
        return added.stream()
                .allMatch(execution -> execution.session().equals(added.get(0).session())
                        && execution
                                .startedAt()
                                .filter(at -> !at.isBefore(latest))
                                .isPresent());
    }

    private void addTo(LineageGraph present, List<Execution> added) {
        for (Execution execution : added) {
            Part part = requireNonNull(parts.get(execution.session()));
            present.open(notebook, part.session);
            int place = part.executions.lastIndexOf(execution);
            present.add(execution, part.analyses.get(place));
        }
    }

    private LineageGraph build(Set<Session> order) {
        LineageBuilder builder = new LineageBuilder(analyzers, observer);
        for (Session session : order) {
            Part part = parts.get(session.id());
            if (part != null) {
                builder.add(notebook, session, part.executions, part.analyses);
            }
        }
        return builder.build();
    }
}
