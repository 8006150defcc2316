package dev.trackit.python.effects;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Analysis;
import dev.trackit.api.Effect;
import dev.trackit.api.Effect.Certainty;
import dev.trackit.api.Execution;
import dev.trackit.api.FrameState;
import dev.trackit.api.Location;
import dev.trackit.api.Session;
import dev.trackit.api.Statement;
import dev.trackit.api.Variable;
import dev.trackit.python.ast.ParsedCell;
import dev.trackit.python.ast.Problem;
import dev.trackit.python.ast.Stmt;
import dev.trackit.python.knowledge.Knowledge;
import dev.trackit.python.parse.Parser;
import dev.trackit.spi.SessionAnalyzer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows one session of a Python kernel. Not safe for use by several threads. */
public final class PythonSession implements SessionAnalyzer {
    /** Files that are fetched together with a notebook are written in any order. */
    private static final Duration LATE = Duration.ofHours(1);

    private final Machine m;
    private final Fallback fallback;
    private final StatementTraits traits;
    private final OutputReader outputs;

    /** When a notebook that was not recorded was saved, and a little longer: files that changed later are not what its code read. */
    private final @Nullable Instant saved;

    /** Begins with an empty namespace. */
    public PythonSession(Knowledge knowledge, Session session) {
        this.m = new Machine(
                requireNonNull(knowledge, "knowledge"), session.workingFolder().orElse(null));
        this.fallback = new Fallback(m);
        this.traits = new StatementTraits();
        this.outputs = new OutputReader(m);
        this.saved = session.live() ? null : savedAt(session.kernelId());
    }

    private static @Nullable Instant savedAt(String notebook) {
        try {
            return Files.getLastModifiedTime(Path.of(notebook)).toInstant().plus(LATE);
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    @Override
    public Analysis analyze(Execution execution) {
        m.execution++;
        m.source = execution.code();
        m.executionEnd = execution
                .finishedAt()
                .or(execution::startedAt)
                .or(() -> Optional.ofNullable(saved))
                .orElse(null);
        m.budget.beginExecution();
        m.names.touched.clear();
        m.heap.changed.clear();
        List<String> problems = new ArrayList<>();
        ParsedCell cell = Parser.parseCell(execution.code());
        for (Problem p : cell.problems()) {
            problems.add("Line " + p.span().line() + ": " + p.message());
        }
        List<Statement> statements = statements(execution, cell);
        if (m.budget.wasExhausted()) {
            problems.add("The code was too much to follow to its end: calls that lie deeper are taken as unknown");
        }
        m.history.last = false;
        Set<String> touched = touched();
        List<FrameState> frames = outputs.frames(execution, cell, touched);
        return new Analysis(execution.id(), statements, variables(touched), frames, problems);
    }

    private List<Statement> statements(Execution execution, ParsedCell cell) {
        int failedAt = Failures.lineOf(execution);
        List<Statement> done = new ArrayList<>();
        List<Stmt> all = cell.statements();
        boolean reached = failedAt != Failures.BEFORE;
        for (int i = 0; i < all.size(); i++) {
            Stmt s = all.get(i);
            boolean fails = reached
                    && (failedAt > 0
                            ? s.extent().line() <= failedAt
                                    && failedAt <= s.extent().endLine()
                            : failedAt == Failures.UNKNOWN && i == all.size() - 1);
            Statement.Builder b =
                    Statement.builder(i, s.extent().line(), s.extent().endLine(), s.text(cell.source()));
            if (reached && !fails && failedAt > 0 && s.extent().line() > failedAt) {
                reached = false;
            }
            if (!reached) {
                done.add(b.trait(Statement.Trait.NOT_RUN).build());
                continue;
            }
            boolean last = i == all.size() - 1 && !cell.quiet() && failedAt == Failures.NONE;
            m.history.last = last;
            m.history.count = last ? execution.executionCount().orElse(0) : 0;
            done.add(run(s, b, fails));
            reached = !fails;
        }
        return done;
    }

    private Statement run(Stmt s, Statement.Builder b, boolean fails) {
        m.statement++;
        m.line = s.span().line();
        m.log.begin();
        m.steps.begin();
        m.repetitions.begin();
        m.controlFlow.begin();
        int begin = 0;
        if (fails) {
            m.log.certainty = Certainty.LIKELY;
            begin = m.names.trail.begin();
        }
        m.budget.beginStatement();
        m.statements.run(s, m.globals);
        if (m.budget.exhausted()) {
            m.budget.endStatement();
            fallback.apply(s);
        }
        m.budget.endStatement();
        if (fails) {
            Map<Trail.Place, @Nullable Binding> bound = m.names.trail.rollBack(begin);
            if (!isSimple(s)) {
                m.names.trail.join(List.of(bound, Map.of()));
            }
        }
        m.log.certainty = Certainty.SURE;
        m.heap.announceMade();
        List<Effect> all = m.repetitions.end(s.text(m.source), m.log.effects());
        List<Effect> effects = fails ? ofFailed(all, isSimple(s)) : all;
        b.effects(effects).transformations(m.steps.finished()).assumptions(m.log.assumptions());
        traits.of(s, effects, fails).forEach(b::trait);
        if (m.log.opaque) {
            b.trait(Statement.Trait.OPAQUE);
        }
        return b.build();
    }

    private static boolean isSimple(Stmt s) {
        return switch (s.kind()) {
            case FOR, WHILE, IF, WITH, MATCH, TRY, LINE_MAGIC, CELL_MAGIC -> false;
            default -> true;
        };
    }

    /** A simple statement that raised bound nothing, and what it changed is only possible. */
    private static List<Effect> ofFailed(List<Effect> effects, boolean simple) {
        List<Effect> kept = new ArrayList<>();
        for (Effect e : effects) {
            boolean binds = e.location().kind() == Location.Kind.BINDING && e.kind() != Effect.Kind.READ;
            if (binds && simple) {
                continue;
            }
            boolean changes = e.kind() != Effect.Kind.READ && simple;
            kept.add(changes ? new Effect(e.kind(), e.location(), Certainty.POSSIBLE, e.before()) : e);
        }
        return kept;
    }

    /** Names that were bound, or whose value changed. */
    private Set<String> touched() {
        Set<String> names = new LinkedHashSet<>(m.names.touched);
        for (HeapObject o : m.heap.changed) {
            names.addAll(m.heap.namesReaching(o));
        }
        return names;
    }

    private List<Variable> variables(Set<String> names) {
        List<Variable> found = new ArrayList<>();
        for (String name : names) {
            Binding binding = m.globals.bindings.get(name);
            if (binding != null && !binding.value().isNothing()) {
                found.add(new Variable(name, typeOf(binding.value()), m.heap.content(binding.value(), name)));
            }
        }
        return found;
    }

    private String typeOf(Value v) {
        HeapObject o = v.single();
        if (o == null || o.type == m.types.unknown || o.type == m.types.scalar) {
            return "";
        }
        if (o.payload instanceof Payload.LibraryClass || o.payload instanceof Payload.UserClass) {
            return "type";
        }
        if (o.payload instanceof Payload.Instance i && i.userClass().payload instanceof Payload.UserClass c) {
            return c.name;
        }
        String name = o.type.name();
        return name.startsWith("builtins.") ? name.substring("builtins.".length()) : name;
    }
}
