package dev.trackit.core.lineage;

import dev.trackit.api.Analysis;
import dev.trackit.api.CellMatch;
import dev.trackit.api.Effect;
import dev.trackit.api.Execution;
import dev.trackit.api.Location;
import dev.trackit.api.Output;
import dev.trackit.api.Session;
import dev.trackit.api.Statement;
import dev.trackit.api.Transformation;
import dev.trackit.api.Variable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A session whose analyses are written by hand. An effect is written as {@code R b:df}: first what is done (R, W, M, D; with {@code ~} only
 * likely, with {@code ?} only possible), then to what: a binding {@code b:df}, an object {@code o:1@df}, a part {@code p:1.age@df}, hidden
 * state {@code h:<random>}, a file {@code f:data.csv}. A write of a binding may say what it is bound to: {@code W b:df=o:1,p:1.age}.
 */
public final class Scripted {
    private final LineageGraph graph;
    private final Session session;
    private final Map<String, List<Location>> contents = new LinkedHashMap<>();
    private List<Output> outputs = List.of();
    private long sequence;

    public Scripted(LineageGraph graph, String notebook, String session) {
        this(graph, notebook, session, Path.of("/work-folder"));
    }

    public Scripted(LineageGraph graph, String notebook, String session, Path folder) {
        this.graph = graph;
        this.session = Session.builder(session, "kernel")
                .language("python")
                .kernelName("python3")
                .workingFolder(folder)
                .build();
        graph.open(notebook, this.session);
    }

    public Session session() {
        return session;
    }

    /** What the next executions print. */
    public Scripted outputs(List<Output> next) {
        this.outputs = next;
        return this;
    }

    /** Goes on counting from another session of the same notebook. */
    public Scripted from(long sequence) {
        this.sequence = sequence;
        return this;
    }

    /** One statement with its effects. */
    public record Line(String text, List<String> effects, Set<Statement.Trait> traits, List<Transformation> steps) {
        public Line with(Statement.Trait trait) {
            Set<Statement.Trait> more = new HashSet<>(traits);
            more.add(trait);
            return new Line(text, effects, more, steps);
        }

        public Line step(Transformation step) {
            List<Transformation> more = new ArrayList<>(steps);
            more.add(step);
            return new Line(text, effects, traits, more);
        }
    }

    public static Line line(String text, String... effects) {
        return new Line(text, List.of(effects), Set.of(), List.of());
    }

    public static Line imports(String text, String... names) {
        List<String> effects = new ArrayList<>();
        for (String name : names) {
            effects.add("W b:" + name);
        }
        return new Line(text, effects, Set.of(Statement.Trait.IMPORT), List.of());
    }

    public ExecutionNode run(Line... lines) {
        return runCell(-1, lines);
    }

    public ExecutionNode runCell(int cell, Line... lines) {
        sequence++;
        StringBuilder code = new StringBuilder();
        List<Statement> statements = new ArrayList<>();
        Set<String> bound = new HashSet<>();
        int row = 1;
        for (Line line : lines) {
            List<Effect> effects = new ArrayList<>();
            for (String effect : line.effects()) {
                effects.add(effect(effect, bound));
            }
            int rows = (int) line.text().lines().count();
            Statement.Builder statement = Statement.builder(statements.size(), row, row + rows - 1, line.text())
                    .effects(effects)
                    .transformations(line.steps());
            line.traits().forEach(statement::trait);
            statements.add(statement.build());
            row += rows;
            code.append(line.text()).append('\n');
        }
        Execution execution = Execution.builder(session.id() + "-" + sequence, session.id(), code.toString())
                .sequence(sequence)
                .outputs(outputs)
                .executionCount((int) sequence)
                .startedAt(Instant.EPOCH.plusSeconds(60 * sequence))
                .finishedAt(Instant.EPOCH.plusSeconds(60 * sequence + 1))
                .cell(cell < 0 ? CellMatch.unknown() : CellMatch.of(CellMatch.Basis.CELL_ID, "cell" + cell, cell))
                .build();
        List<Variable> variables = contents.entrySet().stream()
                .filter(e -> bound.contains(e.getKey()))
                .map(e -> new Variable(e.getKey(), "", e.getValue()))
                .toList();
        return graph.add(execution, new Analysis(execution.id(), statements, variables, List.of(), List.of()));
    }

    private Effect effect(String text, Set<String> bound) {
        Effect.Kind kind =
                switch (text.charAt(0)) {
                    case 'R' -> Effect.Kind.READ;
                    case 'W' -> Effect.Kind.WRITE;
                    case 'M' -> Effect.Kind.MUTATE;
                    case 'D' -> Effect.Kind.DELETE;
                    default -> throw new IllegalArgumentException(text);
                };
        Effect.Certainty certainty =
                switch (text.charAt(1)) {
                    case '~' -> Effect.Certainty.LIKELY;
                    case '?' -> Effect.Certainty.POSSIBLE;
                    default -> Effect.Certainty.SURE;
                };
        String what = text.substring(text.indexOf(' ') + 1);
        int equals = what.startsWith("b:") ? what.indexOf('=') : -1;
        Location location = location(equals < 0 ? what : what.substring(0, equals));
        boolean before = kind == Effect.Kind.READ && !bound.contains(location.name());
        if (kind == Effect.Kind.WRITE && location.kind() == Location.Kind.BINDING) {
            bound.add(location.name());
            List<Location> content = new ArrayList<>();
            if (equals >= 0) {
                for (String part : what.substring(equals + 1).split(",")) {
                    content.add(location(part));
                }
            }
            contents.put(location.name(), content);
        }
        return new Effect(kind, location, certainty, before);
    }

    public static Location location(String text) {
        int at = text.indexOf('@');
        String name = at < 0 ? "" : text.substring(at + 1);
        String key = text.substring(2, at < 0 ? text.length() : at);
        return switch (text.charAt(0)) {
            case 'b' -> new Location(Location.Kind.BINDING, "b:" + key, key, key);
            case 'o' -> new Location(Location.Kind.OBJECT, "o:" + key, name.isEmpty() ? key : name, name);
            case 'p' ->
                new Location(
                        Location.Kind.PART,
                        "p:" + key,
                        name + "[\"" + key.substring(key.indexOf('.') + 1) + "\"]",
                        name);
            case 'h' -> new Location(Location.Kind.HIDDEN, key, key, "");
            case 'f' -> new Location(Location.Kind.EXTERNAL, key, key, "");
            default -> throw new IllegalArgumentException(text);
        };
    }
}
