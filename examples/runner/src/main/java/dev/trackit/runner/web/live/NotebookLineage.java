package dev.trackit.runner.web.live;

import dev.trackit.core.TrackitReader;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.runner.lineage.GrowingLineage;
import dev.trackit.runner.lineage.LoadedLineage;
import dev.trackit.runner.picture.LineageView;
import dev.trackit.runner.web.http.Problem;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lineage of one notebook that somebody looks at. The first question analyses the whole record, which takes a second or two for thousands of
 * executions; later ones only what is new. One question at a time: the graph may grow with the next. Safe for use by several threads.
 */
public final class NotebookLineage {
    /** What the analysis of an execution takes, measured with statements that touch fifty columns each. */
    private static final long BYTES_PER_EXECUTION = 15_000;

    private final Feed feed;
    private final TrackitReader reader;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable GrowingLineage growing;
    private @Nullable Timeline of;
    private @Nullable LoadedLineage present;
    private @Nullable LineageView view;
    private @Nullable LoadedLineage viewOf;
    private volatile boolean ready;
    private boolean tooLarge;

    NotebookLineage(Feed feed, TrackitReader reader) {
        this.feed = feed;
        this.reader = reader;
    }

    /** Something asked of the lineage; it must keep nothing of the graph. */
    @FunctionalInterface
    public interface Question<T> {
        /** Asks. */
        T ask(LoadedLineage lineage) throws IOException;
    }

    /** Whether it was analysed once, so that a question is answered soon. */
    public boolean ready() {
        return ready;
    }

    /** Asks, and waits for the analysis if need be. */
    public <T> T ask(Question<T> question) throws IOException {
        lock.lock();
        try {
            return question.ask(present());
        } finally {
            lock.unlock();
        }
    }

    /** Asks, if that takes no longer than this. */
    public <T> Optional<T> askSoon(long millis, Question<T> question) throws IOException {
        try {
            if (!ready || !lock.tryLock(millis, TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            return Optional.of(question.ask(present()));
        } finally {
            lock.unlock();
        }
    }

    /** Asks the picture of the lineage, which is made once for each state of the notebook. */
    public <T> T askPicture(PictureQuestion<T> question) throws IOException {
        return ask(lineage -> {
            LineageView known = view;
            if (known == null || viewOf != lineage) {
                known = LineageView.of(lineage.graph(), lineage.stale(), lineage.gaps());
                view = known;
                viewOf = lineage;
            }
            return question.ask(known);
        });
    }

    /** Something asked of the picture. */
    @FunctionalInterface
    public interface PictureQuestion<T> {
        /** Asks. */
        T ask(LineageView view) throws IOException;
    }

    /** An analysis of its own, which nothing is added to: for what takes long. It costs as much as the first question. */
    public LoadedLineage alone() {
        requireRoomFor(feed.state().bySequence().size());
        return fresh().update(feed.state().timeline());
    }

    private GrowingLineage fresh() {
        String name = feed.state()
                .timeline()
                .path()
                .map(path -> String.valueOf(path.getFileName()))
                .orElse(feed.notebook().value());
        return new GrowingLineage(name, feed.notebook(), reader);
    }

    private void requireRoomFor(int executions) {
        if (tooLarge) {
            throw tooLarge(executions);
        }
        requireRoom(executions);
    }

    /** Recording comes first: an analysis that might not fit beside it is not begun. @throws Problem with 503 */
    public static void requireRoom(int executions) {
        if (executions * BYTES_PER_EXECUTION > Runtime.getRuntime().maxMemory() / 2) {
            throw tooLarge(executions);
        }
    }

    private static Problem tooLarge(int executions) {
        return Problem.of(
                        503,
                        "This notebook has " + executions
                                + " executions: more than can be analysed in the agent's memory.")
                .todo("Give it more: TRACKIT_JAVA_OPTS=-Xmx1g trackit up. The timeline works all the same.");
    }

    private LoadedLineage present() {
        Timeline timeline = feed.state().timeline();
        requireRoomFor(feed.state().bySequence().size());
        LoadedLineage known = present;
        if (known != null && timeline == of) {
            return known;
        }
        GrowingLineage lineage = growing;
        if (lineage == null) {
            lineage = fresh();
            growing = lineage;
        }
        LoadedLineage updated;
        try {
            updated = lineage.update(timeline);
        } catch (OutOfMemoryError e) {
            // It is not tried again: the recording in this process needs the memory too.
            tooLarge = true;
            growing = null;
            present = null;
            throw tooLarge(timeline.executions().size());
        }
        present = updated;
        of = timeline;
        ready = true;
        return updated;
    }
}
