package dev.trackit.runner.web.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.api.Cell;
import dev.trackit.api.Execution;
import dev.trackit.api.Gap;
import dev.trackit.api.Origin;
import dev.trackit.api.Output;
import dev.trackit.api.Session;
import dev.trackit.core.timeline.Snapshot;
import dev.trackit.core.timeline.TimelineEntry;
import dev.trackit.runner.read.RecordJson;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An entry of the timeline as JSON: what {@code trackit log --json} says of it, and what the page shows besides. */
final class EntryJson {
    /** How much of a text a list carries; the rest is asked for. */
    private static final int LONGEST_OUTPUT = 8_000;

    private static final int LONGEST_CODE = 40_000;

    private final String address;
    private final Effects effects;
    private final boolean whole;

    /**
     * Entries of one notebook.
     *
     * @param address of the notebook, for references: {@code /notebooks/titanic-3f2a9c}
     * @param effects what executions read and write
     * @param whole whether texts are written whole
     */
    EntryJson(String address, Effects effects, boolean whole) {
        this.address = address;
        this.effects = effects;
        this.whole = whole;
    }

    /** One entry of a timeline, the one at this place. */
    void write(JsonGenerator g, List<TimelineEntry> entries, int order) throws IOException {
        TimelineEntry entry = entries.get(order);
        g.writeStartObject();
        if (entry instanceof TimelineEntry.Executed executed) {
            head(g, "execution", executed.execution().id(), order, time(executed));
            execution(g, executed.execution(), executed.at());
        } else if (entry instanceof TimelineEntry.Saved saved) {
            head(g, "save", "save-" + order, order, saved.at());
            snapshot(g, saved.snapshot(), before(entries, order));
        } else if (entry instanceof TimelineEntry.Missed missed) {
            head(g, "gap", "gap-" + order, order, missed.at());
            gap(g, missed.gap());
        } else if (entry instanceof TimelineEntry.Started started) {
            head(g, "session-start", "start-" + order, order, started.at());
            session(g, started.session());
        } else if (entry instanceof TimelineEntry.Ended ended) {
            head(g, kindOfEnd(ended), "end-" + order, order, ended.at());
            g.writeStringField("session", ended.session());
            g.writeStringField("reason", ended.reason());
            g.writeStringField("detail", ended.reason());
        }
        g.writeEndObject();
    }

    /** The save before the one at this place; null if there is none. */
    private static @Nullable Snapshot before(List<TimelineEntry> entries, int order) {
        for (int i = order - 1; i >= 0; i--) {
            if (entries.get(i) instanceof TimelineEntry.Saved saved) {
                return saved.snapshot();
            }
        }
        return null;
    }

    /** In one word what kind of entry this is. */
    static String kind(TimelineEntry entry) {
        if (entry instanceof TimelineEntry.Executed) {
            return "execution";
        } else if (entry instanceof TimelineEntry.Saved) {
            return "save";
        } else if (entry instanceof TimelineEntry.Missed) {
            return "gap";
        }
        return entry instanceof TimelineEntry.Ended ended ? kindOfEnd(ended) : "session-start";
    }

    private static String kindOfEnd(TimelineEntry.Ended ended) {
        return ended.reason().contains("restart") ? "restart" : "session-end";
    }

    /** When it happened, as far as that is known; otherwise when it was recorded. */
    static Instant time(TimelineEntry entry) {
        return entry instanceof TimelineEntry.Executed executed
                ? executed.execution().startedAt().orElse(executed.at())
                : entry.at();
    }

    private static void head(JsonGenerator g, String kind, String id, int order, Instant at) throws IOException {
        g.writeStringField("kind", kind);
        g.writeStringField("id", id);
        g.writeNumberField("order", order);
        g.writeStringField("at", at.toString());
    }

