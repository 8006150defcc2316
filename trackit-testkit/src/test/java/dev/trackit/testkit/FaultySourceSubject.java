package dev.trackit.testkit;

import dev.trackit.spi.NotebookSourceProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The contract's tests on a faulty source. Run by {@link NotebookSourceContractKitTest} only: its name is no test's. */
final class FaultySourceSubject extends NotebookSourceContract {
    static TextCellsSource.Fault fault = TextCellsSource.Fault.NONE;

    @Override
    protected NotebookSourceProvider provider() {
        return new TextCellsSource.Provider(fault);
    }

    @Override
    protected String fileName(String name) {
        return name + ".cells";
    }

    @Override
    protected void write(Path file, List<String> codeCells) throws IOException {
        Files.writeString(file, String.join("\n---\n", codeCells));
    }

    @Override
    protected Duration patience() {
        return Duration.ofSeconds(6);
    }
}
