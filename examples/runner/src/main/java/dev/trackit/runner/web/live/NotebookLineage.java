package dev.trackit.runner.web.live;

import dev.trackit.core.TrackitReader;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.runner.lineage.GrowingLineage;
import dev.trackit.runner.lineage.LoadedLineage;
import dev.trackit.runner.picture.LineageView;
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
    private final Feed feed;
    private final TrackitReader reader;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable GrowingLineage growing;
    private @Nullable Timeline of;
    private @Nullable LoadedLineage present;
    private @Nullable LineageView view;
    private @Nullable LoadedLineage viewOf;
    private volatile boolean ready;

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

    private LoadedLineage present() {
        Timeline timeline = feed.state().timeline();
        LoadedLineage known = present;
        if (known != null && timeline == of) {
            return known;
        }
        GrowingLineage lineage = growing;
        if (lineage == null) {
            lineage = fresh();
            growing = lineage;
        }
        LoadedLineage updated = lineage.update(timeline);
        present = updated;
        of = timeline;
        ready = true;
        return updated;
    }
}
