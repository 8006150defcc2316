package dev.trackit.runner.web;

import dev.trackit.api.TrackitException;
import dev.trackit.runner.web.http.Problem;
import dev.trackit.runner.web.http.ProblemResponse;
import dev.trackit.runner.web.live.EventStream;
import dev.trackit.runner.web.live.Streams;
import java.io.EOFException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /events}: the live stream. It stands behind the filter and before the table of addresses, because it writes without a thread that waits.
 * Safe for use by several threads.
 */
final class EventsHandler extends Handler.Wrapper {
    static final String PATH = "/events";
    private static final int LONGEST_PARAMETER = 128;

    private final Streams streams;

    EventsHandler(Streams streams) {
        this.streams = streams;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!request.getHttpURI().getCanonicalPath().equals(PATH)) {
            return super.handle(request, response, callback);
        }
        if (!request.getMethod().equals("GET")) {
            ProblemResponse.send(Problem.of(405, "The stream is only read."), request, response, callback);
            return true;
        }
        Fields query = Request.extractQueryParameters(request);
        String notebook = query.getValue("notebook");
        String last = request.getHeaders().get("Last-Event-ID");
        String after = last == null ? query.getValue("after") : last;
        if (notebook != null && notebook.length() > LONGEST_PARAMETER
                || after != null && after.length() > LONGEST_PARAMETER) {
            ProblemResponse.send(Problem.of(400, "A parameter is too long."), request, response, callback);
            return true;
        }
        open(request, response, callback, notebook, after);
        return true;
    }

    private void open(
            Request request, Response response, Callback callback, @Nullable String notebook, @Nullable String after) {
        boolean opened;
        try {
            response.setStatus(200);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream; charset=utf-8");
            opened = streams.open(notebook, after, new Connection(response, callback))
                    .isPresent();
        } catch (TrackitException e) {
            ProblemResponse.send(
                    Problem.of(500, "The log of this notebook cannot be read.")
                            .todo("\"trackit verify\" says what is wrong with it."),
                    request,
                    response,
                    callback);
            return;
        }
        if (!opened) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, 5);
            ProblemResponse.send(
                    Problem.of(503, "Too many pages listen at the same time.").todo("Close some of them."),
                    request,
                    response,
                    callback);
        }
    }

    /** One connection. Jetty takes one write at a time, which the stream keeps to. */
    private static final class Connection implements EventStream.Wire {
        private final Response response;
        private final Callback callback;

        Connection(Response response, Callback callback) {
            this.response = response;
            this.callback = callback;
        }

        @Override
        public void write(ByteBuffer bytes, EventStream.Done done) {
            response.write(false, bytes, Callback.from(() -> done.done(true), failure -> {
                done.done(false);
                callback.failed(failure);
            }));
        }

        @Override
        public void end() {
            // A write may be under way: the connection is cut, and the browser takes up again where it stopped.
            callback.failed(new EOFException("The stream ended."));
        }
    }
}
