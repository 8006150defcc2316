package dev.trackit.examples.adapter.steps;

import dev.trackit.spi.NotebookSourceProvider;
import dev.trackit.testkit.NotebookSourceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

// region test
class StepsNotebookSourceContractTest extends NotebookSourceContract {
    @Override
    protected NotebookSourceProvider provider() {
        return new StepsNotebookSourceProvider();
    }

    @Override
    protected String fileName(String name) {
        return name + ".steps";
    }

    @Override
    protected void write(Path file, List<String> codeCells) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < codeCells.size(); i++) {
            text.append("step number ").append(i + 1).append('\n');
            text.append(codeCells.get(i)).append('\n');
        }
        Files.writeString(file, text);
    }
}
// endregion
