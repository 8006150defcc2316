package dev.trackit.runner.web;

import dev.trackit.runner.web.http.Problem;
import dev.trackit.runner.web.http.ProblemResponse;
import dev.trackit.runner.web.security.SecurityHeaders;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers what Jetty itself refuses, such as a request that it cannot parse: in the same form as everything else, and saying nothing of the inside. */
final class QuietErrors implements Request.Handler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus() >= 400 ? response.getStatus() : 500;
        SecurityHeaders.addTo(response.getHeaders());
        ProblemResponse.send(Problem.of(status, words(status)), request, response, callback);
        return true;
    }

    private static String words(int status) {
        return switch (status) {
            case 404 -> "There is nothing at this address.";
            case 408 -> "The request took too long.";
            case 413, 414, 431 -> "The request is too large.";
            default -> status < 500 ? "The request is not understood." : "TrackIT failed to answer this.";
        };
    }
}
