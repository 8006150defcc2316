package dev.trackit.core.record;

import dev.trackit.api.Cell;
import dev.trackit.api.Digest;
import dev.trackit.api.Notebook;
import dev.trackit.api.Output;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a save as what changed since the save before, and reads it back.
 *
 * <p>A full snapshot lists all cells in order. A delta names its base by digest and lists the cells that are new or changed, the ids of
 * those that are gone, and, where the order is not the base's without them, the order of all ids. A notebook in which two cells have the same id
 * is always written in full.
 */
public final class SnapshotCodec {

    private SnapshotCodec() {}

    /**
     * The digest of a notebook's content: the SHA-256 of one line of UTF-8 for each cell in order, made of the cell's id, type, source digest,
     * execution count or {@code -}, tags joined by commas, and for each output its type, name, media type and digest; the parts separated by
     * tabs, the line ended by a line feed. Metadata that front ends write at each save does not count, so saving without a
     * change does not change it.
     */
    public static Digest contentDigest(Notebook notebook) {
        MessageDigest sha256 = Digest.sha256();
        StringBuilder line = new StringBuilder(256);
        for (Cell cell : notebook.cells()) {
            line.setLength(0);
            line.append(cell.id()).append('\t').append(Fields.written(cell.type()));
            line.append('\t').append(cell.sourceDigest().value()).append('\t');
            cell.executionCount().ifPresentOrElse(line::append, () -> line.append('-'));
            line.append('\t').append(String.join(",", cell.tags()));
            for (Output output : cell.outputs()) {
                line.append('\t').append(output.type().wireName());
                line.append('\t').append(output.name()).append('\t').append(output.mime());
                line.append('\t').append(output.digest().value());
            }
            sha256.update(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        }
        return Digest.of(sha256);
    }

    /** The fields of a snapshot. @param base the notebook before, and its digest, for a delta; null for a full snapshot */
    static Map<String, @Nullable Object> write(
            Notebook now, Digest digest, @Nullable Notebook base, @Nullable Digest baseDigest, TextPlacement texts) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("path", now.path().toString());
        fields.put("digest", digest.value());
        fields.put("fileDigest", now.digest().value());
        fields.put("bytes", now.bytes());
        fields.put("modifiedAt", now.modifiedAt().toString());
        fields.put("format", now.format());
        fields.put("language", now.language());
        fields.put("kernelName", now.kernelName());
        Map<String, Cell> nowById = byId(now);
        Map<String, Cell> baseById = base == null ? null : byId(base);
        boolean full = baseById == null || nowById == null || baseDigest == null;
        fields.put("full", full);
        List<Map<String, @Nullable Object>> cells = new ArrayList<>();
        if (full || baseById == null || nowById == null) {
            now.cells().forEach(cell -> cells.add(ValueFields.write(cell, texts)));
        } else {
            fields.put("base", baseDigest == null ? "" : baseDigest.value());
            List<String> kept = new ArrayList<>(baseById.keySet());
            kept.retainAll(nowById.keySet());
            List<String> removed = new ArrayList<>(baseById.keySet());
            removed.removeAll(nowById.keySet());
            List<String> order = new ArrayList<>(nowById.keySet());
            if (!order.equals(kept)) {
                fields.put("order", order);
            }
            if (!removed.isEmpty()) {
                fields.put("removed", removed);
            }
            for (Cell cell : now.cells()) {
                Cell before = baseById.get(cell.id());
                if (before == null || !sameContent(before, cell)) {
                    cells.add(ValueFields.write(cell, texts));
                }
            }
        }
        fields.put("cells", cells);
        return fields;
    }

