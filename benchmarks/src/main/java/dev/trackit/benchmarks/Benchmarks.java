package dev.trackit.benchmarks;

import dev.trackit.benchmarks.measure.PeerSide;
import dev.trackit.benchmarks.measure.Targets;
import dev.trackit.benchmarks.process.CrowdBench;
import dev.trackit.benchmarks.process.IdleBench;
import dev.trackit.benchmarks.process.NotebookBench;
import dev.trackit.benchmarks.scale.ScaleBench;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.Main;

/** The entry of {@code benchmarks.jar}: {@code targets}, {@code process}, {@code idle}, {@code crowd}, {@code scale}, {@code peer}, or else JMH with its own arguments. */
public final class Benchmarks {
    private Benchmarks() {}

    /** Runs. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        String first = arguments.length == 0 ? "" : arguments[0];
        switch (first) {
            case "targets" -> Targets.print(System.out, List.of(arguments).subList(1, arguments.length));
            case "process" -> NotebookBench.run(System.out, List.of(arguments).subList(1, arguments.length));
            case "idle" -> IdleBench.run(System.out, List.of(arguments).subList(1, arguments.length));
            case "crowd" -> CrowdBench.run(System.out, List.of(arguments).subList(1, arguments.length));
            case "scale" -> ScaleBench.run(System.out, List.of(arguments).subList(1, arguments.length));
            case "peer" -> PeerSide.run(System.out, List.of(arguments).subList(1, arguments.length));
            default -> Main.main(arguments);
        }
    }
}
