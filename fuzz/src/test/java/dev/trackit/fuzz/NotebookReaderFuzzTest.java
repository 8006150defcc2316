package dev.trackit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.trackit.api.CaptureException;
import dev.trackit.api.Notebook;
import dev.trackit.jupyter.notebook.NotebookFacts;
import dev.trackit.jupyter.notebook.NotebookReader;
import dev.trackit.jupyter.notebook.PayloadSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that may be notebooks: an answer or a {@link CaptureException}, and the same answer whichever way it is asked for. */
class NotebookReaderFuzzTest {
    private static final NotebookReader READER = new NotebookReader();

    @FuzzTest(maxDuration = "5m")
    void anyFileIsReadOrRefused(byte[] bytes) throws IOException {
        Path file = Scratch.folder().resolve("fuzz.ipynb");
        try {
            Files.write(file, bytes);
            Notebook notebook;
            try {
                notebook = READER.read(file);
            } catch (CaptureException refused) {
                assertThat(refused).hasMessageContaining(file.toString());
                return;
            }
            NotebookFacts facts = READER.facts(file);
            assertThat(facts.cells()).isEqualTo(notebook.cells().size());
            assertThat(facts.language()).isEqualTo(notebook.language());
            assertThat(READER.read(file, notebook.cells(), PayloadSink.NONE)).isEqualTo(notebook);
            assertThat(notebook.cells().stream().map(cell -> cell.id())).doesNotHaveDuplicates();
        } finally {
            Scratch.delete(file.getParent());
        }
    }
}
