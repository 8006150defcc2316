package dev.trackit.store.jsonl;

import dev.trackit.api.StoreException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Turns faults of the file system into messages for the user. */
final class Faults {
    private Faults() {}

    /** An exception that says what could not be done, why, and, where that is known, what helps. */
    static StoreException of(String what, IOException fault) {
        String reason = reason(fault);
        return new StoreException(what + ": " + reason + "." + advice(fault, reason), fault);
    }

    private static String reason(IOException fault) {
        if (fault instanceof NoSuchFileException e) {
            return e.getFile() + " does not exist";
        } else if (fault instanceof AccessDeniedException e) {
            return "access to " + e.getFile() + " is denied";
        } else if (fault instanceof FileSystemException e && e.getReason() != null) {
            return e.getFile() + " " + (e.getReason().startsWith("is ") ? "" : "– ") + e.getReason();
        }
        return fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
    }

    private static String advice(IOException fault, String reason) {
        if (reason.contains("No space left") || reason.contains("quota")) {
            return " Nothing acknowledged is lost; free some space, and it works again.";
        } else if (fault instanceof AccessDeniedException || reason.contains("Read-only file system")) {
            return " Make it writable for you, or place the store elsewhere.";
        }
        return "";
    }
}
