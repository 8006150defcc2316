package dev.trackit.runner.web.http;

import dev.trackit.api.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page's own files, from the program's resources and from nowhere else: names are checked letter by letter before anything is opened.
 * Safe for use by several threads.
 */
public final class PageFiles {
    private static final String ROOT = "/dev/trackit/runner/page/";
    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9][a-z0-9_-]*/){0,3}[a-z0-9][a-z0-9_-]*\\.([a-z0-9]{2,5})");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "woff2", "font/woff2",
            "json", "application/json; charset=utf-8");

    private final Map<String, PageFile> read = new ConcurrentHashMap<>();

    /** One file. @param tag its entity tag, quotes included */
    public record PageFile(byte[] content, String type, String tag) {}

    /** The file of this name, such as {@code js/main.js}; empty if there is none. */
    public Optional<PageFile> file(String name) {
        var matcher = NAME.matcher(name);
        String type = matcher.matches() ? TYPES.get(matcher.group(1)) : null;
        if (type == null) {
            return Optional.empty();
        }
        PageFile known = read.get(name);
        if (known == null) {
            known = read(name, type);
            // From class files the resources may change under a developer's hands; in a jar they cannot.
            if (known != null && isPacked()) {
                read.put(name, known);
            }
        }
        return Optional.ofNullable(known);
    }

    private static boolean isPacked() {
        return PageFiles.class.getResource("PageFiles.class").getProtocol().equals("jar");
    }

    private static @Nullable PageFile read(String name, String type) {
        try (InputStream in = PageFiles.class.getResourceAsStream(ROOT + name)) {
            if (in == null) {
                return null;
            }
            byte[] content = in.readAllBytes();
            return new PageFile(content, type, '"' + Digest.of(content).value().substring(7, 23) + '"');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
