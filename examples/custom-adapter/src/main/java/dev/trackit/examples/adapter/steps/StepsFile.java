package dev.trackit.examples.adapter.steps;

import dev.trackit.api.CaptureException;
import dev.trackit.api.Cell;
import dev.trackit.api.CellType;
import dev.trackit.api.Digest;
import dev.trackit.api.Notebook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A notebook of the made-up tool: a text file in which a line {@code step NAME} begins a step, and what follows it is its Python code.
 *
 * <pre>
 * step load
 * df = pd.read_csv("raw.csv")
 * step clean
 * df = df.dropna()
 * </pre>
 */
final class StepsFile {
    static final String SUFFIX = ".steps";
    private static final String STEP = "step ";

    private StepsFile() {}

    static Notebook read(Path file) {
        byte[] bytes;
        try {
            if (!Files.isRegularFile(file)) {
                throw new CaptureException("There is no file " + file + ".");
            }
            bytes = Files.readAllBytes(file);
            return Notebook.builder(file, Digest.of(bytes))
                    .language("python")
                    .bytes(bytes.length)
                    .modifiedAt(Files.getLastModifiedTime(file).toInstant())
                    .cells(cells(file, new String(bytes, StandardCharsets.UTF_8)))
                    .build();
        } catch (IOException e) {
            throw new CaptureException("The file " + file + " cannot be read.", e);
        }
    }

    private static List<Cell> cells(Path file, String text) {
        List<Cell> cells = new ArrayList<>();
        Set<String> names = new HashSet<>();
        String name = "";
        List<String> code = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.startsWith(STEP)) {
                add(cells, name, code);
                name = line.substring(STEP.length()).strip();
                if (name.isEmpty() || !names.add(name)) {
                    throw new CaptureException(file + ", line " + number + ": a step needs a name of its own.");
                }
                code.clear();
            } else if (name.isEmpty()) {
                throw new CaptureException(file + ", line " + number + ": expected \"step NAME\".");
            } else {
                code.add(line);
            }
        }
        add(cells, name, code);
        return cells;
    }

    private static void add(List<Cell> cells, String name, List<String> code) {
        if (!name.isEmpty()) {
            cells.add(Cell.builder(name, cells.size(), CellType.CODE, String.join("\n", code))
                    .build());
        }
    }
}
