package dev.trackit.runner.web.view;

import dev.trackit.api.NotebookId;
import dev.trackit.runner.cli.Program;
import dev.trackit.runner.web.http.Problem;
import dev.trackit.runner.web.live.Analyses;
import dev.trackit.runner.web.live.Catalog;
import dev.trackit.runner.web.live.Feed;
import dev.trackit.runner.web.live.Feeds;
import dev.trackit.runner.web.live.NotebookRow;
import dev.trackit.runner.web.live.Recording;
import dev.trackit.runner.web.live.Streams;
import io.javalin.http.Context;

/**
 * What all views answer from.
 *
 * @param program the surroundings of the program
 * @param recording what stands behind the page
 * @param catalog the notebooks
 * @param feeds those that are looked at
 * @param streams who listens
 * @param analyses analyses them in the background
 */
public record Site(
        Program program, Recording recording, Catalog catalog, Feeds feeds, Streams streams, Analyses analyses) {

    /** The notebook that the request's address names. @throws Problem with 404 if there is none */
    NotebookRow notebook(Context context) {
        String id = context.pathParam("id");
        return catalog.find(id)
                .orElseThrow(() -> Problem.of(404, "There is no such notebook.").todo("Choose one from the list."));
    }

    /** What happened to it. @throws Problem with 404 if nothing was recorded */
    Feed feed(NotebookRow row) {
        NotebookId log = row.log();
        if (log == null) {
            throw Problem.of(404, "Nothing has been recorded of this notebook yet.")
                    .where(row.name())
                    .todo("Start tracking it and run a cell.");
        }
        Feed feed = feeds.of(log);
        feed.poll();
        return feed;
    }

    /** The address of a notebook. */
    static String address(NotebookRow row) {
        return "/notebooks/" + row.id();
    }
}
