package dev.trackit.runner.web.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * One address that is served.
 *
 * @param method how it is asked for
 * @param path with its parts in braces
 * @param page whether a browser that navigates there gets the page, and only who asks for JSON gets the data
 * @param handler what answers
 */
public record Route(HandlerType method, String path, boolean page, Handler handler) {
    /** A view: the page for browsers, and its data. */
    public static Route view(String path, Handler handler) {
        return new Route(HandlerType.GET, path, true, handler);
    }

    /** Data or a file, the same for all. */
    public static Route get(String path, Handler handler) {
        return new Route(HandlerType.GET, path, false, handler);
    }

    /** Something that changes or starts something. */
    public static Route change(HandlerType method, String path, Handler handler) {
        return new Route(method, path, false, handler);
    }
}