    /**
     * The notebook of a snapshot record.
     *
     * @param base the notebook of the snapshot before, if it is known
     * @return null if the record is a delta whose base is not at hand
     */
    public static @Nullable Notebook read(Fields fields, @Nullable Notebook base, ContentLookup texts) {
        Path path = ValueFields.readPath(fields.text("path"));
        List<Fields> given = fields.objects("cells");
        List<Cell> cells = new ArrayList<>();
        if (fields.flag("full")) {
            for (Fields cell : given) {
                cells.add(ValueFields.readCell(cell, cells.size(), texts));
            }
        } else {
            if (base == null || !fields.digest("base").equals(java.util.Optional.of(contentDigest(base)))) {
                return null;
            }
            cells = applied(fields, given, base, texts);
        }
        return Notebook.builder(
                        path == null ? Path.of("unknown.ipynb") : path,
                        fields.digest("fileDigest").orElseGet(() -> Digest.ofText("")))
                .bytes(fields.number("bytes", 0))
                .modifiedAt(java.util.Objects.requireNonNullElse(fields.time("modifiedAt"), java.time.Instant.EPOCH))
                .format(fields.text("format"))
                .language(fields.text("language"))
                .kernelName(fields.text("kernelName"))
                .cells(cells)
                .build();
    }

    private static List<Cell> applied(Fields fields, List<Fields> given, Notebook base, ContentLookup texts) {
        Map<String, Fields> changed = new LinkedHashMap<>();
        given.forEach(cell -> changed.put(cell.text("id"), cell));
        Map<String, Cell> before = new LinkedHashMap<>();
        base.cells().forEach(cell -> before.put(cell.id(), cell));
        fields.texts("removed").forEach(before::remove);
        List<String> order = fields.texts("order");
        if (order.isEmpty()) {
            order = List.copyOf(before.keySet());
        }
        List<Cell> cells = new ArrayList<>(order.size());
        for (String id : order) {
            Fields change = changed.get(id);
            Cell old = before.get(id);
            if (change != null) {
                cells.add(ValueFields.readCell(change, cells.size(), texts));
            } else if (old != null) {
                cells.add(placed(old, cells.size()));
            }
        }
        return cells;
    }

    /** The ids of cells that are new or changed. */
    public static List<String> changedIds(Notebook now, @Nullable Notebook base) {
        Map<String, Cell> before = new HashMap<>();
        if (base != null) {
            base.cells().forEach(cell -> before.put(cell.id(), cell));
        }
        return now.cells().stream()
                .filter(cell -> {
                    Cell old = before.get(cell.id());
                    return old == null || !sameContent(old, cell);
                })
                .map(Cell::id)
                .toList();
    }

    /** The ids of cells that are gone. */
    public static List<String> removedIds(Notebook now, @Nullable Notebook base) {
        if (base == null) {
            return List.of();
        }
        Set<String> ids = new HashSet<>();
        now.cells().forEach(cell -> ids.add(cell.id()));
        return base.cells().stream()
                .map(Cell::id)
                .filter(id -> !ids.contains(id))
                .toList();
    }

    /** Whether two cells hold the same; place and the front end's times do not count. */
    static boolean sameContent(Cell a, Cell b) {
        return a == b
                || a.type() == b.type()
                        && a.sourceDigest().equals(b.sourceDigest())
                        && a.executionCount().equals(b.executionCount())
                        && a.tags().equals(b.tags())
                        && sameOutputs(a.outputs(), b.outputs());
    }

    static boolean sameOutputs(List<Output> a, List<Output> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            Output x = a.get(i);
            Output y = b.get(i);
            if (x.type() != y.type()
                    || !x.name().equals(y.name())
                    || !x.mime().equals(y.mime())
                    || !x.digest().equals(y.digest())) {
                return false;
            }
        }
        return true;
    }

    private static Cell placed(Cell cell, int index) {
        return cell.index() == index
                ? cell
                : Cell.builder(cell.id(), index, cell.type(), cell.source())
                        .executionCount(
                                cell.executionCount().isPresent()
                                        ? cell.executionCount().getAsInt()
                                        : null)
                        .tags(cell.tags())
                        .outputs(cell.outputs())
                        .timing(cell.timing())
                        .build();
    }

    /** The cells by id in order; null if an id stands twice. */
    private static @Nullable Map<String, Cell> byId(Notebook notebook) {
        Map<String, Cell> byId = new LinkedHashMap<>();
        for (Cell cell : notebook.cells()) {
            if (byId.put(cell.id(), cell) != null) {
                return null;
            }
        }
        return byId;
    }
}
