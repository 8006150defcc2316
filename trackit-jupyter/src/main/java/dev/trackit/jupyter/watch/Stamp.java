package dev.trackit.jupyter.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a file from another without reading it.
 *
 * @param size in bytes
 * @param modified the time of last change
 * @param fileKey the file's identity on its device (the inode), where the system has one
 */
record Stamp(long size, FileTime modified, @Nullable Object fileKey) {

    /** The stamp of the regular file at this path, links followed; null if there is none. */
    static @Nullable Stamp of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile() ? of(attributes) : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** The stamp in these attributes. */
    static Stamp of(BasicFileAttributes attributes) {
        return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }

    /**
     * Whether a file with this stamp is the same file under another name. A renamed file keeps all three; the identity alone
     * does not suffice, because systems give the inode of a deleted file to the next new one.
     */
    boolean isSameFileAs(Stamp that) {
        return fileKey != null && equals(that);
    }

    /** Whether a file with this stamp may be this one, moved from another device by a program that keeps times. */
    boolean mayBeMovedTo(Stamp that) {
        return size > 0 && size == that.size && modified.equals(that.modified);
    }
}
