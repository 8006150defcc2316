package dev.trackit.examples.embedding;

import dev.trackit.api.Execution;
import dev.trackit.api.NotebookId;
import dev.trackit.core.Trackit;
import dev.trackit.core.TrackitListener;
import dev.trackit.core.lineage.ExternalObserver;
import dev.trackit.core.lineage.LineageBuilder;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.slice.PythonScript;
import dev.trackit.core.slice.Slice;
import dev.trackit.core.slice.Slicer;
import dev.trackit.core.timeline.SessionSpan;
import dev.trackit.core.timeline.Timeline;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import java.util.function.Consumer;

/** Shows what is executed in the notebooks of a folder while it happens, and on demand which statements made a frame. */
final class EmbeddedCapture {

    // region start
    static Trackit start(Trackit.Builder builder, Consumer<String> screen) {
        return builder.listener(new TrackitListener() {
                    @Override
                    public void onExecution(NotebookId notebook, Execution execution) {
                        screen.accept(notebook + " #" + execution.sequence() + " " + execution.status());
                    }
                })
                .start();
    }
    // endregion

    // region slice
    static Slice slice(Trackit trackit, String notebook, String frame) {
        Timeline timeline =
                trackit.reader().timeline(trackit.reader().find(notebook).id());
        LineageBuilder lineage = new LineageBuilder(trackit.reader().analyzers(), ExternalObserver.noop());
        for (SessionSpan span : timeline.sessions()) {
            String session = span.session().id();
            List<Execution> executions = timeline.executions().stream()
                    .filter(execution -> execution.session().equals(session))
                    .toList();
            lineage.add(notebook, span.session(), executions);
        }
        LineageGraph graph = lineage.build();
        SessionSpan last = timeline.sessions().get(timeline.sessions().size() - 1);
        return new Slicer(graph).variable(last.session(), frame).orElseThrow();
    }
    // endregion

    // region lineage
    static List<String> lineage(Slice slice) {
        return slice.pieces().stream()
                .flatMap(piece -> piece.statement().statement().transformations().stream())
                .map(step -> step.kind().wireName() + ": " + step.call())
                .toList();
    }
    // endregion

    public static void main(String[] args) {
        try (Trackit trackit = start(Trackit.builder().watchedFolder(Path.of(args[0])), System.out::println)) {
            System.out.println("Work in " + args[0] + ", then press Enter.");
            new Scanner(System.in).nextLine();
            Slice slice = slice(trackit, args[1], args[2]);
            lineage(slice).forEach(System.out::println);
            System.out.println(PythonScript.of(slice).text());
        }
    }

    private EmbeddedCapture() {}
}
