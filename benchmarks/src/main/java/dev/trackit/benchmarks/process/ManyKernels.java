package dev.trackit.benchmarks.process;

import dev.trackit.benchmarks.data.NotebookWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Real kernels at once, each of a notebook of its own, driven by {@code kernels.py}. Used by one thread. */
final class ManyKernels implements AutoCloseable {
    private final Process process;
    private final Writer orders;
    private final BufferedReader said;

    private ManyKernels(Process process) {
        this.process = process;
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        this.said = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Writes a notebook for each kernel into a folder. */
    static void notebooks(Path project, int kernels) {
        for (int i = 0; i < kernels; i++) {
            NotebookWriter.write(project.resolve("bench-" + i + ".ipynb"), List.of("x = 1"), 0, 0, i);
        }
    }

    /**
     * Starts them; each has run one cell when this returns.
     *
     * @param scripts where the script is laid
     * @param project the folder of the notebooks
     * @param runtime Jupyter's runtime folder
     */
    static ManyKernels start(BenchOptions options, Path scripts, Path project, Path runtime) throws IOException {
        Path script = scripts.resolve("kernels.py");
        try (InputStream resource = Objects.requireNonNull(ManyKernels.class.getResourceAsStream("kernels.py"))) {
            Files.copy(resource, script);
        }
        ProcessBuilder builder = new ProcessBuilder(
                        options.python(),
                        "-Xfrozen_modules=off",
                        script.toString(),
                        Integer.toString(options.kernels()),
                        project.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("JUPYTER_RUNTIME_DIR", runtime.toString());
        ManyKernels kernels = new ManyKernels(builder.start());
        if (!"ready".equals(kernels.said.readLine())) {
            kernels.close();
            throw new IOException("The kernels did not start.");
        }
        return kernels;
    }

    /** Runs so many cells in each of them, all at the same time. @return the seconds until the last was done */
    double run(int cells) throws IOException {
        orders.write("run " + cells + "\n");
        orders.flush();
        String answer = said.readLine();
        if (answer == null) {
            throw new IOException("The kernels ended.");
        }
        return Double.parseDouble(answer);
    }

    /** Ends them. */
    @Override
    public void close() throws IOException {
        orders.close();
        try {
            process.waitFor(120, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
