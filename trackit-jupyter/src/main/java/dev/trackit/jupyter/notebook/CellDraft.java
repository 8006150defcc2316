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

    /** The language that the cell itself names, in formats before 4; null if it names none. */
    @Nullable
    String language;

    /** The length of the source in bytes of UTF-8. */
    int sourceBytes;

    /** The length of the outputs' texts together; negative if one may have been cut because the texts before it were many. */
    int textLength = -1;

    List<String> tags = List.of();
    List<Output> outputs = List.of();
    Map<String, String> timing = Map.of();

    private @Nullable Digest digest;
    private @Nullable Cell made;

    /** The digest of the source. */
    Digest sourceDigest() {
        if (digest == null) {
            digest = Digest.ofText(source);
        }
        return digest;
    }

    /** The cell with its id and place; the same object again for a draft that is used again. */
    Cell toCell(String id, int index) {
        Cell cell = made;
        if (cell == null || cell.index() != index || !cell.id().equals(id)) {
            cell = Cell.builder(id, index, type, source)
                    .executionCount(executionCount)
                    .tags(tags)
                    .outputs(outputs)
                    .timing(timing)
                    .build();
            made = cell;
        }
        return cell;
    }
}
