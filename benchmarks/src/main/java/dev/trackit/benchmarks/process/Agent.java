package dev.trackit.benchmarks.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program's agent as a process beside the kernel. Used by one thread. */
public final class Agent implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

    /** Of the two generations; what stands below them is the metaspace. */
    private static final Pattern USED = Pattern.compile("generation\\s+total \\d+K, used (\\d+)K");

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

    /** Stops the process until {@link #resume}: as if there were none. */
    void pause() throws IOException {
        signal("-STOP");
    }

    /** Lets it go on. */
    void resume() throws IOException {
        signal("-CONT");
    }

    /** What of its heap is in use after a collection, in MB; not a number where the JDK's {@code jcmd} is missing. */
    public double heapMegabytes() throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            return Double.NaN;
        }
        said(jcmd.toString(), Long.toString(pid()), "GC.run");
        Matcher used = USED.matcher(said(jcmd.toString(), Long.toString(pid()), "GC.heap_info"));
        double kilobytes = 0;
        while (used.find()) {
            kilobytes += Double.parseDouble(used.group(1));
        }
        return kilobytes / 1e3;
    }

    private void signal(String signal) throws IOException {
        said("kill", signal, Long.toString(pid()));
    }

    private static String said(String... command) throws IOException {
        Process asked = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Ends it as Ctrl-C does. */
    @Override
    public void close() {
        try {
            resume();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
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
