package dev.trackit.jupyter.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.jupyter.notebook.NotebookReader;
import dev.trackit.spi.CaptureEvent.NotebookDeleted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyFoldersIT {
    private static final int FOLDERS = 10_000;
    private static final String EMPTY =
            "{\"cells\":[{\"cell_type\":\"code\",\"source\":\"1\"}],\"nbformat\":4,\"nbformat_minor\":4}";

    @TempDir
    Path folder;

    @Test
    void tenThousandNotebooksInAsManyFoldersAreListedAndWatched() throws IOException {
        for (int i = 0; i < FOLDERS; i++) {
            Path below = Files.createDirectories(folder.resolve("g" + i / 100 + "/f" + i));
            Files.writeString(below.resolve("n.ipynb"), EMPTY);
        }
        Seen seen = new Seen();
        try (NotebookWatcher watcher =
                new NotebookWatcher(folder, WatchOptions.standard(), new NotebookReader(), seen)) {
            watcher.start();
            assertThat(watcher.notebooks()).hasSize(FOLDERS);
            Path last = folder.resolve("g99/f9999/n.ipynb");
            watcher.follow(last, List.of());
            seen.awaitSaved(last);
            Files.writeString(last, EMPTY.replace("\"1\"", "\"2\""));
            seen.awaitSaved(last, "2");
            // one that nobody follows, so that only watching tells
            Path gone = folder.resolve("g50/f5000/n.ipynb");
            Files.delete(gone);
            seen.await(1, NotebookDeleted.class, e -> e.path().equals(gone));
        }
    }
}
