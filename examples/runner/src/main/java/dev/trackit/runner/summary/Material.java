package dev.trackit.runner.summary;

import dev.trackit.api.Execution;
import dev.trackit.api.Outline;
import dev.trackit.api.Output;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.redact.Redactor;
import dev.trackit.runner.cli.Program;
import dev.trackit.runner.lineage.LineageLoader;
import dev.trackit.runner.lineage.LoadedLineage;
import dev.trackit.summary.outline.OutlineRequest;
import dev.trackit.summary.outline.Outliner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a summary is made from: one notebook, analysed, its part that was asked for as an outline, and the redaction that has learned the secrets of the
 * whole notebook.
 *
 * @param lineage the notebook
 * @param executions the executions of the part, in order
 * @param outline the part, redacted
 * @param redactor the redaction
 */
public record Material(LoadedLineage lineage, List<ExecutionNode> executions, Outline outline, Redactor redactor) {

    /**
     * Reads and analyses a notebook.
     *
     * @throws dev.trackit.runner.cli.Failure if there is no such notebook or part of it
     */
    static Material load(Program program, String notebook, Scope scope, Settings settings) {
        return of(new LineageLoader(program, null).load(List.of(notebook)), scope, settings);
    }

    /**
     * Of a notebook that is analysed already.
     *
     * @param dataFolder where the salt of redaction is kept
     * @throws dev.trackit.runner.cli.Failure if there is no such part of it
     */
    public static Material of(LoadedLineage lineage, Scope scope, Path dataFolder) {
        return of(lineage, scope, new Settings(dataFolder));
    }

    private static Material of(LoadedLineage lineage, Scope scope, Settings settings) {
        Redactor redactor = Redactor.withSalt(settings.salt()).learning(texts(lineage));
        OutlineRequest request = scope.request(lineage);
        Outline outline = new Outliner(lineage.graph(), redactor).outline(request);
        return new Material(lineage, request.executions(), outline, redactor);
    }

    /** All text of the notebook: a secret that is assigned in one cell may be printed by another. */
    private static List<String> texts(LoadedLineage lineage) {
        List<String> texts = new ArrayList<>();
        lineage.graph().executions().forEach(node -> {
            Execution execution = node.execution();
            texts.add(execution.code());
            execution.outputs().stream().map(Output::text).forEach(texts::add);
        });
        lineage.notebooks().forEach(n -> {
            if (n.saved() != null) {
                n.saved().cells().forEach(c -> texts.add(c.source()));
            }
        });
        return texts;
    }
}
