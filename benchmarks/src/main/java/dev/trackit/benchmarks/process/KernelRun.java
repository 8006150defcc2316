package dev.trackit.benchmarks.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A fresh kernel with its front end, which works when it is told to. Used by one thread. */
final class KernelRun implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedReader answers;
    private final Writer orders;

    private KernelRun(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts one; {@link #awaitReady} tells when it can work. */
    static KernelRun start(String python, Path driver, Workload workload, Path notebook, Path runtime)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        List.of(python, "-Xfrozen_modules=off", driver.toString(), workload.id(), notebook.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("JUPYTER_RUNTIME_DIR", runtime.toString());
        return new KernelRun(builder.start());
    }

    /** @throws IOException if it does not become ready */
    void awaitReady() throws IOException {
        if (!"ready".equals(answers.readLine())) {
            throw new IOException(
                    "The kernel did not start. It needs a Python with ipykernel, jupyter_client and pandas.");
        }
    }

    /** The seconds that a block took, its lead left out. */
    double block(Workload.Blocks blocks) throws IOException {
        orders.write(blocks.cells() + " " + blocks.lead() + "\n");
        orders.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("The kernel ended in a block of cells.");
        }
        double seconds = 0;
        for (JsonNode took : JSON.readTree(answer)) {
            seconds += took.asDouble();
        }
        return seconds;
    }

    @Override
    public void close() throws IOException {
        orders.close();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
