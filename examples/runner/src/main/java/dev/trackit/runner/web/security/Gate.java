package dev.trackit.runner.web.security;

import dev.trackit.runner.web.http.Problem;
import dev.trackit.runner.web.http.ProblemResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntSupplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The one filter in front of everything: files, views, streams, and addresses that do not exist. What it does not know it refuses.
 *
 * <p>A request passes if it names this server as its host, exactly (so that a name that another site points at this machine leads nowhere), if it
 * comes from no other origin, if it carries the secret of this start, and if it is small. Requests that change something must say where they come
 * from and carry a header that no form can send.
 *
 * <p>Sources: the Fetch Metadata Request Headers of the W3C, and the practice of Jupyter's own server. Safe for use by several threads.
 */
public final class Gate extends Handler.Wrapper {
    /** The header that requests which change something must carry. */
    public static final String MARK = "X-TrackIT";

    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Set<String> CHANGING = Set.of("POST", "PUT", "DELETE");
    private static final int LONGEST_ADDRESS = 4_096;

    private final Access access;
    private final IntSupplier port;
    private final long largestBody;

    /**
     * The filter.
     *
     * @param port the port that the server listens on, asked for at each request
     * @param largestBody how many bytes a request's body may have
     */
    public Gate(Access access, IntSupplier port, long largestBody) {
        this.access = access;
        this.port = port;
        this.largestBody = largestBody;
    }

    /** The name of the cookie: cookies are shared by all ports of a host, so the port is part of it. */
    public static String cookieName(int port) {
        return "trackit-" + port;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        SecurityHeaders.addTo(response.getHeaders());
        Problem problem = refuse(request);
        if (problem != null) {
            ProblemResponse.send(problem, request, response, callback);
            return true;
        }
        String token = token(request);
        if (token != null) {
            swap(request, response, callback);
            return true;
        }
        return super.handle(request, response, callback);
    }

    private @Nullable Problem refuse(Request request) {
        String method = request.getMethod();
        boolean changing = CHANGING.contains(method);
        if (!changing && !READING.contains(method)) {
            return Problem.of(405, "This method is not served.");
        }
        if (request.getHttpURI().getPathQuery().length() > LONGEST_ADDRESS) {
            return Problem.of(414, "The address is too long.");
        }
        List<String> hosts = request.getHeaders().getValuesList(HttpHeader.HOST);
        String host = hosts.size() == 1 ? hosts.get(0).toLowerCase(Locale.ROOT) : "";
        if (!isOurs(host) || !isOurs(request.getHttpURI().getAuthority())) {
            return Problem.of(403, "This server is not reached by that name.")
                    .todo("Open the address that \"trackit up\" printed.");
        }
        Problem foreign = foreign(request, host, changing);
        if (foreign != null) {
            return foreign;
        }
        Problem body = body(request, changing);
        return body != null ? body : credentials(request);
    }

    private boolean isOurs(@Nullable String authority) {
        if (authority == null) {
            return false;
        }
        String name = authority.toLowerCase(Locale.ROOT);
        return name.equals("127.0.0.1:" + port.getAsInt()) || name.equals("localhost:" + port.getAsInt());
    }

    private static @Nullable Problem foreign(Request request, String host, boolean changing) {
        HttpFields headers = request.getHeaders();
        List<String> origins = headers.getValuesList(HttpHeader.ORIGIN);
        boolean same = origins.size() == 1 && origins.get(0).equals("http://" + host);
        if (!origins.isEmpty() && !same) {
            return Problem.of(403, "Requests from other sites are refused.");
        }
        List<String> sites = headers.getValuesList("Sec-Fetch-Site");
        if (!sites.isEmpty()) {
            boolean typed = sites.equals(List.of("none")) && !changing && isNavigation(headers);
            if (!typed && !sites.equals(List.of("same-origin"))) {
                return Problem.of(403, "Requests from other sites are refused.")
                        .todo("Paste the address into the browser's address bar; links from other pages do not work.");
            }
        }
        if (changing && !same) {
            return Problem.of(403, "A request that changes something must name its origin.");
        }
        if (changing && !"1".equals(headers.get(MARK))) {
            return Problem.of(403, "A request that changes something must carry the header " + MARK + ": 1.");
        }
        return null;
    }

    private static boolean isNavigation(HttpFields headers) {
        String mode = headers.get("Sec-Fetch-Mode");
        return mode == null || mode.equals("navigate");
    }

    private @Nullable Problem body(Request request, boolean changing) {
        HttpFields headers = request.getHeaders();
        if (headers.contains(HttpHeader.TRANSFER_ENCODING)) {
            return Problem.of(411, "A body needs a Content-Length.");
        }
        long length = request.getLength();
        if (length > (changing ? largestBody : 0)) {
            return Problem.of(413, "The request's body is too large.");
        }
        return null;
    }

    private @Nullable Problem credentials(Request request) {
        String token = token(request);
        if (token != null) {
            boolean valid = access.isToken(token) && READING.contains(request.getMethod());
            return valid ? null : unknown();
        }
        String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (authorization != null) {
            boolean valid = authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                    && access.isToken(authorization.substring(7).strip());
            return valid ? null : unknown();
        }
        String cookie = cookieName(port.getAsInt());
        boolean valid = Request.getCookies(request).stream()
                .anyMatch(c -> c.getName().equals(cookie) && access.isSession(c.getValue()));
        return valid ? null : unknown();
    }

    private static Problem unknown() {
        return Problem.of(401, "This browser is not signed in to this TrackIT, or it was started anew since.")
                .todo("Open the address with the token that \"trackit up\" printed in its terminal.");
    }

    /** The token in the address, raw; null if there is none. */
    private static @Nullable String token(Request request) {
        String query = request.getHttpURI().getQuery();
        if (query == null) {
            return null;
        }
        for (String pair : query.split("&")) {
            if (pair.equals("token") || pair.startsWith("token=")) {
                return pair.substring(Math.min(pair.length(), 6));
            }
        }
        return null;
    }

    /** A cookie for the token, and the same address without it, so that it stays in no history and no bookmark. */
    private void swap(Request request, Response response, Callback callback) {
        StringBuilder rest = new StringBuilder();
        String query = request.getHttpURI().getQuery();
        for (String pair : (query == null ? "" : query).split("&")) {
            if (!pair.equals("token") && !pair.startsWith("token=")) {
                rest.append(rest.length() == 0 ? "?" : "&").append(pair);
            }
        }
        String path = "/" + request.getHttpURI().getCanonicalPath().replaceAll("^[/\\\\]+", "");
        response.getHeaders()
                .add(
                        HttpHeader.SET_COOKIE,
                        cookieName(port.getAsInt()) + "=" + access.session() + "; Path=/; HttpOnly; SameSite=Strict");
        response.getHeaders().put(new HttpField(HttpHeader.LOCATION, path + rest));
        response.setStatus(303);
        response.write(true, null, callback);
    }
}
