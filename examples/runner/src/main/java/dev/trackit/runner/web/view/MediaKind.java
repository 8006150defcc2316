package dev.trackit.runner.web.view;

import java.util.Locale;
import java.util.Set;

/** How an output may be shown. What is not known is not served at all. */
enum MediaKind {
    /** A picture without a program in it: served as it is. */
    RASTER,
    /** HTML and SVG: served as a document that may do nothing. */
    DOCUMENT,
    /** Text: served as plain text, whatever it says it is. */
    TEXT,
    /** Anything else. */
    OTHER;

    private static final Set<String> RASTERS =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/avif");

    static MediaKind of(String mime) {
        String type = type(mime);
        if (RASTERS.contains(type)) {
            return RASTER;
        } else if (type.equals("text/html") || type.equals("image/svg+xml")) {
            return DOCUMENT;
        }
        return type.startsWith("text/") || type.equals("application/json") ? TEXT : OTHER;
    }

    /** The media type without its parameters. */
    static String type(String mime) {
        int end = mime.indexOf(';');
        return (end < 0 ? mime : mime.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
