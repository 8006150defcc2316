package dev.trackit.testkit;

import dev.trackit.spi.NotebookSourceProvider;
import dev.trackit.testkit.TextCellsSource.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The contract holds for a small source of a made-up format. */
class NotebookSourceContractTest extends NotebookSourceContract {

    @Override
    protected NotebookSourceProvider provider() {
        return new TextCellsSource.Provider(Fault.NONE);
    }

    @Override
    protected String fileName(String name) {
        return name + ".cells";
    }

    @Override
    protected void write(Path file, List<String> codeCells) throws IOException {
        Files.writeString(file, String.join("\n---\n", codeCells));
    }
}
