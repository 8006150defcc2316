package dev.trackit.runner.web.view;

import dev.trackit.api.Digest;
import dev.trackit.api.Execution;
import dev.trackit.api.NotebookId;
import dev.trackit.api.Output;
import dev.trackit.core.TrackitReader;
import dev.trackit.runner.web.http.Answer;
import dev.trackit.runner.web.http.Problem;
import dev.trackit.runner.web.live.Feed;
import dev.trackit.runner.web.live.NotebookRow;
import dev.trackit.runner.web.security.SecurityHeaders;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One execution whole, and the payloads of outputs. What a browser could run is only ever a document that may do nothing. */
public final class OutputsView {
    private static final int LARGEST = 32 << 20;

    private final Site site;

    /** The outputs of this site. */
    public OutputsView(Site site) {
        this.site = site;
    }

    /** {@code GET /notebooks/{id}/executions/{sequence}}: the entry with its texts whole. */
    public void execution(Context context) throws IOException {
        NotebookRow row = site.notebook(context);
        Feed feed = site.feed(row);
        Feed.State state = feed.state();
        Integer order = state.bySequence().get(sequence(context));
        if (order == null) {
            throw noExecution();
        }
        byte[] body = feed.lineage()
                .ask(lineage ->
                        Answer.bytes(g -> new EntryJson(Site.address(row), new LineageEffects(lineage.graph()), true)
                                .write(g, state.timeline().entries(), order)));
        context.contentType("application/json; charset=utf-8").result(body);
    }

    /** {@code GET /notebooks/{id}/outputs/{sequence}/{n}}: the payload of an output. */
    public void output(Context context) throws IOException {
        NotebookRow row = site.notebook(context);
        Feed feed = site.feed(row);
        Execution execution = feed.state().execution(sequence(context)).orElseThrow(OutputsView::noExecution);
        String number = context.pathParam("n");
        int n = number.matches("[0-9]{1,5}") ? Integer.parseInt(number) : Integer.MAX_VALUE;
        if (n >= execution.outputs().size()) {
            throw Problem.of(404, "This execution has no such output.");
        }
        Output output = execution.outputs().get(n);
        MediaKind kind = MediaKind.of(output.mime());
        if (kind == MediaKind.OTHER) {
            throw Problem.of(404, "An output of this kind is not shown.").where(output.mime());
        }
        byte[] payload = payload(feed.notebook(), output);
        serve(context, kind, MediaKind.type(output.mime()), payload);
    }

    private static void serve(Context context, MediaKind kind, String type, byte[] payload) {
        // Also a picture that says it is one is no page: nosniff and this policy hold for it as for a document.
        context.header("Content-Security-Policy", SecurityHeaders.DOCUMENT_POLICY);
        switch (kind) {
            case RASTER -> context.contentType(type);
            case DOCUMENT -> {
                context.header("X-Frame-Options", "SAMEORIGIN");
                context.contentType(type + "; charset=utf-8");
            }
            default -> context.contentType("text/plain; charset=utf-8");
        }
        context.result(payload);
    }

    private byte[] payload(NotebookId notebook, Output output) throws IOException {
        TrackitReader reader = site.recording().reader();
        Optional<InputStream> kept = reader.payload(notebook, output.digest());
        if (kept.isPresent()) {
            try (InputStream in = kept.get()) {
                byte[] payload = in.readNBytes(LARGEST + 1);
                if (payload.length > LARGEST) {
                    throw Problem.of(413, "This output is too large to be shown.");
                }
                return payload;
            }
        }
        boolean isText = !output.textCut() && output.digest().equals(Digest.ofText(output.text()));
        if (isText) {
            return output.text().getBytes(StandardCharsets.UTF_8);
        }
        throw Problem.of(404, "The content of this output was not kept, only its text and its digest.");
    }

    private static long sequence(Context context) {
        String sequence = context.pathParam("sequence");
        if (!sequence.matches("[0-9]{1,15}")) {
            throw noExecution();
        }
        return Long.parseLong(sequence);
    }

    private static Problem noExecution() {
        return Problem.of(404, "There is no such execution.");
    }
}
