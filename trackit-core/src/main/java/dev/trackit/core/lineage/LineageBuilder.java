package dev.trackit.core.lineage;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Analysis;
import dev.trackit.api.Effect;
import dev.trackit.api.Execution;
import dev.trackit.api.Location;
import dev.trackit.api.Session;
import dev.trackit.api.Statement;
import dev.trackit.spi.CodeAnalyzer;
import dev.trackit.spi.SessionAnalyzer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a graph of whole sessions: has each analysed, and adds their executions in the order of time. Where times are not known, as in
 * saved notebooks, a session that reads a file comes after one that writes it, and otherwise the sessions come in the order given.
 * Not safe for use by several threads.
 */
public final class LineageBuilder {
    private final List<CodeAnalyzer> analyzers;
    private final ExternalObserver observer;
    private final List<Part> parts = new ArrayList<>();

    /** A builder that asks the first analyzer that understands a session's language. */
    public LineageBuilder(List<CodeAnalyzer> analyzers, ExternalObserver observer) {
        this.analyzers = List.copyOf(analyzers);
        this.observer = requireNonNull(observer, "observer");
    }

    /** A session with its executions and what the analyzer said of each. */
    private record Part(
            String notebook,
            Session session,
            List<Execution> executions,
            List<Analysis> analyses,
            Set<String> reads,
            Set<String> writes) {}

    private record Timed(Part part, int index, Instant at) {}

    /**
     * Adds a session.
     *
     * @param notebook how the notebook is called in answers
     * @param executions all executions of the session, in order
     */
    public LineageBuilder add(String notebook, Session session, List<Execution> executions) {
        Optional<SessionAnalyzer> analyzer = begin(analyzers, session);
        List<Analysis> analyses = new ArrayList<>(executions.size());
        for (Execution execution : executions) {
            analyses.add(analyzer.map(a -> a.analyze(execution)).orElseGet(() -> unknown(session, execution)));
        }
        return add(notebook, session, executions, analyses);
    }

    /** Adds a session that was analysed already. */
    LineageBuilder add(String notebook, Session session, List<Execution> executions, List<Analysis> analyses) {
        Part part = new Part(
                notebook, session, List.copyOf(executions), List.copyOf(analyses), new HashSet<>(), new HashSet<>());
        collectExternals(part);
        parts.add(part);
        return this;
    }

    /** Begins the analysis of a session, if an analyzer understands its language. */
    static Optional<SessionAnalyzer> begin(List<CodeAnalyzer> analyzers, Session session) {
        return analyzers.stream()
                .filter(a -> a.understands(session.language().isEmpty() ? "python" : session.language()))
                .findFirst()
                .map(a -> a.begin(session));
    }

    /** What is said of an execution that no analyzer understands. */
    static Analysis unknown(Session session, Execution execution) {
        return new Analysis(
                execution.id(),
                List.of(),
                List.of(),
                List.of(),
                List.of("No analyzer understands \"" + session.language() + "\"."));
    }

    private static void collectExternals(Part part) {
        for (Analysis analysis : part.analyses()) {
            for (Statement statement : analysis.statements()) {
                for (Effect effect : statement.effects()) {
                    if (effect.location().kind() == Location.Kind.EXTERNAL) {
                        String key =
                                Externals.key(part.session(), effect.location().key());
                        if (effect.kind() != Effect.Kind.READ) {
                            part.writes().add(key);
                        } else if (!part.writes().contains(key)) {
                            part.reads().add(key);
                        }
                    }
                }
            }
        }
    }

    /** The graph of all sessions that were added. */
    public LineageGraph build() {
        LineageGraph graph = new LineageGraph(observer);
        parts.forEach(part -> graph.open(part.notebook(), part.session()));
        boolean timed = parts.stream()
                .flatMap(part -> part.executions().stream())
                .allMatch(execution -> execution.startedAt().isPresent());
        if (timed) {
            addByTime(graph);
        } else {
            for (Part part : inOrderOfFiles()) {
                for (int i = 0; i < part.executions().size(); i++) {
                    graph.add(part.executions().get(i), part.analyses().get(i));
                }
            }
        }
        return graph;
    }

    private void addByTime(LineageGraph graph) {
        List<Timed> all = new ArrayList<>();
        for (Part part : parts) {
            Instant latest = Instant.MIN;
            for (int i = 0; i < part.executions().size(); i++) {
                Instant at = part.executions().get(i).startedAt().orElse(latest);
                // Within a session the order is told by the sequence, whatever a clock that was set back says.
                latest = at.isBefore(latest) ? latest : at;
                all.add(new Timed(part, i, latest));
            }
        }
        all.sort(Comparator.comparing(Timed::at));
        for (Timed timed : all) {
            graph.add(
                    timed.part().executions().get(timed.index()),
                    timed.part().analyses().get(timed.index()));
        }
    }

    private List<Part> inOrderOfFiles() {
        List<Part> waiting = new ArrayList<>(parts);
        List<Part> ordered = new ArrayList<>(parts.size());
        while (!waiting.isEmpty()) {
            Part next = waiting.stream()
                    .filter(part -> waiting.stream().noneMatch(other -> feeds(other, part)))
                    .findFirst()
                    .orElse(waiting.get(0));
            waiting.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    /** Sessions of one notebook come as given: they are told apart by restarts, whose order is known. */
    private static boolean feeds(Part writer, Part reader) {
        return writer != reader
                && !writer.notebook().equals(reader.notebook())
                && reader.reads().stream().anyMatch(writer.writes()::contains);
    }
}
