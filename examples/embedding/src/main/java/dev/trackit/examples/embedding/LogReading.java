package dev.trackit.examples.embedding;

import dev.trackit.core.NotebookSummary;
import dev.trackit.core.Trackit;
import dev.trackit.core.TrackitReader;
import dev.trackit.core.timeline.Timeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what an agent recorded, perhaps while it records on. Takes no lock, starts no thread, creates no file. */
final class LogReading {

    // region read
    static List<String> report(Trackit.Builder builder) {
        List<String> lines = new ArrayList<>();
        try (TrackitReader reader = builder.open()) {
            for (NotebookSummary notebook : reader.notebooks()) {
                Timeline timeline = reader.timeline(notebook.id());
                lines.add(notebook.name() + ": " + timeline.executions().size() + " executions");
                timeline.executions().forEach(e -> lines.add("  #" + e.sequence() + " " + e.status() + " " + e.code()));
                timeline.gaps().forEach(gap -> lines.add("  not seen: " + gap.detail()));
            }
        }
        return lines;
    }
    // endregion

    public static void main(String[] args) {
        report(Trackit.builder().watchedFolder(Path.of(args[0]))).forEach(System.out::println);
    }

    private LogReading() {}
}
