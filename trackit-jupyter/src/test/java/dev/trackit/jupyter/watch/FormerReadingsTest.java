package dev.trackit.jupyter.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.jupyter.notebook.NotebookReader;
import dev.trackit.jupyter.notebook.NotebookReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormerReadingsTest {
    @TempDir
    Path folder;

    private FollowedNotebook notebook(String name) {
        return new FollowedNotebook(folder.resolve(name), List.of(), WatchOptions.standard());
    }

    private NotebookReading reading() throws IOException {
        Path file =
                Files.writeString(folder.resolve("a.ipynb"), "{\"cells\": [], \"nbformat\": 4, \"nbformat_minor\": 5}");
        return new NotebookReader().read(file, List.of(), (NotebookReading) null);
    }

    @Test
    void theEldestAreGivenUpWhenTheyAreTooMany() throws IOException {
        NotebookReading reading = reading();
        FormerReadings former = new FormerReadings(2L * reading.heldBytes() + 1);
        FollowedNotebook a = notebook("a");
        FollowedNotebook b = notebook("b");
        FollowedNotebook c = notebook("c");
        former.put(a, reading);
        former.put(b, reading);
        former.put(a, reading);
        former.put(c, reading);
        assertThat(former.size()).isEqualTo(2);
        assertThat(former.take(b)).isNull();
        assertThat(former.take(a)).isSameAs(reading);
        assertThat(former.take(a)).isNull();
        assertThat(former.take(c)).isSameAs(reading);
        assertThat(former.size()).isZero();
    }
}
