package dev.trackit.jupyter.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackit.api.CaptureException;
import dev.trackit.api.Cell;
import dev.trackit.api.Notebook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reading that goes by the one before gives what any other reading gives. */
class NotebookReadingTest {
    @TempDir
    Path folder;

    private Path file;
    private final NotebookReader reader = new NotebookReader();
    private final Random random = new Random(11);

    @BeforeEach
    void namesTheFile() {
        file = folder.resolve("a.ipynb");
    }

    private static String cell(int number, String more) {
        return "{\"cell_type\": \"code\", \"execution_count\": " + number + ", \"id\": \"cell-" + number
                + "\",\n \"metadata\": {\"tags\": [\"t\"]}, \"outputs\": [{\"output_type\": \"stream\", \"name\": \"stdout\","
                + " \"text\": [\"ü" + number + "\\n\", \"" + more + "\"]}], \"source\": [\"x = " + number + more
                + "\"]}";
    }

    private void write(List<String> cells) throws IOException {
        Files.writeString(
                file,
                "{\"cells\": [\n  " + String.join(",\n  ", cells)
                        + "],\n \"metadata\": {\"language_info\": {\"name\": \"python\"}}, \"nbformat\": 4, \"nbformat_minor\": 5}\n");
    }

    private NotebookReading read(List<Cell> known, @Nullable NotebookReading former) {
        return reader.read(file, known, former);
    }

    private static void same(Notebook a, Notebook b) {
        assertThat(a.digest()).isEqualTo(b.digest());
        assertThat(a.cells()).isEqualTo(b.cells());
        assertThat(a.language()).isEqualTo(b.language());
        assertThat(a.format()).isEqualTo(b.format());
        assertThat(a.bytes()).isEqualTo(b.bytes());
    }

    @Test
    void cellsThatAreEditedInsertedMovedAndDeletedAreReadAsIfForTheFirstTime() throws IOException {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            cells.add(cell(i, ""));
        }
        write(cells);
        NotebookReading former = read(List.of(), null);
        for (int round = 0; round < 300; round++) {
            for (int edits = random.nextInt(4); edits >= 0; edits--) {
                change(cells, 100 + round);
            }
            write(cells);
            List<Cell> known = former.notebook().cells();
            NotebookReading now = read(known, former);
            same(now.notebook(), reader.read(file, known, PayloadSink.NONE));
            former = now;
        }
    }

    private void change(List<String> cells, int number) {
        int at = random.nextInt(cells.size());
        switch (random.nextInt(7)) {
            case 0 -> cells.add(at, cell(number, " # new"));
            case 1 -> cells.add(cells.get(at));
            case 2 -> cells.set(at, cell(at, " # edited " + number));
            case 3 -> Collections.swap(cells, at, random.nextInt(cells.size()));
            case 4 -> cells.set(at, cells.get(at).replace("\"id\": ", "\"old\": "));
            case 5 ->
                cells.add(at, "{\"cell_type\": \"markdown\", \"metadata\": {}, \"source\": \"# " + number + "\"}");
            default -> {
                if (cells.size() > 5) {
                    cells.remove(at);
                }
            }
        }
    }

    @Test
    void cellsThatDidNotChangeAreTheSameObjects() throws IOException {
        List<String> cells = new ArrayList<>(List.of(cell(1, ""), cell(2, ""), cell(3, ""), cell(4, "")));
        write(cells);
        NotebookReading before = read(List.of(), null);
        cells.set(1, cell(2, " # edited"));
        cells.set(2, cell(3, " # edited, too"));
        write(cells);
        Notebook now = read(before.notebook().cells(), before).notebook();
        assertThat(now.cells().get(0)).isSameAs(before.notebook().cells().get(0));
        assertThat(now.cells().get(1).source()).isEqualTo("x = 2 # edited");
        assertThat(now.cells().get(3)).isSameAs(before.notebook().cells().get(3));
    }

    @Test
    void aCellThatBeginsAsBeforeButGoesOnIsReadAnew() throws IOException {
        write(List.of("{\"cell_type\": \"raw\", \"source\": \"a\"}", "{}"));
        NotebookReading before = read(List.of(), null);
        write(List.of("{\"cell_type\": \"raw\", \"source\": \"a\", \"id\": \"now\"}", "{}"));
        assertThat(read(List.of(), before).notebook().cells().get(0).id()).isEqualTo("now");
    }

    @Test
    void limitsHoldForCellsThatAreKnown() throws IOException {
        NotebookReader strict = new NotebookReader(new NotebookLimits(1 << 20, 1 << 20, 3, 100, 1_000, 10_000));
        List<String> cells = new ArrayList<>(List.of(cell(1, ""), cell(2, ""), cell(3, "")));
        write(cells);
        NotebookReading before = strict.read(file, List.of(), (NotebookReading) null);
        cells.add(0, cell(4, ""));
        write(cells);
        assertThatThrownBy(() -> strict.read(file, List.of(), before))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("more than 3 cells");
    }

    @Test
    void textsAreCutAsInAnyReadingWhenThereAreManyNow() throws IOException {
        NotebookReader tight = new NotebookReader(new NotebookLimits(1 << 20, 1 << 20, 100, 100, 50, 120));
        List<String> cells = new ArrayList<>(List.of(cell(1, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), cell(2, "b")));
        write(cells);
        NotebookReading former = tight.read(file, List.of(), (NotebookReading) null);
        for (int i = 3; i < 12; i++) {
            cells.add(0, cell(i, "cccccccccccccccccccccccccc"));
            write(cells);
            NotebookReading now = tight.read(file, List.of(), former);
            same(now.notebook(), tight.read(file, List.of(), PayloadSink.NONE));
            former = now;
        }
    }

    @Test
    void aFileThatEndsEarlyIsPerhapsIncomplete() throws IOException {
        write(List.of(cell(1, ""), cell(2, "")));
        NotebookReading before = read(List.of(), null);
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 30));
        assertThatThrownBy(() -> read(List.of(), before))
                .isInstanceOfSatisfying(CaptureException.class, e -> assertThat(e.isPerhapsIncomplete())
                        .isTrue());
    }
}
