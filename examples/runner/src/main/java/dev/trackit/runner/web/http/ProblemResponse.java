package dev.trackit.runner.web.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.api.Digest;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The answer to a request that fails: JSON {@code {error: {what, where, todo}}}, or a page for a browser that navigates. The page brings its few lines
 * of style along, because who is not signed in gets no file.
 */
public final class ProblemResponse {
    private static final String STYLE = "html{color-scheme:light dark;background:light-dark(#f7f8fa,#14171c);"
            + "color:light-dark(#1c2129,#e6e9ee);font:16px/1.5 system-ui,sans-serif}"
            + "main{max-width:36rem;margin:18vh auto 0;padding:0 1.5rem}"
            + "h1{font-size:1.25rem;margin:0 0 .75rem}p{margin:.5rem 0}"
            + ".todo{color:light-dark(#4b5563,#a4adba)}";
    private static final String POLICY = "default-src 'none'; style-src 'sha256-" + hash(STYLE)
            + "'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private ProblemResponse() {}

    private static String hash(String text) {
        MessageDigest sha256 = Digest.sha256();
        return Base64.getEncoder().encodeToString(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether this {@code Accept} header asks for a page rather than for data. */
    public static boolean wantsPage(String accept) {
        int html = accept.indexOf("text/html");
        int json = accept.indexOf("application/json");
        return html >= 0 && (json < 0 || html < json);
    }

    /** The content security policy of the page. */
    public static String policy() {
        return POLICY;
    }

    /** Answers a request that no view has seen. */
    public static void send(Problem problem, Request request, Response response, Callback callback) {
        String accept = String.join(",", request.getHeaders().getValuesList(HttpHeader.ACCEPT));
        boolean page = wantsPage(accept);
        response.setStatus(problem.status());
        response.getHeaders()
                .put(HttpHeader.CONTENT_TYPE, page ? "text/html; charset=utf-8" : "application/json; charset=utf-8");
        if (page) {
            response.getHeaders().put("Content-Security-Policy", POLICY);
        }
        // What the client still wants to send is not read.
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        byte[] body = (page ? page(problem) : json(problem)).getBytes(StandardCharsets.UTF_8);
        boolean head = request.getMethod().equals("HEAD");
        response.write(true, head ? null : ByteBuffer.wrap(body), callback);
    }

    /** The problem as JSON. */
    public static String json(Problem problem) {
        StringWriter text = new StringWriter();
        try (JsonGenerator g = new JsonFactory().createGenerator(text)) {
            g.writeStartObject();
            write(g, problem);
            g.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** The field {@code error}. */
    public static void write(JsonGenerator g, Problem problem) throws IOException {
        g.writeObjectFieldStart("error");
        g.writeStringField("what", problem.what());
        g.writeStringField("where", problem.where());
        g.writeStringField("todo", problem.todo());
        g.writeEndObject();
    }

    /** The problem as a page. */
    public static String page(Problem problem) {
        return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>TrackIT</title>"
                + "<meta name=\"viewport\" content=\"width=device-width\"><style>" + STYLE
                + "</style></head><body><main><h1>"
                + escape(problem.what()) + "</h1>"
                + (problem.where().isEmpty() ? "" : "<p>" + escape(problem.where()) + "</p>")
                + (problem.todo().isEmpty() ? "" : "<p class=\"todo\">" + escape(problem.todo()) + "</p>")
                + "</main></body></html>";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
