package dev.trackit.core.record;

import dev.trackit.api.Cell;
import dev.trackit.api.Digest;
import dev.trackit.api.Execution;
import dev.trackit.api.Notebook;
import dev.trackit.api.Output;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Applies a redaction to all texts of a value before it is recorded. Where it changes nothing, the value stays as it is. */
final class Redaction {
    private final UnaryOperator<String> texts;
    private final boolean off;

    /** @param texts what to do with each text; null to do nothing at all */
    Redaction(@Nullable UnaryOperator<String> texts) {
        this.texts = texts == null ? UnaryOperator.identity() : texts;
        this.off = texts == null;
    }

    /** An execution and the payloads that may be kept. */
    record Redacted(Execution execution, Map<Digest, byte[]> payloads) {}

    Redacted apply(Execution execution, Map<Digest, byte[]> payloads) {
        if (off) {
            return new Redacted(execution, payloads);
        }
        // A payload of text could hold what was taken out of its text form: only pictures are kept.
        Map<Digest, byte[]> kept = new LinkedHashMap<>();
        for (Output output : execution.outputs()) {
            byte[] payload = payloads.get(output.digest());
            if (payload != null && isPicture(output)) {
                kept.put(output.digest(), payload);
            }
        }
        Execution.Builder redacted = Execution.builder(
                        execution.id(), execution.session(), texts.apply(execution.code()))
                .executionCount(
                        execution.executionCount().isPresent()
                                ? execution.executionCount().getAsInt()
                                : null)
                .status(execution.status())
                .origin(execution.origin())
                .startedAt(execution.startedAt().orElse(null))
                .finishedAt(execution.finishedAt().orElse(null))
                .outputs(outputs(execution.outputs()))
                .cell(execution.cell())
                .notes(execution.notes());
        return new Redacted(redacted.build(), kept);
    }

    Notebook apply(Notebook notebook) {
        if (off) {
            return notebook;
        }
        return Notebook.builder(notebook.path(), notebook.digest())
                .format(notebook.format())
                .language(notebook.language())
                .kernelName(notebook.kernelName())
                .bytes(notebook.bytes())
                .modifiedAt(notebook.modifiedAt())
                .cells(notebook.cells().stream().map(this::cell).toList())
                .build();
    }

    private Cell cell(Cell cell) {
        return Cell.builder(cell.id(), cell.index(), cell.type(), texts.apply(cell.source()))
                .executionCount(
                        cell.executionCount().isPresent()
                                ? cell.executionCount().getAsInt()
                                : null)
                .tags(cell.tags())
                .timing(cell.timing())
                .outputs(outputs(cell.outputs()))
                .build();
    }

    private List<Output> outputs(List<Output> outputs) {
        return outputs.stream().map(this::output).toList();
    }

    private Output output(Output output) {
        String text = texts.apply(output.text());
        if (text.equals(output.text())) {
            return output;
        }
        Output.Builder redacted = Output.builder(output.type(), output.mime())
                .name(output.name())
                .text(text)
                .textCut(output.textCut())
                .displayId(output.displayId());
        if (isPicture(output)) {
            redacted.payload(output.digest(), output.bytes());
        }
        return redacted.build();
    }

    private static boolean isPicture(Output output) {
        return output.mime().startsWith("image/") && !output.mime().contains("svg");
    }
}
