package dev.trackit.runner.web.view;

import dev.trackit.runner.web.http.Body;
import dev.trackit.runner.web.live.NotebookRow;
import io.javalin.http.Context;
import java.io.IOException;

/** Replays of slices: start one, ask how far it is, cancel it. One runs at a time. */
public final class ReplaysView implements AutoCloseable {
    private final Site site;
    private final SliceSource source;
    private final WorkRoutes<Replay> replays;

    /** The replays of this site. */
    public ReplaysView(Site site) {
        this.site = site;
        this.source = new SliceSource(site);
        this.replays = new WorkRoutes<>(site, "replay", "rid");
    }

    /** {@code POST /notebooks/{id}/slice/replays}. */
    public void start(Context context) throws IOException {
        NotebookRow row = site.notebook(context);
        SliceTarget target = SliceTarget.of(Body.of(context));
        // What does not exist is said at once.
        source.ask(row, target, lineage -> target.in(lineage, site.program().environment()));
        replays.start(
                context,
                row,
                (id, listener) -> new Replay(
                        id,
                        row.id(),
                        target,
                        () -> source.alone(row, target),
                        site.program().environment(),
                        listener));
    }

    /** {@code GET /notebooks/{id}/slice/replays/{rid}}. */
    public void progress(Context context) {
        replays.progress(context);
    }

    /** {@code DELETE /notebooks/{id}/slice/replays/{rid}}. */
    public void cancel(Context context) {
        replays.cancel(context);
    }

    /** Ends the one that runs. */
    @Override
    public void close() {
        replays.close();
    }
}