    private void execution(JsonGenerator g, Execution execution, Instant recordedAt) throws IOException {
        g.writeNumberField("sequence", execution.sequence());
        g.writeStringField("session", execution.session());
        boolean settled = execution.cell().isSettled();
        RecordJson.text(g, "cell", settled ? execution.cell().cellId() : null);
        RecordJson.text(g, "cellId", settled ? execution.cell().cellId() : null);
        NotebookJson.number(g, "cellIndex", settled ? execution.cell().cellIndex() : -1);
        g.writeStringField("cellMatch", RecordJson.word(execution.cell().basis()));
        int count = execution.executionCount().orElse(-1);
        NotebookJson.number(g, "count", count);
        NotebookJson.number(g, "executionCount", count);
        g.writeStringField("status", RecordJson.word(execution.status()));
        Instant from = execution.startedAt().orElse(null);
        Instant to = execution.finishedAt().orElse(null);
        NotebookJson.time(g, "startedAt", from);
        NotebookJson.time(g, "finishedAt", to);
        NotebookJson.number(g, "durationMillis", from == null || to == null ? -1 : Math.max(0, millis(from, to)));
        g.writeStringField("recordedAt", recordedAt.toString());
        g.writeStringField("origin", RecordJson.word(execution.origin()));
        g.writeBooleanField("recovered", execution.origin() == Origin.RECOVERED);
        text(g, "code", "codeCut", execution.code(), LONGEST_CODE, false);
        effects.write(g, execution);
        g.writeArrayFieldStart("outputs");
        List<Output> outputs = execution.outputs();
        for (int n = 0; n < outputs.size(); n++) {
            output(g, execution, outputs.get(n), n);
        }
        g.writeEndArray();
        strings(g, "notes", execution.notes());
    }

    private static long millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }

    private void output(JsonGenerator g, Execution execution, Output output, int n) throws IOException {
        g.writeStartObject();
        g.writeStringField("type", output.type().wireName());
        RecordJson.text(g, "name", output.name().isEmpty() ? null : output.name());
        g.writeStringField("mime", output.mime());
        text(g, "text", "truncated", output.text(), LONGEST_OUTPUT, output.textCut());
        g.writeBooleanField("textCut", output.textCut());
        g.writeStringField("digest", output.digest().value());
        g.writeNumberField("bytes", output.bytes());
        RecordJson.text(
                g,
                "href",
                MediaKind.of(output.mime()) == MediaKind.OTHER
                        ? null
                        : address + "/outputs/" + execution.sequence() + "/" + n);
        g.writeEndObject();
    }

    private void text(JsonGenerator g, String field, String flag, String text, int longest, boolean cut)
            throws IOException {
        boolean shorten = !whole && text.length() > longest;
        g.writeStringField(field, shorten ? text.substring(0, longest) : text);
        g.writeBooleanField(flag, shorten || cut);
    }

    private static void snapshot(JsonGenerator g, Snapshot snapshot, @Nullable Snapshot before) throws IOException {
        g.writeNumberField("cells", snapshot.notebook().cells().size());
        Set<String> known = before == null
                ? Set.of()
                : before.notebook().cells().stream().map(Cell::id).collect(Collectors.toSet());
        long added = snapshot.changedCells().stream()
                .filter(cell -> !known.contains(cell))
                .count();
        g.writeNumberField("added", added);
        g.writeNumberField("edited", snapshot.changedCells().size() - added);
        g.writeNumberField("removed", snapshot.removedCells().size());
        strings(g, "changedCells", snapshot.changedCells());
        strings(g, "removedCells", snapshot.removedCells());
        g.writeStringField("digest", snapshot.digest().value());
    }

    private static void gap(JsonGenerator g, Gap gap) throws IOException {
        g.writeStringField("reason", RecordJson.word(gap.reason()));
        RecordJson.text(g, "session", gap.session().isEmpty() ? null : gap.session());
        NotebookJson.time(g, "from", gap.from().orElse(null));
        NotebookJson.time(g, "to", gap.to().orElse(null));
        NotebookJson.number(g, "missing", gap.missing());
        g.writeStringField("detail", gap.detail());
    }

    static void session(JsonGenerator g, Session session) throws IOException {
        g.writeStringField("session", session.id());
        g.writeStringField("kernelId", session.kernelId());
        g.writeStringField("kernel", session.kernelName());
        g.writeStringField("language", session.language());
        NotebookJson.time(g, "startedAt", session.startedAt().orElse(null));
        g.writeBooleanField("live", session.live());
    }

    static void strings(JsonGenerator g, String field, Iterable<String> values) throws IOException {
        g.writeArrayFieldStart(field);
        for (String value : values) {
            g.writeString(value);
        }
        g.writeEndArray();
    }

    /** What an execution did to data. */
    @FunctionalInterface
    interface Effects {
        /** Nothing is known (yet). */
        Effects UNKNOWN = (g, execution) -> g.writeBooleanField("analysed", false);

        /** Writes the fields. */
        void write(JsonGenerator g, Execution execution) throws IOException;
    }
}
