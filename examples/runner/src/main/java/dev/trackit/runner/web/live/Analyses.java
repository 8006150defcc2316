package dev.trackit.runner.web.live;

import dev.trackit.runner.web.http.Problem;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Analyses, in the background and one after the other, the notebooks that somebody looks at. Safe for use by several threads. */
public final class Analyses {
    private static final Logger LOG = LoggerFactory.getLogger(Analyses.class);

    private final Executor executor;
    private final Consumer<NotebookRow> ready;
    private final Set<Feed> under = Collections.newSetFromMap(new WeakHashMap<>());

    /**
     * Analyses in the threads of an executor.
     *
     * @param ready is told when a notebook's first analysis is done
     */
    public Analyses(Executor executor, Consumer<NotebookRow> ready) {
        this.executor = executor;
        this.ready = ready;
    }

    /** Sees to it that this notebook is analysed soon. */
    public void prepare(NotebookRow row, Feed feed) {
        synchronized (under) {
            if (feed.lineage().ready() || !under.add(feed)) {
                return;
            }
        }
        executor.execute(() -> {
            try {
                feed.lineage().ask(lineage -> lineage.graph().executions().size());
                ready.accept(row);
            } catch (Problem e) {
                LOG.debug("A notebook was not analysed: {}", e.what());
            } catch (IOException | RuntimeException e) {
                LOG.warn("A notebook could not be analysed", e);

            } finally {
                synchronized (under) {
                    under.remove(feed);
                }
            }
        });
    }
}
