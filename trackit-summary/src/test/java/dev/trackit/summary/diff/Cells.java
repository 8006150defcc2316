package dev.trackit.summary.diff;

import dev.trackit.api.Analysis;
import dev.trackit.api.CellMatch;
import dev.trackit.api.Effect;
import dev.trackit.api.Execution;
import dev.trackit.api.Location;
import dev.trackit.api.Output;
import dev.trackit.api.Session;
import dev.trackit.api.Statement;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.LineageGraph;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A session of cells of one statement, of which is said what it reads and writes: {@code R df} a name, {@code W data.csv} a file. */
final class Cells {
    private final LineageGraph graph;
    private final Session session;
    private List<Output> outputs = List.of();
    private int count;

    Cells(LineageGraph graph, String notebook, String session) {
        this.graph = graph;
        this.session = Session.builder(session, "kernel")
                .language("python")
                .workingFolder(Path.of("/folder"))
                .build();
        graph.open(notebook, this.session);
    }

    /** What the next executions print. */
    void outputs(List<Output> next) {
        this.outputs = next;
    }

    ExecutionNode run(int cell, String code, String... effects) {
        count++;
        Execution execution = Execution.builder(session.id() + "-" + count, session.id(), code)
                .sequence(count)
                .outputs(outputs)
                .executionCount(count)
                .cell(CellMatch.of(CellMatch.Basis.CELL_ID, "cell" + cell, cell))
                .build();
        Statement statement = Statement.builder(0, 1, 1, code)
                .effects(Stream.of(effects).map(Cells::effect).toList())
                .build();
        return graph.add(execution, new Analysis(execution.id(), List.of(statement), List.of(), List.of(), List.of()));
    }

    private static Effect effect(String text) {
        String name = text.substring(2);
        Location location = name.endsWith(".csv")
                ? new Location(Location.Kind.EXTERNAL, name, name, "")
                : new Location(Location.Kind.BINDING, "b:" + name, name, name);
        boolean reads = text.startsWith("R");
        return new Effect(reads ? Effect.Kind.READ : Effect.Kind.WRITE, location, Effect.Certainty.SURE, reads);
    }
}
