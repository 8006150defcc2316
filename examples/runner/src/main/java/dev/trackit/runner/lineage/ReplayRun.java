package dev.trackit.runner.lineage;

import dev.trackit.api.CaptureException;
import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.Output;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.ExternalDataset;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.slice.ReplayComparison;
import dev.trackit.core.slice.ReplayPlan;
import dev.trackit.core.slice.Slice;
import dev.trackit.jupyter.client.KernelClient;
import dev.trackit.jupyter.client.KernelSpec;
import dev.trackit.jupyter.client.KernelSpecs;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Runs a slice in a kernel of its own and says whether its outputs and files are those of the record. */
public final class ReplayRun {
    private static final Duration READY = Duration.ofMinutes(1);
    private static final Duration STEP = Duration.ofMinutes(10);
    private static final String DEFAULT_KERNEL = "python3";

    private ReplayRun() {}

    /**
     * What came of it.
     *
     * @param verdict in one word
     * @param reason why it could not run; empty otherwise
     * @param compared how many outputs and files were compared
     * @param differences what differs
     */
    public record Result(
            ReplayComparison.Verdict verdict,
            String reason,
            int compared,
            List<ReplayComparison.Difference> differences) {}

    /** Is told how far it is. Calls come from the thread that runs it. */
    @FunctionalInterface
    public interface Watcher {
        /** Does not look. */
        Watcher NONE = (step, steps, execution) -> {};

        /**
         * A part begins.
         *
         * @param step which, from 1
         * @param steps how many there are
         * @param execution where it comes from
         */
        void begins(int step, int steps, ExecutionNode execution);
    }

    /**
     * Runs a slice. An interrupt of this thread ends the kernel soon, and then the result says that it could not run.
     *
     * @throws IOException if the folder that it runs in cannot be made or read
     */
    public static Result of(LineageGraph graph, Slice slice, Watcher watcher) throws IOException {
        ReplayPlan plan = ReplayPlan.of(graph, slice);
        try (ReplayFolder folder = ReplayFolder.prepare(graph, slice)) {
            String name = slice.target().session().kernelName();
            KernelSpec spec = KernelSpecs.system()
                    .find(name.isEmpty() ? DEFAULT_KERNEL : name)
                    .orElseThrow(() -> new ReplayFolder.NotPossibleException("There is no kernel \""
                            + (name.isEmpty() ? DEFAULT_KERNEL : name) + "\" on this machine."));
            try (KernelClient kernel = KernelClient.start(spec, folder.start(), READY)) {
                return run(plan, kernel, folder, watcher);
            }
        } catch (ReplayFolder.NotPossibleException | CaptureException e) {
            return couldNot(String.valueOf(e.getMessage()));
        }
    }

    private static Result run(ReplayPlan plan, KernelClient kernel, ReplayFolder folder, Watcher watcher)
            throws IOException {
        ReplayComparison comparison = new ReplayComparison();
        int number = 0;
        for (ReplayPlan.Step step : plan.steps()) {
            watcher.begins(++number, plan.steps().size(), step.execution());
            Execution execution = kernel.execute(step.code(), STEP);
            if (execution.status() != ExecutionStatus.OK) {
                return couldNot("The part from " + SliceWords.place(step.execution()) + " failed: " + fault(execution));
            }
            comparison.add(step, execution.outputs());
        }
        for (ExternalDataset dataset : folder.outputs()) {
            Path recorded = dataset.path().orElse(null);
            if (recorded != null && Files.isRegularFile(recorded) && !wasChanged(dataset, recorded)) {
                compare(comparison, dataset, recorded, folder.replayed(recorded));
            }
        }
        return new Result(comparison.verdict(), "", comparison.compared(), comparison.differences());
    }

    /** The file on disk stands for the record only if nothing changed it since. A second is what clocks of file systems differ by. */
    private static boolean wasChanged(ExternalDataset dataset, Path file) throws IOException {
        List<ExternalDataset.Access> writes = dataset.writes();
        Instant end = writes.get(writes.size() - 1)
                .statement()
                .execution()
                .execution()
                .finishedAt()
                .orElse(Instant.MAX);
        return end != Instant.MAX && Files.getLastModifiedTime(file).toInstant().isAfter(end.plusSeconds(1));
    }

    private static void compare(ReplayComparison comparison, ExternalDataset dataset, Path recorded, Path replayed)
            throws IOException {
        if (!Files.isRegularFile(replayed)) {
            comparison.addFile(dataset.key(), false, "written", "not written");
            return;
        }
        boolean same = Files.mismatch(recorded, replayed) < 0 || sameLines(recorded, replayed);
        comparison.addFile(
                dataset.key(), same, Files.size(recorded) + " bytes", Files.size(replayed) + " bytes, other content");
    }

    /** Line ends do not count. */
    private static boolean sameLines(Path recorded, Path replayed) throws IOException {
        try {
            return Files.size(recorded) < (16 << 20)
                    && Files.readAllLines(recorded).equals(Files.readAllLines(replayed));
        } catch (CharacterCodingException e) {
            // Not text: the bytes have spoken.
            return false;
        }
    }

    private static String fault(Execution execution) {
        return execution.outputs().stream()
                .filter(output -> output.type() == Output.Type.ERROR)
                .findFirst()
                .map(output -> output.text()
                        .strip()
                        .lines()
                        .reduce((first, second) -> second)
                        .orElse(output.name()))
                .orElse("it did not end");
    }

    private static Result couldNot(String reason) {
        return new Result(ReplayComparison.Verdict.COULD_NOT_RUN, reason, 0, List.of());
    }
}
