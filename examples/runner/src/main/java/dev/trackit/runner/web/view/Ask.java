package dev.trackit.runner.web.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.api.TrackitException;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.summary.SummaryMaker;
import dev.trackit.runner.web.http.Problem;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One question to a summarizer, with its answer as it arrives; unchecked until it is done. */
final class Ask extends Work {
    private static final Logger LOG = LoggerFactory.getLogger(Ask.class);
    private static final int LONGEST = 200_000;
    private static final long TELL_NANOS = 100_000_000;

    private final SummaryMaker maker;
    private final StringBuilder text = new StringBuilder();
    private long lastTold;

    /** @param maker is closed with it */
    Ask(String id, String notebook, SummaryMaker maker, Consumer<byte[]> listener) {
        super(id, notebook, "asking", listener);
        this.maker = maker;
    }

    @Override
    void work() {
        try (maker) {
            SummaryMaker.Made made = maker.make(true, this::arrived, this::cancelled);
            end(DONE, made.problem().isEmpty() ? null : Problem.of(500, made.problem()));
        } catch (Failure e) {
            end(FAILED, Problem.of(e));
        } catch (TrackitException e) {
            end(
                    FAILED,
                    Problem.of(502, String.valueOf(e.getMessage())).todo("The offline summary is there all the same."));
        } catch (RuntimeException | LinkageError e) {
            if (end(FAILED, Problem.of(500, "The summarizer failed."))) {
                LOG.warn("A summarizer failed", e);
            }
        }
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
        tell();
    }

    @Override
    void stop() {
        // A call in progress ends soon.
        maker.close();
    }

    @Override
    void write(JsonGenerator g) throws IOException {
        g.writeStringField("text", text.toString());
    }
}
