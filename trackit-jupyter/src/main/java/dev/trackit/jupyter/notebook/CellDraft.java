package dev.trackit.jupyter.notebook;

import dev.trackit.api.Cell;
import dev.trackit.api.CellType;
import dev.trackit.api.Digest;
import dev.trackit.api.Output;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cell as it was read, before it has its final id. */
final class CellDraft {
    String fileId = "";
    CellType type = CellType.RAW;
    String source = "";

    @Nullable
    Integer executionCount;

    List<String> tags = List.of();
    List<Output> outputs = List.of();
    Map<String, String> timing = Map.of();

    private @Nullable Digest digest;

    /** The digest of the source. */
    Digest sourceDigest() {
        if (digest == null) {
            digest = Digest.ofText(source);
        }
        return digest;
    }

    /** The cell with its id and place. */
    Cell toCell(String id, int index) {
        return Cell.builder(id, index, type, source)
                .executionCount(executionCount)
                .tags(tags)
                .outputs(outputs)
                .timing(timing)
                .build();
    }
}
