package dev.trackit.jupyter.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BigNotebookIT {
    private static final long BYTES = 300L << 20;

    @TempDir
    Path folder;

    @Test
    void aNotebookOf300MegabytesIsReadInAHeapOf64() throws Exception {
        Path file = folder.resolve("big.ipynb");
        BigNotebook.write(file, BYTES, true);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BigNotebook.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said.strip()).matches("cells 151 151 picture 786432 text 147456000 true 6\\d{4} true");
    }
}
