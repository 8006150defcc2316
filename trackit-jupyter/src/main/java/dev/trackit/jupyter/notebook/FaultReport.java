package dev.trackit.jupyter.notebook;

import dev.trackit.api.CaptureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Turns a {@link JsonFault} into a sentence for the user: file, line, column, and what to do. */
final class FaultReport {
    private static final int HEAD = 64;

    private FaultReport() {}

    /**
     * The exception for a fault in this file.
     *
     * @param reached how far the file was read, for faults that know no place
     */
    static CaptureException of(Path path, JsonFault fault, long reached) {
        String place = place(path, fault.offset() < 0 ? reached : fault.offset());
        String problem = "Cannot read notebook " + path + ": it " + fault.clause() + place + ".";
        if (fault.incomplete()) {
            return CaptureException.perhapsIncomplete(
                    problem + " Perhaps it is just being written; if it stays so, restore it from its checkpoint in"
                            + " .ipynb_checkpoints or from version control.",
                    fault);
        }
        return new CaptureException(problem + advice(path), fault);
    }

    private static String advice(Path path) {
        if (head(path).startsWith("version https://git-lfs")) {
            return " It is a pointer of Git LFS: fetch the file itself with \"git lfs pull\".";
        }
        return " Open it in Jupyter to see whether it is damaged; its checkpoint is in .ipynb_checkpoints.";
    }

    private static String head(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** Line and column, which editors show, found by reading the file again up to the fault; they count from 1, in bytes. */
    private static String place(Path path, long offset) {
        if (offset <= 0) {
            return "";
        }
        long line = 1;
        long lineStart = 0;
        byte[] buffer = new byte[(int) Math.min(offset, 1 << 16)];
        try (InputStream in = Files.newInputStream(path)) {
            long at = 0;
            while (at < offset) {
                int got = in.read(buffer, 0, (int) Math.min(buffer.length, offset - at));
                if (got < 0) {
                    break;
                }
                for (int i = 0; i < got; i++) {
                    if (buffer[i] == '\n') {
                        line++;
                        lineStart = at + i + 1;
                    }
                }
                at += got;
            }
        } catch (IOException e) {
            return " (byte " + offset + ")";
        }
        return " (line " + line + ", column " + (offset - lineStart + 1) + ", byte " + offset + ")";
    }
}
