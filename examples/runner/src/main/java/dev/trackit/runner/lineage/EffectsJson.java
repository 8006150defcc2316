package dev.trackit.runner.lineage;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.api.TransformationKind;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.ExecutionView;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.runner.read.RecordJson;
import dev.trackit.summary.outline.Activity;
import java.io.IOException;

/** In short what an execution did to data: what it is for, what it read, wrote and changed, and the kinds of its
 * transformations. */
public final class EffectsJson {
    private EffectsJson() {}

    /** Writes the fields into the object that is open. */
    public static void write(JsonGenerator g, LineageGraph graph, ExecutionNode node) throws IOException {
        ExecutionView view = ExecutionView.of(graph, node);
        RecordJson.activities(g, Activity.all(node));
        LineageJson.strings(g, "reads", view.reads());
        LineageJson.strings(g, "writes", view.writes());
        LineageJson.strings(g, "mutates", view.mutates());
        LineageJson.strings(g, "filesRead", LineageJson.files(node.session(), view.filesRead()));
        LineageJson.strings(g, "filesWritten", LineageJson.files(node.session(), view.filesWritten()));
        LineageJson.strings(
                g,
                "kinds",
                view.transformations().stream()
                        .map(t -> t.kind())
                        .map(TransformationKind::wireName)
                        .distinct()
                        .toList());
    }
}
