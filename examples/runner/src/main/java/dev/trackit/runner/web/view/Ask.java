package dev.trackit.runner.web.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.api.TrackitException;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.summary.SummaryMaker;
import dev.trackit.runner.web.http.Answer;
import dev.trackit.runner.web.http.Problem;
import dev.trackit.runner.web.http.ProblemResponse;
import dev.trackit.runner.web.live.Jobs;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One question to a summarizer, with its answer as it arrives. Safe for use by several threads. */
final class Ask implements Jobs.Job {
    private static final Logger LOG = LoggerFactory.getLogger(Ask.class);
    private static final int LONGEST = 200_000;
    private static final long TELL_NANOS = 100_000_000;

    private enum State {
        ASKING,
        DONE,
        FAILED,
        CANCELLED
    }

    private final String id;
    private final String notebook;
    private final SummaryMaker maker;
    private final Consumer<byte[]> told;
    private final StringBuilder text = new StringBuilder();
    private State state = State.ASKING;
    private @Nullable Problem problem;
    private long lastTold;

    Ask(String id, String notebook, SummaryMaker maker, Consumer<byte[]> told) {
        this.id = id;
        this.notebook = notebook;
        this.maker = maker;
        this.told = told;
    }

    String notebook() {
        return notebook;
    }

    @Override
    public void run() {
        told.accept(json());
        try (maker) {
            SummaryMaker.Made made = maker.make(true, this::arrived, this::cancelled);
            end(State.DONE, made.problem().isEmpty() ? null : Problem.of(500, made.problem()));
        } catch (Failure e) {
            end(State.FAILED, Problem.of(e));
        } catch (TrackitException e) {
            end(
                    State.FAILED,
                    Problem.of(502, String.valueOf(e.getMessage())).todo("The offline summary is there all the same."));
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("A summarizer failed", e);
            end(State.FAILED, Problem.of(500, "The summarizer failed."));
        }
        told.accept(json());
    }

    private synchronized boolean cancelled() {
        return state == State.CANCELLED;
    }

    private void arrived(String piece) {
        synchronized (this) {
            text.append(piece, 0, Math.min(piece.length(), Math.max(0, LONGEST - text.length())));
            long now = System.nanoTime();
            if (now - lastTold < TELL_NANOS) {
                return;
            }
            lastTold = now;
        }
        told.accept(json());
    }

    private synchronized void end(State ended, @Nullable Problem met) {
        if (state != State.CANCELLED) {
            state = ended;
            problem = met;
        }
    }

    @Override
    public void cancel() {
        synchronized (this) {
            if (state != State.ASKING) {
                return;
            }
            state = State.CANCELLED;
        }
        // A call in progress ends soon.
        maker.close();
    }

    /** How far it is. The text is unchecked until it is done. */
    synchronized byte[] json() {
        return Answer.bytes(this::write);
    }

    private void write(JsonGenerator g) throws IOException {
        g.writeStartObject();
        g.writeStringField("id", id);
        g.writeStringField("notebook", notebook);
        g.writeStringField("state", state.name().toLowerCase(Locale.ROOT));
        g.writeStringField("text", text.toString());
        if (problem != null) {
            ProblemResponse.write(g, problem);
        }
        g.writeEndObject();
    }
}
