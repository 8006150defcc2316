package dev.trackit.runner.web.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.core.slice.Slice;
import dev.trackit.runner.cli.Environment;
import dev.trackit.runner.lineage.LoadedLineage;
import dev.trackit.runner.lineage.ReplayRun;
import dev.trackit.runner.lineage.SliceJson;
import dev.trackit.runner.web.http.Answer;
import dev.trackit.runner.web.http.Problem;
import dev.trackit.runner.web.http.ProblemResponse;
import dev.trackit.runner.web.live.Jobs;
import dev.trackit.runner.web.live.NotebookLineage;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One replay of a slice: the same that {@code trackit slice --replay} makes, with its progress told. Safe for use by several threads. */
final class Replay implements Jobs.Job {
    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);

    private enum State {
        PREPARING,
        RUNNING,
        DONE,
        CANCELLED
    }

    private final String id;
    private final String notebook;
    private final SliceTarget target;
    private final NotebookLineage lineage;
    private final Environment environment;
    private final Consumer<byte[]> told;
    private @Nullable Thread thread;
    private State state = State.PREPARING;
    private int step;
    private int steps;
    private long sequence = -1;
    private ReplayRun.@Nullable Result result;
    private @Nullable Problem problem;

    Replay(
            String id,
            String notebook,
            SliceTarget target,
            NotebookLineage lineage,
            Environment environment,
            Consumer<byte[]> told) {
        this.id = id;
        this.notebook = notebook;
        this.target = target;
        this.lineage = lineage;
        this.environment = environment;
        this.told = told;
    }

    String notebook() {
        return notebook;
    }

    @Override
    public void run() {
        synchronized (this) {
            thread = Thread.currentThread();
        }
        told.accept(json());
        try {
            LoadedLineage own = lineage.alone();
            Slice slice = target.in(own, environment);
            ReplayRun.Result came = ReplayRun.of(own.graph(), slice, (number, of, execution) -> {
                synchronized (this) {
                    if (state == State.PREPARING) {
                        state = State.RUNNING;
                    }
                    step = number;
                    steps = of;
                    sequence = execution.sequence();
                }
                told.accept(json());
            });
            end(came, null);
        } catch (Problem e) {
            end(null, e);
        } catch (IOException | RuntimeException e) {
            LOG.debug("A replay failed", e);
            end(null, Problem.of(500, "The replay could not be made: its folder could not be used."));
        }
        told.accept(json());
    }

    private synchronized void end(ReplayRun.@Nullable Result came, @Nullable Problem met) {
        if (state != State.CANCELLED) {
            state = State.DONE;
            result = came;
            problem = met;
        }
        thread = null;
        // The interrupt of a cancelled one has done its work.
        Thread.interrupted();
    }

    @Override
    public synchronized void cancel() {
        if (state != State.DONE) {
            state = State.CANCELLED;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    /** How far it is, and what came of it. */
    synchronized byte[] json() {
        return Answer.bytes(this::write);
    }

    private void write(JsonGenerator g) throws IOException {
        g.writeStartObject();
        g.writeStringField("id", id);
        g.writeStringField("notebook", notebook);
        g.writeStringField("target", target.name());
        g.writeStringField("state", state.name().toLowerCase(Locale.ROOT));
        g.writeNumberField("step", step);
        g.writeNumberField("steps", steps);
        if (sequence >= 0) {
            g.writeNumberField("sequence", sequence);
        }
        if (result != null) {
            SliceJson.replay(g, result);
        }
        if (problem != null) {
            ProblemResponse.write(g, problem);
        }
        g.writeEndObject();
    }
}
