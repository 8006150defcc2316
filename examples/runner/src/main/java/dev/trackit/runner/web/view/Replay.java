package dev.trackit.runner.web.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.slice.Slice;
import dev.trackit.runner.cli.Environment;
import dev.trackit.runner.lineage.LoadedLineage;
import dev.trackit.runner.lineage.ReplayRun;
import dev.trackit.runner.lineage.SliceJson;
import dev.trackit.runner.web.http.Problem;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One replay of a slice: the same that {@code trackit slice --replay} makes, with its progress told. */
final class Replay extends Work {
    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);

    private final SliceTarget target;
    private final Supplier<LoadedLineage> lineage;
    private final Environment environment;
    private @Nullable Thread thread;
    private int step;
    private int steps;
    private long sequence = -1;
    private ReplayRun.@Nullable Result result;

    /** @param lineage gives a lineage that nothing is added to; takes long */
    Replay(
            String id,
            String notebook,
            SliceTarget target,
            Supplier<LoadedLineage> lineage,
            Environment environment,
            Consumer<byte[]> listener) {
        super(id, notebook, "preparing", listener);
        this.target = target;
        this.lineage = lineage;
        this.environment = environment;
    }

    @Override
    void work() {
        synchronized (this) {
            if (cancelled()) {
                return;
            }
            thread = Thread.currentThread();
        }
        try {
            LoadedLineage own = lineage.get();
            Slice slice = target.in(own, environment);
            done(ReplayRun.of(own.graph(), slice, this::ran));
        } catch (Problem e) {
            end(DONE, e);
        } catch (IOException | RuntimeException e) {
            LOG.debug("A replay failed", e);
            end(DONE, Problem.of(500, "The replay could not be made: its folder could not be used."));
        } finally {
            synchronized (this) {
                thread = null;
                // The interrupt of a cancelled one has done its work.
                Thread.interrupted();
            }
        }
    }

    private void ran(int number, int of, ExecutionNode execution) {
        synchronized (this) {
            become("running");
            step = number;
            steps = of;
            sequence = execution.sequence();
        }
        tell();
    }

    private synchronized void done(ReplayRun.Result came) {
        if (end(DONE, null)) {
            result = came;
        }
    }

    @Override
    synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    void write(JsonGenerator g) throws IOException {
        g.writeStringField("target", target.name());
        g.writeNumberField("step", step);
        g.writeNumberField("steps", steps);
        if (sequence >= 0) {
            g.writeNumberField("sequence", sequence);
        }
        if (result != null) {
            SliceJson.replay(g, result);
        }
    }
}
