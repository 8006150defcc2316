package dev.trackit.runner.web.view;

import dev.trackit.runner.web.http.Answer;
import dev.trackit.runner.web.http.Problem;
import dev.trackit.runner.web.live.NotebookLineage.PictureQuestion;
import dev.trackit.runner.web.live.NotebookRow;
import dev.trackit.runner.web.security.SecurityHeaders;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The lineage of a notebook: its picture with what it says, the picture as a file, and the columns of a dataset. */
public final class LineageRoutes {
    private final Site site;

    /** The lineages of this site. */
    public LineageRoutes(Site site) {
        this.site = site;
    }

    /** {@code GET /notebooks/{id}/lineage}: the picture, or what has the words of {@code find} in its name. */
    public void lineage(Context context) throws IOException {
        Map<String, List<String>> query = context.queryParamMap();
        boolean search = query.containsKey("find");
        json(
                context,
                view -> Answer.bytes(g -> {
                    if (search) {
                        view.find(g, query);
                    } else {
                        view.json(g, query);
                    }
                }));
    }

    /** {@code GET /notebooks/{id}/columns}. */
    public void columns(Context context) throws IOException {
        Map<String, List<String>> query = context.queryParamMap();
        json(context, view -> Answer.bytes(g -> view.columns(g, query)));
    }

    /** {@code GET /notebooks/{id}/lineage.svg}. */
    public void svg(Context context) throws IOException {
        NotebookRow row = site.notebook(context);
        Map<String, List<String>> query = context.queryParamMap();
        String picture = ask(row, view -> view.svg("Lineage of " + row.name(), query));
        context.header("Content-Security-Policy", SecurityHeaders.DOCUMENT_POLICY);
        context.header("Content-Disposition", Downloads.inline(row, ".svg"));
        context.contentType("image/svg+xml; charset=utf-8").result(picture);
    }

    private void json(Context context, PictureQuestion<byte[]> question) throws IOException {
        byte[] body = ask(site.notebook(context), question);
        Answer.written(context, body);
    }

    private <T> T ask(NotebookRow row, PictureQuestion<T> question) throws IOException {
        try {
            return site.feed(row).lineage().askPicture(question);
        } catch (IllegalArgumentException e) {
            // Of the query only; its messages are made for readers.
            throw Problem.of(400, String.valueOf(e.getMessage()));
        }
    }
}
