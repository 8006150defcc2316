package dev.trackit.benchmarks.measure;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trackit.api.Session;
import dev.trackit.benchmarks.data.Executions;
import dev.trackit.benchmarks.data.Lineages;
import dev.trackit.benchmarks.data.NotebookWriter;
import dev.trackit.benchmarks.data.PythonCells;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.slice.Slicer;
import dev.trackit.jupyter.notebook.NotebookReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Our side of the comparisons in {@code benchmarks/peers}: makes the data, and prints seconds of processor time, so that a script can run peer and product in turn. The
 * cheapest of several runs in one process counts, on both sides.
 */
public final class PeerSide {
    private PeerSide() {}

    /** {@code make FILE small|large|text}, {@code cells COUNT FILE}, {@code read FILE}, {@code slice COUNT}. */
    public static void run(PrintStream out, List<String> arguments) throws IOException {
        switch (arguments.get(0)) {
            case "make" -> make(Path.of(arguments.get(1)), arguments.get(2));
            case "cells" ->
                new ObjectMapper()
                        .writeValue(
                                Path.of(arguments.get(2)).toFile(),
                                PythonCells.session(Integer.parseInt(arguments.get(1)), 5));
            case "read" -> {
                NotebookReader reader = new NotebookReader();
                Path file = Path.of(arguments.get(1));
                say(out, best(12, () -> reader.read(file)));
            }
            case "slice" -> {
                Session session = Executions.session(Path.of("/data"));
                LineageGraph graph = Lineages.graph(
                        session, Executions.of(PythonCells.session(Integer.parseInt(arguments.get(1)), 5)));
                say(out, best(50, () -> new Slicer(graph).variable(session, "df3")));
            }
            default -> throw new IllegalArgumentException("Not known: " + arguments.get(0));
        }
    }

    private static void make(Path file, String kind) {
        switch (kind) {
            case "small" -> NotebookWriter.write(file, PythonCells.session(20, 42), 400, 0, 42);
            case "large" -> NotebookWriter.write(file, PythonCells.session(500, 42), 2_000, 1_470_000, 42);
            case "text" -> NotebookWriter.write(file, PythonCells.session(500, 42), 200_000, 0, 42);
            default -> throw new IllegalArgumentException("Not known: " + kind);
        }
    }

    private static double best(int rounds, Cost.Action action) {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < rounds; i++) {
            best = Math.min(best, Cost.once(action).nanos() / 1e9);
        }
        return best;
    }

    private static void say(PrintStream out, double seconds) {
        out.printf(Locale.ROOT, "%.6f%n", seconds);
    }
}
