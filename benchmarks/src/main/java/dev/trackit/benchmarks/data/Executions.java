package dev.trackit.benchmarks.data;

import dev.trackit.api.Execution;
import dev.trackit.api.Output;
import dev.trackit.api.Session;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Executions of one session. Immutable. */
public final class Executions {
    /** The id of the session. */
    public static final String SESSION = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";

    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private Executions() {}

    /** The session. */
    public static Session session(Path folder) {
        return Session.builder(SESSION, "kernel-1")
                .kernelName("python3")
                .language("python")
                .workingFolder(folder)
                .startedAt(START)
                .live(true)
                .build();
    }

    /** An execution for each piece of code, in order, a second apart, each with one printed line. */
    public static List<Execution> of(List<String> code) {
        List<Execution> executions = new ArrayList<>(code.size());
        for (int i = 0; i < code.size(); i++) {
            executions.add(of(code.get(i), i + 1));
        }
        return executions;
    }

    /** The execution with this count. */
    public static Execution of(String code, int count) {
        Instant at = START.plusSeconds(count);
        return Execution.builder(id(count), SESSION, code)
                .sequence(count)
                .executionCount(count)
                .startedAt(at)
                .finishedAt(at.plusMillis(20))
                .outputs(List.of(Output.stream("stdout", "shape (" + count + ", 3)\n")))
                .build();
    }

    private static String id(int count) {
        return "0f8fad5b-d9cb-469f-a165-" + (100_000_000_000L + count);
    }
}
