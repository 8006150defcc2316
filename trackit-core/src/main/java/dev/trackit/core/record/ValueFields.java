package dev.trackit.core.record;

import dev.trackit.api.Cell;
import dev.trackit.api.CellMatch;
import dev.trackit.api.CellType;
import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.Gap;
import dev.trackit.api.NotebookMatch;
import dev.trackit.api.Origin;
import dev.trackit.api.Output;
import dev.trackit.api.Session;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of values, both ways: how an execution, a session, a gap, an output or a cell is written into a record, and read
 * back. Names and forms are described in {@code docs/log-format.md}. Reading never fails: what is missing or strange reads as
 * unknown.
 */
public final class ValueFields {
    private static final String UNKNOWN_ID = "unknown";

    private ValueFields() {}

    static Map<String, @Nullable Object> write(Execution execution, TextPlacement texts) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(32);
        fields.put("id", execution.id());
        fields.put("session", execution.session());
        fields.put("sequence", execution.sequence());
        if (execution.executionCount().isPresent()) {
            fields.put("executionCount", (long) execution.executionCount().getAsInt());
        }
        fields.put("status", Fields.written(execution.status()));
        fields.put("origin", Fields.written(execution.origin()));
        putTime(fields, "startedAt", execution.startedAt().orElse(null));
        putTime(fields, "finishedAt", execution.finishedAt().orElse(null));
        texts.put(fields, "code", execution.code(), execution.codeDigest(), true);
        fields.put("outputs", writeOutputs(execution.outputs(), texts));
        if (execution.cell().basis() != CellMatch.Basis.NONE) {
            fields.put("cell", write(execution.cell()));
        }
        if (!execution.notes().isEmpty()) {
            fields.put("notes", execution.notes());
        }
        return fields;
    }

    /** The execution of an {@code execution} record. */
    public static Execution readExecution(Fields fields, ContentLookup texts) {
        return Execution.builder(nonEmpty(fields.text("id")), fields.text("session"), texts.text(fields, "code"))
                .sequence(fields.number("sequence", 0))
                .executionCount(fields.integer("executionCount"))
                .status(fields.constant("status", ExecutionStatus.values(), ExecutionStatus.ABORTED))
                .origin(fields.constant("origin", Origin.values(), Origin.RECOVERED))
                .startedAt(fields.time("startedAt"))
                .finishedAt(fields.time("finishedAt"))
                .outputs(readOutputs(fields, texts))
                .cell(readCellMatch(fields.object("cell")))
                .notes(fields.texts("notes"))
                .build();
    }

    static List<Map<String, @Nullable Object>> writeOutputs(List<Output> outputs, TextPlacement texts) {
        List<Map<String, @Nullable Object>> written = new ArrayList<>(outputs.size());
        for (Output output : outputs) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("type", output.type().wireName());
            putText(fields, "name", output.name());
            fields.put("mime", output.mime());
            if (!output.text().isEmpty()) {
                texts.put(fields, "text", output.text(), null, false);
            }
            if (output.textCut()) {
                fields.put("textCut", true);
            }
            fields.put("digest", output.digest().value());
            fields.put("bytes", output.bytes());
            putText(fields, "displayId", output.displayId());
            written.add(fields);
        }
        return written;
    }

    /** The outputs of a record. An output of a kind that this version does not know is passed over. */
    public static List<Output> readOutputs(Fields fields, ContentLookup texts) {
        List<Output> outputs = new ArrayList<>();
        for (Fields output : fields.objects("outputs")) {
            Output.Type.ofWireName(output.text("type")).ifPresent(type -> {
                Output.Builder builder = Output.builder(type, output.text("mime"))
                        .name(output.text("name"))
                        .text(texts.text(output, "text"))
                        .textCut(output.flag("textCut"))
                        .displayId(output.text("displayId"));
                output.digest("digest").ifPresent(d -> builder.payload(d, output.number("bytes", -1)));
                outputs.add(builder.build());
            });
        }
        return outputs;
    }

    static Map<String, @Nullable Object> write(CellMatch match) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("basis", Fields.written(match.basis()));
        if (match.isSettled()) {
            fields.put("id", match.cellId());
            fields.put("index", (long) match.cellIndex());
        }
        if (!match.candidates().isEmpty()) {
            fields.put("candidates", match.candidates());
        }
        return fields;
    }

    /** The match of an execution to a cell. */
    public static CellMatch readCellMatch(Fields fields) {
        CellMatch.Basis basis = fields.constant("basis", CellMatch.Basis.values(), CellMatch.Basis.NONE);
        String id = fields.text("id");
        if (basis == CellMatch.Basis.AMBIGUOUS) {
            return CellMatch.ambiguous(fields.texts("candidates"));
        }
        return basis == CellMatch.Basis.NONE || id.isEmpty()
                ? CellMatch.unknown()
                : CellMatch.of(basis, id, (int) fields.number("index", -1));
    }

    static Map<String, @Nullable Object> write(Session session, NotebookMatch match) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("session", session.id());
        fields.put("kernel", session.kernelId());
        putText(fields, "kernelName", session.kernelName());
        putText(fields, "language", session.language());
        session.workingFolder().ifPresent(folder -> fields.put("workingFolder", folder.toString()));
        putTime(fields, "startedAt", session.startedAt().orElse(null));
        fields.put("live", session.live());
        fields.put("match", write(match));
        return fields;
    }

    /** The session of a {@code session.started} record. */
    public static Session readSession(Fields fields) {
        return Session.builder(fields.text("session"), fields.text("kernel"))
                .kernelName(fields.text("kernelName"))
                .language(fields.text("language"))
                .workingFolder(readPath(fields.text("workingFolder")))
                .startedAt(fields.time("startedAt"))
                .live(fields.flag("live"))
                .build();
    }

    static Map<String, @Nullable Object> write(NotebookMatch match) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("basis", Fields.written(match.basis()));
        fields.put("candidates", match.candidates().stream().map(Path::toString).toList());
        return fields;
    }

    /** The match of a session to a notebook. */
    public static NotebookMatch readNotebookMatch(Fields fields) {
        NotebookMatch.Basis basis = fields.constant("basis", NotebookMatch.Basis.values(), NotebookMatch.Basis.NONE);
        List<Path> candidates = new ArrayList<>();
        for (String text : fields.texts("candidates")) {
            Path path = readPath(text);
            if (path != null) {
                candidates.add(path);
            }
        }
        return basis == NotebookMatch.Basis.NONE || candidates.isEmpty()
                ? NotebookMatch.unknown()
                : new NotebookMatch(basis, candidates);
    }

    static Map<String, @Nullable Object> write(Gap gap) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("reason", Fields.written(gap.reason()));
        putText(fields, "session", gap.session());
        fields.put("detail", gap.detail());
        putTime(fields, "from", gap.from().orElse(null));
        putTime(fields, "to", gap.to().orElse(null));
        if (gap.missing() >= 0) {
            fields.put("missing", gap.missing());
        }
        return fields;
    }

    /** The gap of a {@code gap} record. */
    public static Gap readGap(Fields fields) {
        return Gap.builder(fields.constant("reason", Gap.Reason.values(), Gap.Reason.OTHER), fields.text("detail"))
                .session(fields.text("session"))
                .between(fields.time("from"), fields.time("to"))
                .missing(fields.number("missing", -1))
                .build();
    }

    static Map<String, @Nullable Object> write(Cell cell, TextPlacement texts) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", cell.id());
        fields.put("type", Fields.written(cell.type()));
        texts.put(fields, "source", cell.source(), cell.sourceDigest(), true);
        if (cell.executionCount().isPresent()) {
            fields.put("executionCount", (long) cell.executionCount().getAsInt());
        }
        if (!cell.tags().isEmpty()) {
            fields.put("tags", cell.tags());
        }
        if (!cell.timing().isEmpty()) {
            fields.put("timing", cell.timing());
        }
        if (!cell.outputs().isEmpty()) {
            fields.put("outputs", writeOutputs(cell.outputs(), texts));
        }
        return fields;
    }

    /** A cell of a {@code snapshot} record. */
    public static Cell readCell(Fields fields, int index, ContentLookup texts) {
        return Cell.builder(
                        nonEmpty(fields.text("id")),
                        index,
                        fields.constant("type", CellType.values(), CellType.RAW),
                        texts.text(fields, "source"))
                .executionCount(fields.integer("executionCount"))
                .tags(fields.texts("tags"))
                .timing(fields.textsByName("timing"))
                .outputs(readOutputs(fields, texts))
                .build();
    }

    /** A path, if the text is one on this system. */
    public static @Nullable Path readPath(String text) {
        try {
            return text.isEmpty() ? null : Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    static void putTime(Map<String, @Nullable Object> fields, String name, @Nullable Instant time) {
        if (time != null) {
            fields.put(name, TimeText.of(time));
        }
    }

    private static void putText(Map<String, @Nullable Object> fields, String name, String text) {
        if (!text.isEmpty()) {
            fields.put(name, text);
        }
    }

    private static String nonEmpty(String id) {
        return id.isEmpty() ? UNKNOWN_ID : id;
    }
}
