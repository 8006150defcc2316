package dev.trackit.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program's agent as a process beside the kernel. Used by one thread. */
public final class Agent implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

    private final Process process;
    private final Path output;
    private final double secondsToStart;

    private Agent(Process process, Path output, double secondsToStart) {
        this.process = process;
        this.output = output;
        this.secondsToStart = secondsToStart;
    }

    /**
     * Starts it and waits until it records.
     *
     * @param program the program and its first arguments
     * @param folder what it watches
     * @param runtime Jupyter's runtime folder
     */
    public static Agent start(List<String> program, Path folder, Path runtime) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("up", "--no-page", folder.toString()));
        Path output = Files.createTempFile("trackit-bench-agent", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .directory(folder.toFile());
        builder.environment().put("JUPYTER_RUNTIME_DIR", runtime.toString());
        long start = System.nanoTime();
        Process process = builder.start();
        while (!Files.readString(output).contains("Recording ")) {
            if (!process.isAlive() || System.nanoTime() - start > PATIENCE_NANOS) {
                process.destroyForcibly();
                throw new IOException("The agent did not start: " + Files.readString(output));
            }
            rest(10);
        }
        return new Agent(process, output, (System.nanoTime() - start) / 1e9);
    }

    /** How long the start took, until it recorded. */
    public double secondsToStart() {
        return secondsToStart;
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** What it has used so far. */
    public ProcessFigures figures() throws IOException {
        return ProcessFigures.of(process.pid());
    }

    /** Ends it as Ctrl-C does. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static void rest(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
