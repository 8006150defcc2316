package dev.trackit.benchmarks.scale;

import dev.trackit.benchmarks.data.Notebooks;
import dev.trackit.benchmarks.measure.Machine;
import dev.trackit.benchmarks.measure.SvgCurves;
import dev.trackit.benchmarks.process.Agent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How cost grows with what is stored: for logs of more and more executions, what {@code log}, {@code verify} and {@code slice} take, and the agent's
 * start and memory; then a folder of 10,000 notebooks. Each command runs as a process of its own, {@value #RUNS} times where that is quick: the median
 * counts. Written as a table and a plot with both axes logarithmic. Needs bash.
 *
 * <p>{@code java -jar benchmarks.jar scale [--sizes 1000,10000,100000,2500000] [--notebooks 10000] [--whole-up-to 100000] [--trackit COMMAND] [--out
 * FOLDER]}; what reads a whole history ({@code slice}, and all that {@code log} prints) is left out above {@code --whole-up-to}.
 */
public final class ScaleBench {
    private static final int RUNS = 3;
    private static final double QUICK_SECONDS = 5;

    private final PrintStream out;
    private final StringBuilder table = new StringBuilder(2_000);
    private final SvgCurves curves = new SvgCurves("Seconds by executions in the log");
    private List<String> program = List.of("./trackit");
    private List<Long> sizes = List.of(1_000L, 10_000L, 100_000L, 2_500_000L);
    private int notebooks = 10_000;
    private long wholeUpTo = 100_000;
    private Path report = Path.of("benchmarks", "target", "report");

    private ScaleBench(PrintStream out) {
        this.out = out;
    }

    /** What a process took: until the first line that it printed, until its end, and of the processor. */
    private record Took(double firstLine, double wall, double cpu) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.2f s (%.2f s)", wall, cpu);
        }
    }

    /** Runs. */
    public static void run(PrintStream out, List<String> arguments) throws IOException, InterruptedException {
        ScaleBench bench = new ScaleBench(out);
        bench.parse(arguments);
        Path folder = Notebooks.temporaryFolder();
        try {
            bench.measure(folder);
        } finally {
            Notebooks.delete(folder);
        }
    }

    private void parse(List<String> arguments) {
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            String value = arguments.get(i + 1);
            switch (arguments.get(i)) {
                case "--sizes" ->
                    sizes = Stream.of(value.split(",")).map(Long::valueOf).toList();
                case "--notebooks" -> notebooks = Integer.parseInt(value);
                case "--whole-up-to" -> wholeUpTo = Long.parseLong(value);
                case "--trackit" -> program = List.of(value.split(" "));
                case "--out" -> report = Path.of(value);
                default -> throw new IllegalArgumentException("No option " + arguments.get(i));
            }
        }
        List<String> absolute = new ArrayList<>(program);
        if (absolute.get(0).contains("/")) {
            absolute.set(
                    0, Path.of(absolute.get(0)).toAbsolutePath().normalize().toString());
        }
        program = absolute;
    }

    private void measure(Path folder) throws IOException, InterruptedException {
        say("# How cost grows with what is stored\n\n" + Machine.describe() + "\n");
        say("Seconds of the clock, in brackets of the processor. `trackit --version`: " + time(folder, "--version")
                + "\n");
        say(
                "| executions | size | `log`, first line | `log`, all | `log --json --last 20` | `verify` | `slice --var df3` | agent's start | agent's memory |");
        say("|---|---|---|---|---|---|---|---|---|");
        for (long size : sizes) {
            logOf(Files.createDirectories(folder.resolve("log-" + size)), size);
        }
        manyNotebooks(folder);
        Files.createDirectories(report);
        Files.writeString(report.resolve("scale.md"), table + "\n![growth](scale.svg)\n");
        Files.writeString(report.resolve("scale.svg"), curves.svg());
        out.println("Report: " + report.resolve("scale.md"));
    }

    private void logOf(Path folder, long size) throws IOException, InterruptedException {
        BigLog.make(folder, size);
        long bytes = bytes(folder.resolve(".trackit"));
        boolean whole = size <= wholeUpTo;
        Took log = whole ? time(folder, "log", "titanic.ipynb") : null;
        double firstLine = log == null ? firstLine(folder, "log", "titanic.ipynb") : log.firstLine();
        Took last = time(folder, "log", "titanic.ipynb", "--json", "-n", "20");
        Took verify = time(folder, "verify");
        Took slice = whole ? time(folder, "slice", "titanic.ipynb", "--var", "df3") : null;
        if (log != null && slice != null) {
            curves.point("log, all of it", size, log.wall());
            curves.point("slice", size, slice.wall());
        }
        curves.point("log, first line", size, firstLine);
        curves.point("log --last 20", size, last.wall());
        curves.point("verify", size, verify.wall());
        try (Agent agent = Agent.start(program, folder, Files.createDirectories(folder.resolve("runtime")))) {
            curves.point("agent's start", size, agent.secondsToStart());
            Thread.sleep(2_000);
            say(String.format(
                    Locale.ROOT,
                    "| %,d | %.0f MB | %.2f s | %s | %s | %s | %s | %.2f s | %.0f MB |",
                    size,
                    bytes / 1e6,
                    firstLine,
                    log == null ? "–" : log,
                    last,
                    verify,
                    slice == null ? "–" : slice,
                    agent.secondsToStart(),
                    agent.figures().residentMegabytes()));
        }
        Notebooks.delete(folder);
    }

    private void manyNotebooks(Path folder) throws IOException, InterruptedException {
        if (notebooks == 0) {
            return;
        }
        Path tree = Notebooks.tree(folder, notebooks);
        Path runtime = Files.createDirectories(folder.resolve("runtime"));
        say(String.format(
                Locale.ROOT,
                "%n%,d notebooks: with no record the agent starts %s.",
                notebooks,
                started(tree, runtime)));
        List<String> all = new ArrayList<>(List.of("import"));
        try (Stream<Path> files = Files.walk(tree)) {
            files.filter(f -> f.toString().endsWith(".ipynb"))
                    .map(f -> tree.relativize(f).toString())
                    .forEach(all::add);
        }
        Took imported = once(tree, all.toArray(String[]::new));
        Took listed = time(tree, "ls");
        say(String.format(
                Locale.ROOT,
                "`trackit import` of all %s; then `trackit ls` %s, and the agent starts %s.",
                imported,
                listed,
                started(tree, runtime)));
    }

    /** How the agent starts, and what it holds some seconds later. */
    private String started(Path folder, Path runtime) throws IOException, InterruptedException {
        try (Agent agent = Agent.start(program, folder, runtime)) {
            Thread.sleep(5_000);
            return String.format(
                    Locale.ROOT,
                    "in %.2f s and holds %.0f MB",
                    agent.secondsToStart(),
                    agent.figures().residentMegabytes());
        }
    }

    /** The median run. */
    private Took time(Path folder, String... arguments) throws IOException, InterruptedException {
        List<Took> runs = new ArrayList<>(List.of(once(folder, arguments)));
        while (runs.size() < RUNS && runs.get(0).wall() < QUICK_SECONDS) {
            runs.add(once(folder, arguments));
        }
        runs.sort(Comparator.comparingDouble(Took::wall));
        return runs.get(runs.size() / 2);
    }

    private Took once(Path folder, String... arguments) throws IOException, InterruptedException {
        Path figures = Files.createTempFile("trackit-bench-time", ".txt");
        List<String> command = new ArrayList<>(List.of("bash", "-c", "TIMEFORMAT='%R %U %S'; time \"$@\"", "bash"));
        command.addAll(program);
        command.addAll(List.of(arguments));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(figures.toFile())
                .start();
        double first;
        try (InputStream printed = process.getInputStream()) {
            printed.read();
            first = (System.nanoTime() - start) / 1e9;
            printed.transferTo(OutputStream.nullOutputStream());
        }
        int exit = process.waitFor();
        String said = Files.readString(figures).strip();
        Files.delete(figures);
        if (exit != 0) {
            throw new IOException(String.join(" ", arguments) + " failed: " + said);
        }
        String[] times = said.substring(said.lastIndexOf('\n') + 1).split(" ");
        return new Took(
                first, Double.parseDouble(times[0]), Double.parseDouble(times[1]) + Double.parseDouble(times[2]));
    }

    /** How long a command takes until it prints something; then it is ended. The median of {@value #RUNS}. */
    private double firstLine(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(arguments));
        List<Double> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            long start = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getInputStream().read();
            runs.add((System.nanoTime() - start) / 1e9);
            process.destroy();
            process.waitFor();
        }
        runs.sort(Comparator.naturalOrder());
        return runs.get(runs.size() / 2);
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(f -> f.toFile().length())
                    .sum();
        }
    }

    private void say(String line) {
        out.println(line);
        table.append(line).append('\n');
    }
}
