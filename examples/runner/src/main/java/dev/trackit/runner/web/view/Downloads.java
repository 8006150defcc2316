package dev.trackit.runner.web.view;

import dev.trackit.runner.web.live.NotebookRow;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Names of files that the page hands out. */
final class Downloads {
    private Downloads() {}

    /** To be saved. @param ending what follows the notebook's name, such as {@code -df.py} */
    static String attachment(NotebookRow row, String ending) {
        return "attachment; " + name(row, ending);
    }

    /** To be shown, and saved under this name. */
    static String inline(NotebookRow row, String ending) {
        return "inline; " + name(row, ending);
    }

    // RFC 6266: an ASCII name for all, and the true one in UTF-8.
    private static String name(NotebookRow row, String ending) {
        Path path = row.path();
        String file = path == null || path.getFileName() == null
                ? row.id()
                : path.getFileName().toString().replaceFirst("\\.ipynb$", "");
        String whole = (file + ending).replaceAll("[\\p{Cntrl}/\\\\:*?\"<>|]+", "_");
        String ascii = whole.replaceAll("[^A-Za-z0-9._-]+", "_");
        return "filename=\"" + ascii + "\"; filename*=UTF-8''"
                + URLEncoder.encode(whole, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
