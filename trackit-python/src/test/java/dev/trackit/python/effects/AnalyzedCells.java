package dev.trackit.python.effects;

import dev.trackit.api.Analysis;
import dev.trackit.api.Effect;
import dev.trackit.api.Effect.Certainty;
import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.Location;
import dev.trackit.api.Output;
import dev.trackit.api.Session;
import dev.trackit.api.Statement;
import dev.trackit.api.Variable;
import dev.trackit.python.knowledge.Knowledge;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Cells that were analysed one after the other, and questions about them. */
final class AnalyzedCells {
    final List<Analysis> analyses = new ArrayList<>();
    private final PythonSession session;
    private final Set<String> imported = new TreeSet<>();

    AnalyzedCells(@Nullable Path folder) {
        session = new PythonSession(
                Knowledge.builtIn(),
                Session.builder("s", "k")
                        .language("python")
                        .workingFolder(folder)
                        .build());
    }

    static AnalyzedCells of(String... cells) {
        AnalyzedCells all = new AnalyzedCells(null);
        for (String cell : cells) {
            all.add(cell);
        }
        return all;
    }

    AnalyzedCells add(String code, Output... outputs) {
        boolean failed = false;
        for (Output o : outputs) {
            failed |= o.type() == Output.Type.ERROR;
        }
        Analysis a = session.analyze(Execution.builder("e" + analyses.size(), "s", code)
                .sequence(analyses.size() + 1L)
                .executionCount(analyses.size() + 1)
                .status(failed ? ExecutionStatus.ERROR : ExecutionStatus.OK)
                .outputs(List.of(outputs))
                .build());
        analyses.add(a);
        for (Statement s : a.statements()) {
            if (s.traits().contains(Statement.Trait.IMPORT)) {
                s.effects().stream()
                        .filter(e -> e.location().kind() == Location.Kind.BINDING)
                        .forEach(e -> imported.add(e.location().name()));
            }
        }
        return this;
    }

    /** What is known of a frame after the execution. */
    dev.trackit.api.FrameState frame(int cell, String name) {
        return analyses.get(cell).frames().stream()
                .filter(f -> f.dataset().equals(name))
                .findFirst()
                .orElseThrow();
    }

    Analysis last() {
        return analyses.get(analyses.size() - 1);
    }

    /** Names read from before the execution, without those of imported libraries. */
    Set<String> reads(int cell) {
        Set<String> names = names(cell, Location.Kind.BINDING, true, true, Effect.Kind.READ);
        names.removeAll(imported);
        return names;
    }

    Set<String> writes(int cell) {
        return names(cell, Location.Kind.BINDING, false, false, Effect.Kind.WRITE);
    }

    Set<String> deletes(int cell) {
        return names(cell, Location.Kind.BINDING, false, false, Effect.Kind.DELETE);
    }

    Set<String> mutates(int cell) {
        Set<String> names = names(cell, Location.Kind.OBJECT, true, false, Effect.Kind.MUTATE);
        names.addAll(names(
                cell, Location.Kind.PART, true, false, Effect.Kind.MUTATE, Effect.Kind.WRITE, Effect.Kind.DELETE));
        names.remove("");
        return names;
    }

    private Set<String> names(
            int cell, Location.Kind where, boolean onlyBefore, boolean ignored, Effect.Kind... kinds) {
        Set<String> found = new TreeSet<>();
        for (Statement s : analyses.get(cell).statements()) {
            for (Effect e : s.effects()) {
                if (e.location().kind() == where
                        && List.of(kinds).contains(e.kind())
                        && e.certainty() != Certainty.POSSIBLE
                        && (!onlyBefore || e.before())) {
                    found.add(e.location().name());
                }
            }
        }
        return found;
    }

    Set<String> filesRead(int cell) {
        return external(cell, Effect.Kind.READ);
    }

    Set<String> filesWritten(int cell) {
        return external(cell, Effect.Kind.WRITE, Effect.Kind.MUTATE);
    }

    private Set<String> external(int cell, Effect.Kind... kinds) {
        Set<String> found = new TreeSet<>();
        for (Statement s : analyses.get(cell).statements()) {
            for (Effect e : s.effects()) {
                if (e.location().kind() == Location.Kind.EXTERNAL
                        && List.of(kinds).contains(e.kind())
                        && e.certainty() != Certainty.POSSIBLE) {
                    found.add(e.location().key());
                }
            }
        }
        return found;
    }

    /** Names whose object may have been changed, as far as that is only possible. */
    Set<String> possiblyMutates(int cell) {
        Set<String> found = new TreeSet<>();
        for (Statement s : analyses.get(cell).statements()) {
            for (Effect e : s.effects()) {
                if (e.kind() == Effect.Kind.MUTATE && e.certainty() == Certainty.POSSIBLE) {
                    found.add(e.location().name());
                }
            }
        }
        return found;
    }

    boolean has(int cell, Effect.Kind kind, String key) {
        return analyses.get(cell).statements().stream()
                .flatMap(s -> s.effects().stream())
                .anyMatch(e -> e.kind() == kind && e.location().key().equals(key));
    }

    /** The texts of all statements on which the value of a name rests at the end, by nothing but the keys of effects. */
    List<String> slice(String name) {
        List<Statement> all = new ArrayList<>();
        Map<String, Variable> variables = new HashMap<>();
        for (Analysis a : analyses) {
            all.addAll(a.statements());
            a.variables().forEach(v -> variables.put(v.name(), v));
        }
        Set<Integer> needed = new TreeSet<>();
        Deque<Wanted> todo = new ArrayDeque<>();
        todo.add(new Wanted("name:" + name, all.size()));
        Variable variable = variables.get(name);
        if (variable != null) {
            variable.content().forEach(l -> todo.add(new Wanted(l.key(), all.size())));
        }
        while (!todo.isEmpty()) {
            Wanted w = todo.poll();
            for (int i = w.before() - 1; i >= 0; i--) {
                boolean hides = false;
                for (Effect e : all.get(i).effects()) {
                    if (e.location().key().equals(w.key()) && e.kind() != Effect.Kind.READ) {
                        hides |= e.kind() != Effect.Kind.MUTATE && e.sure();
                        if (needed.add(i)) {
                            for (Effect read : all.get(i).effects()) {
                                if (read.kind() == Effect.Kind.READ) {
                                    todo.add(new Wanted(read.location().key(), i));
                                }
                            }
                        }
                    }
                }
                if (hides) {
                    break;
                }
            }
        }
        return needed.stream().map(i -> all.get(i).text()).toList();
    }

    private record Wanted(String key, int before) {}
}
