package dev.trackit.jupyter.notebook;

import dev.trackit.api.CellType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads cells, of any format. */
final class CellParser {
    private static final int MAX_TEXT = 65_536;
    private static final int MAX_ENTRIES = 256;
    private static final Set<String> KNOWN = Set.of(
            "cell_type",
            "id",
            "source",
            "input",
            "code",
            "text",
            "metadata",
            "execution_count",
            "prompt_number",
            "outputs",
            "language");
    private static final Set<String> METADATA = Set.of("tags", "execution");

    private final JsonScanner json;
    private final Budget budget;
    private final PayloadSink sink;
    private final NotebookMetadata head;

    CellParser(JsonScanner json, Budget budget, PayloadSink sink, NotebookMetadata head) {
        this.json = json;
        this.budget = budget;
        this.sink = sink;
        this.head = head;
    }

    /**
     * The cell that stands next; null if something else stands there.
     *
     * @param old whether the format is older than 4
     */
    @Nullable
    CellDraft parse(boolean old) throws IOException {
        KnownMembers members = KnownMembers.enter(json, KNOWN);
        if (members == null) {
            return null;
        }
        budget.addCell();
        int textBefore = budget.heldText();
        CellDraft cell = new CellDraft();
        for (String name = members.next(); name != null; name = members.next()) {
            switch (name) {
                case "cell_type" -> cell.type = type(json.stringOrSkip(MAX_TEXT, "a cell's type"));
                case "id" -> cell.fileId = orEmpty(json.stringOrSkip(MAX_TEXT, "a cell's id"));
                case "metadata" -> readMetadata(cell);
                case "execution_count", "prompt_number" -> readCount(cell);
                case "outputs" -> cell.outputs = new OutputParser(json, budget, sink, old).parse();
                case "language" -> {
                    cell.language = orEmpty(json.stringOrSkip(MAX_TEXT, "a cell's language"));
                    head.cellLanguage(cell.language);
                }
                default -> readSource(cell, old);
            }
        }
        int textAfter = budget.heldText();
        cell.textLength = textAfter < 0 ? -1 : textAfter - textBefore;
        return cell;
    }

    private void readSource(CellDraft cell, boolean old) throws IOException {
        BoundedText text = budget.newSource();
        JoinedText.read(json, text, old);
        if (text.length() > 0 && cell.source.isEmpty()) {
            budget.addSource(text.length());
            cell.sourceBytes = text.length();
            cell.source = text.toString();
        }
    }

    private void readCount(CellDraft cell) throws IOException {
        OptionalInt count = NotebookMetadata.readCountOf(json);
        if (count.isPresent()) {
            cell.executionCount = count.getAsInt();
        }
    }

    private void readMetadata(CellDraft cell) throws IOException {
        KnownMembers members = KnownMembers.enter(json, METADATA);
        if (members == null) {
            return;
        }
        for (String name = members.next(); name != null; name = members.next()) {
            if (name.equals("tags")) {
                cell.tags = tags();
            } else {
                cell.timing = timing();
            }
        }
    }

    private List<String> tags() throws IOException {
        if (json.peek() != JsonScanner.Kind.ARRAY) {
            json.skip();
            return List.of();
        }
        List<String> tags = new ArrayList<>();
        json.enterArray();
        while (json.nextElement()) {
            String tag = json.stringOrSkip(MAX_TEXT, "a tag");
            if (tag != null && tags.size() < MAX_ENTRIES) {
                tags.add(tag);
            }
        }
        return tags;
    }

    private Map<String, String> timing() throws IOException {
        if (json.peek() != JsonScanner.Kind.OBJECT) {
            json.skip();
            return Map.of();
        }
        Map<String, String> timing = new LinkedHashMap<>();
        json.enterObject();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            String time = json.stringOrSkip(MAX_TEXT, "a recorded time");
            if (time != null && timing.size() < MAX_ENTRIES) {
                timing.put(name, time);
            }
        }
        return timing;
    }

    private static CellType type(@Nullable String name) {
        return switch (orEmpty(name)) {
            case "code" -> CellType.CODE;
            case "markdown" -> CellType.MARKDOWN;
            default -> CellType.RAW;
        };
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
