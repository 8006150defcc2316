package dev.trackit.runner.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trackit.api.Output;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The notebook of the demonstration, as the front end holds it, and how a front end saves it. */
final class SampleNotebook {
    private static final class CodeCell {
        private String source;
        private @Nullable Integer count;
        private List<Output> outputs = List.of();

        CodeCell(String source) {
            this.source = source;
        }
    }

    private final ObjectMapper mapper = new ObjectMapper();
    private final Path file;
    private final Map<String, CodeCell> cells = new LinkedHashMap<>();

    /** @param file where it is saved */
    SampleNotebook(Path file, Story story) {
        this.file = file;
        for (String name : Story.CELLS) {
            cells.put(name, new CodeCell(story.code(name)));
        }
    }

    Path file() {
        return file;
    }

    String source(String cell) {
        return cell(cell).source;
    }

    void edit(String cell, String source) {
        cell(cell).source = source;
    }

    void executed(String cell, int count, List<Output> outputs) {
        CodeCell executed = cell(cell);
        executed.count = count;
        executed.outputs = List.copyOf(outputs);
    }

    private CodeCell cell(String name) {
        CodeCell found = cells.get(name);
        if (found == null) {
            throw new IllegalArgumentException("The notebook has no cell \"" + name + "\"");
        }
        return found;
    }

    /**
     * Saves in place, as Jupyter does: a copy of the old file beside it, the file rewritten and forced, the copy removed.
     */
    void save() throws IOException {
        Path copy = file.resolveSibling(".~" + file.getFileName());
        if (Files.exists(file)) {
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer content = ByteBuffer.wrap(json());
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
        Files.deleteIfExists(copy);
    }

    private byte[] json() throws IOException {
        ObjectNode notebook = mapper.createObjectNode();
        ArrayNode all = notebook.putArray("cells");
        markdown(all, "intro", "# Training data from orders\nRaw exports in `raw/`, result in `train.csv`.");
        cells.forEach((name, cell) -> code(all, name, cell));
        ObjectNode metadata = notebook.putObject("metadata");
        metadata.putObject("kernelspec")
                .put("display_name", "Python 3")
                .put("language", "python")
                .put("name", "python3");
        metadata.putObject("language_info").put("name", "python");
        notebook.put("nbformat", 4).put("nbformat_minor", 5);
        String text = mapper.writerWithDefaultPrettyPrinter().writeValueAsString(notebook) + "\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void markdown(ArrayNode all, String id, String source) {
        ObjectNode cell = all.addObject().put("cell_type", "markdown").put("id", id);
        cell.putObject("metadata");
        lines(cell.putArray("source"), source);
    }

    private static void code(ArrayNode all, String id, CodeCell cell) {
        ObjectNode node = all.addObject().put("cell_type", "code");
        node.put("execution_count", cell.count);
        node.put("id", id);
        node.putObject("metadata");
        ArrayNode outputs = node.putArray("outputs");
        cell.outputs.forEach(output -> output(outputs, output, cell.count));
        lines(node.putArray("source"), cell.source);
    }

    private static void output(ArrayNode outputs, Output output, @Nullable Integer count) {
        ObjectNode node = outputs.addObject().put("output_type", output.type().wireName());
        switch (output.type()) {
            case STREAM -> {
                node.put("name", output.name());
                lines(node.putArray("text"), output.text());
            }
            case ERROR -> {
                String last = output.text().strip();
                last = last.substring(last.lastIndexOf('\n') + 1);
                int colon = last.indexOf(": ");
                node.put("ename", output.name()).put("evalue", colon < 0 ? "" : last.substring(colon + 2));
                ArrayNode traceback = node.putArray("traceback");
                output.text().lines().forEach(traceback::add);
            }
            case DISPLAY, RESULT -> {
                lines(node.putObject("data").putArray("text/plain"), output.text());
                node.putObject("metadata");
                if (output.type() == Output.Type.RESULT) {
                    node.put("execution_count", count);
                }
            }
        }
    }

    // The format keeps text as lines, each with its end.
    private static void lines(ArrayNode into, String text) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            lines.add(text.substring(from, end + 1));
            from = end + 1;
        }
        if (from < text.length()) {
            lines.add(text.substring(from));
        }
        lines.forEach(into::add);
    }
}
