package dev.trackit.runner.summary;

import dev.trackit.api.Execution;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.core.NotebookSummary;
import dev.trackit.core.TrackitReader;
import dev.trackit.core.timeline.Tags;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.RunnerCommand;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.cli.Workspace;
import dev.trackit.spi.LogWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trackit tag}: words that a user gives to a notebook or an execution, to find it again. */
@Command(
        name = "tag",
        sortOptions = false,
        description = "Give a notebook or one of its executions a tag, take it away, or list the tags.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  trackit tag titanic                             its tags",
            "  trackit tag titanic baseline --execution 12     this execution is the baseline",
            "  trackit tag titanic baseline --execution 12 --remove",
            "  trackit summary titanic --tag baseline",
        })
public final class TagCommand extends RunnerCommand {
    private static final int LONGEST = 64;

    @Parameters(index = "0", paramLabel = "NOTEBOOK", description = "A recorded notebook.")
    private String notebook = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "TAG",
            description = "The tags; without any, they are listed.")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = "--execution",
            paramLabel = "N",
            description = "Of this execution, by its number in the log, not of the notebook.")
    private @Nullable Long execution;

    @Option(names = "--remove", description = "Take the tags away.")
    private boolean remove;

    @Option(names = "--json", description = "List as JSON, one object a line.")
    private boolean json;

    /** Called by the table of commands. */
    public TagCommand() {}

    @Override
    protected int run() {
        Workspace workspace = new Workspace(environment(), program().store());
        try (TrackitReader reader = workspace.openFor(notebook)) {
            NotebookSummary found = workspace.find(reader, notebook);
            Timeline timeline = reader.timeline(found.id());
            String id = execution == null ? "" : executionId(timeline, execution);
            if (!tags.isEmpty()) {
                append(reader, LogId.notes(found.id()), id);
                timeline = reader.timeline(found.id());
            }
            list(found, timeline);
            return ExitCodes.FINE;
        }
    }

    private static String executionId(Timeline timeline, long sequence) {
        return timeline.executions().stream()
                .filter(e -> e.sequence() == sequence)
                .map(Execution::id)
                .findFirst()
                .orElseThrow(
                        () -> Failure.of(ExitCodes.NOTHING, "There is no execution #" + sequence + " in the log."));
    }

    private void append(TrackitReader reader, LogId log, String executionId) {
        List<LineageRecord> records = new ArrayList<>();
        for (String tag : tags) {
            if (tag.isBlank() || tag.length() > LONGEST || tag.chars().anyMatch(Character::isISOControl)) {
                throw Failure.of(
                        ExitCodes.USAGE,
                        "A tag has 1 to " + LONGEST + " characters, none of them a control character.");
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("tag", tag.strip());
            if (!executionId.isEmpty()) {
                fields.put("execution", executionId);
            }
            if (remove) {
                fields.put("removed", true);
            }
            records.add(LineageRecord.of(Tags.TYPE, environment().clock().instant(), fields));
        }
        try (LogWriter writer = reader.store().writer(log)) {
            writer.append(records);
        }
    }

    private void list(NotebookSummary found, Timeline timeline) {
        Tags all = Tags.of(timeline);
        if (json) {
            console().json(g -> {
                g.writeStartObject();
                g.writeStringField("notebook", found.id().value());
                g.writeArrayFieldStart("tags");
                for (String tag : all.ofNotebook()) {
                    g.writeString(tag);
                }
                g.writeEndArray();
                g.writeObjectFieldStart("executions");
                for (var entry : all.ofExecutions().entrySet()) {
                    g.writeArrayFieldStart(entry.getKey());
                    for (String tag : entry.getValue()) {
                        g.writeString(tag);
                    }
                    g.writeEndArray();
                }
                g.writeEndObject();
                g.writeEndObject();
            });
            return;
        }
        if (all.ofNotebook().isEmpty() && all.ofExecutions().isEmpty()) {
            console().line("No tags.");
        }
        all.ofNotebook().forEach(tag -> console().line(TerminalText.line(tag)));
        all.ofExecutions().forEach((id, of) -> timeline.execution(id)
                .ifPresent(e -> console().line("#" + e.sequence() + "  " + TerminalText.line(String.join(", ", of)))));
    }
}
