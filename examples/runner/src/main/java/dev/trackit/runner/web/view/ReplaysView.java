package dev.trackit.runner.web.view;

import dev.trackit.runner.web.http.Answer;
import dev.trackit.runner.web.http.Body;
import dev.trackit.runner.web.http.Problem;
import dev.trackit.runner.web.live.Feed;
import dev.trackit.runner.web.live.Jobs;
import dev.trackit.runner.web.live.NotebookRow;
import io.javalin.http.Context;
import java.io.IOException;

/** Replays of slices: start one, ask how far it is, cancel it. One runs at a time. */
public final class ReplaysView implements AutoCloseable {
    private final Site site;
    private final Jobs<Replay> jobs = new Jobs<>("trackit-page-replay");

    /** The replays of this site. */
    public ReplaysView(Site site) {
        this.site = site;
    }

    /** {@code POST /notebooks/{id}/slice/replays}. */
    public void start(Context context) throws IOException {
        NotebookRow row = site.notebook(context);
        SliceTarget target = SliceTarget.of(Body.of(context));
        Feed feed = site.feed(row);
        // What does not exist is said at once.
        feed.lineage().ask(lineage -> target.in(lineage, site.program().environment()));
        String id = jobs.start(job ->
                new Replay(job, row.id(), target, feed.lineage(), site.program().environment(), data -> site.streams()
                        .tell("replay", row.id(), data)));
        Answer.accepted(context, id);
    }

    /** {@code GET /notebooks/{id}/slice/replays/{rid}}. */
    public void progress(Context context) {
        context.contentType("application/json; charset=utf-8")
                .result(find(context).json());
    }

    /** {@code DELETE /notebooks/{id}/slice/replays/{rid}}. */
    public void cancel(Context context) {
        find(context).cancel();
        context.status(204);
    }

    private Replay find(Context context) {
        NotebookRow row = site.notebook(context);
        return jobs.find(context.pathParam("rid"))
                .filter(replay -> replay.notebook().equals(row.id()))
                .orElseThrow(() -> Problem.of(404, "There is no such replay, or it was forgotten."));
    }

    /** Ends the one that runs. */
    @Override
    public void close() {
        jobs.close();
    }
}
