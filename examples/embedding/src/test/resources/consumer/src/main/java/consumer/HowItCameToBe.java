package consumer;

import dev.trackit.api.Execution;
import dev.trackit.core.NotebookSummary;
import dev.trackit.core.Trackit;
import dev.trackit.core.TrackitReader;
import dev.trackit.core.lineage.ExternalObserver;
import dev.trackit.core.lineage.LineageBuilder;
import dev.trackit.core.slice.PythonScript;
import dev.trackit.core.slice.Slicer;
import dev.trackit.core.timeline.SessionSpan;
import dev.trackit.core.timeline.Timeline;
import java.nio.file.Path;
import java.util.List;

/** Prints the script that makes a frame again, from the record in a folder. */
public final class HowItCameToBe {

    public static void main(String[] args) {
        try (TrackitReader reader =
                Trackit.builder().watchedFolder(Path.of(args[0])).open()) {
            NotebookSummary notebook = reader.find(args[1]);
            Timeline timeline = reader.timeline(notebook.id());
            SessionSpan span = timeline.sessions().get(0);
            List<Execution> executions = timeline.executions();
            LineageBuilder lineage = new LineageBuilder(reader.analyzers(), ExternalObserver.noop());
            lineage.add(notebook.name(), span.session(), executions);
            System.out.println(HowItCameToBe.class.getModule().isNamed() ? "on the module path" : "on the class path");
            System.out.println(new Slicer(lineage.build())
                    .variable(span.session(), args[2])
                    .map(slice -> PythonScript.of(slice).text())
                    .orElse("nothing"));
        }
    }

    private HowItCameToBe() {}
}
