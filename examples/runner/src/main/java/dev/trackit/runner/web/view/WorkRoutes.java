package dev.trackit.runner.web.view;

import dev.trackit.runner.web.http.Answer;
import dev.trackit.runner.web.http.Problem;
import dev.trackit.runner.web.live.Jobs;
import dev.trackit.runner.web.live.NotebookRow;
import io.javalin.http.Context;
import java.util.function.Consumer;

/** Work of one kind, behind its addresses: begun, asked how far it is, cancelled. One at a time. Safe for use by several threads. */
final class WorkRoutes<W extends Work> implements AutoCloseable {
    private final Site site;
    private final Jobs<W> jobs;
    private final String event;
    private final String parameter;

    /**
     * Work of one kind.
     *
     * @param event how the live stream calls what it tells
     * @param parameter the part of an address that names one
     */
    WorkRoutes(Site site, String event, String parameter) {
        this.site = site;
        this.jobs = new Jobs<>("trackit-page-" + event);
        this.event = event;
        this.parameter = parameter;
    }

    /** Makes work. */
    @FunctionalInterface
    interface Maker<W> {
        /**
         * Makes it.
         *
         * @param id of the work
         * @param listener to be told how it goes on
         */
        W make(String id, Consumer<byte[]> listener);
    }

    /** Begins one, and answers its id. @throws Problem with 409 if one goes on already */
    void start(Context context, NotebookRow row, Maker<W> maker) {
        Answer.accepted(
                context, jobs.start(id -> maker.make(id, data -> site.streams().tell(event, row.id(), data))));
    }

    /** Answers how far one is. */
    void progress(Context context) {
        Answer.written(context, find(context).json());
    }

    /** Cancels one. */
    void cancel(Context context) {
        find(context).cancel();
        context.status(204);
    }

    private W find(Context context) {
        NotebookRow row = site.notebook(context);
        return jobs.find(context.pathParam(parameter))
                .filter(work -> work.notebook().equals(row.id()))
                .orElseThrow(() -> Problem.of(404, "There is none of this id, or it was forgotten."));
    }

    /** Ends the one that goes on. */
    @Override
    public void close() {
        jobs.close();
    }
}
