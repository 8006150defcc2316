package dev.trackit.runner.demo;

import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.LogId;
import dev.trackit.core.NotebookSummary;
import dev.trackit.core.TrackitReader;
import dev.trackit.core.timeline.Timeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compares what was recorded with what was done. */
final class SelfCheck {
    private SelfCheck() {}

    /** What differs, in sentences; empty if the record is right and whole. */
    static List<String> differences(TrackitReader reader, Path notebook, Performance played) {
        List<String> differences = new ArrayList<>();
        NotebookSummary found = reader.find(notebook.toString());
        Timeline timeline = reader.timeline(found.id());
        if (timeline.snapshots().size() < played.saves()) {
            differences.add(
                    played.saves() + " saves, and " + timeline.snapshots().size() + " on the record");
        }
        compare(played.answers(), timeline.executions(), differences);
        for (LogId log : reader.logs(found.id())) {
            reader.store()
                    .verify(log)
                    .findings()
                    .forEach(f -> differences.add(log + ", " + f.place() + ": " + f.message()));
        }
        return differences;
    }

    private static void compare(List<DemoKernel.Answer> answers, List<Execution> executions, List<String> differences) {
        if (answers.size() != executions.size()) {
            differences.add(answers.size() + " executions, and " + executions.size() + " on the record");
            return;
        }
        for (int i = 0; i < answers.size(); i++) {
            DemoKernel.Answer answer = answers.get(i);
            Execution execution = executions.get(i);
            boolean same = execution.code().equals(answer.code())
                    && execution.executionCount().orElse(-1) == answer.count()
                    && (execution.status() == ExecutionStatus.OK) != answer.failed();
            if (!same) {
                differences.add("execution " + (i + 1) + " is recorded otherwise than it ran");
            }
        }
    }
}
