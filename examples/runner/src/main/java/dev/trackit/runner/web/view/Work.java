package dev.trackit.runner.web.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.runner.web.http.Answer;
import dev.trackit.runner.web.http.Problem;
import dev.trackit.runner.web.http.ProblemResponse;
import dev.trackit.runner.web.live.Jobs;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something that takes long, and that whoever began it can watch and cancel. A cancelled one stays cancelled, whatever still comes of it. Safe for
 * use by several threads; what is of a subclass is guarded by this object's lock, which {@link #write} is called under.
 */
abstract class Work implements Jobs.Job {
    static final String DONE = "done";
    static final String FAILED = "failed";
    static final String CANCELLED = "cancelled";

    private final String id;
    private final String notebook;
    private final Consumer<byte[]> listener;
    private String state;
    private boolean over;
    private @Nullable Problem problem;

    /**
     * Work that has not begun.
     *
     * @param id its own
     * @param notebook the id of the notebook that it is about
     * @param state the word for how it is at first
     * @param listener is told how it is, each time that it changes
     */
    Work(String id, String notebook, String state, Consumer<byte[]> listener) {
        this.id = id;
        this.notebook = notebook;
        this.state = state;
        this.listener = listener;
    }

    String notebook() {
        return notebook;
    }

    /** Does it, and says how it ended. Throws nothing. */
    abstract void work();

    /** Makes it end soon; called once at most, and without the lock. */
    abstract void stop();

    /** Writes what a reader should know besides, into an open object. */
    abstract void write(JsonGenerator g) throws IOException;

    @Override
    public final void run() {
        tell();
        work();
        tell();
    }

    /** Says that it goes on, in this word. */
    final synchronized void become(String word) {
        if (!over) {
            state = word;
        }
    }

    /** Says that it ended, unless it was cancelled. @return whether what came of it counts */
    final synchronized boolean end(String word, @Nullable Problem met) {
        if (over) {
            return false;
        }
        over = true;
        state = word;
        problem = met;
        return true;
    }

    final synchronized boolean cancelled() {
        return state.equals(CANCELLED);
    }

    @Override
    public final synchronized boolean over() {
        return over;
    }

    @Override
    public final void cancel() {
        if (end(CANCELLED, null)) {
            stop();
        }
    }

    final void tell() {
        listener.accept(json());
    }

    /** How it is. */
    final synchronized byte[] json() {
        return Answer.bytes(g -> {
            g.writeStartObject();
            g.writeStringField("id", id);
            g.writeStringField("notebook", notebook);
            g.writeStringField("state", state);
            write(g);
            if (problem != null) {
                ProblemResponse.write(g, problem);
            }
            g.writeEndObject();
        });
    }
}
