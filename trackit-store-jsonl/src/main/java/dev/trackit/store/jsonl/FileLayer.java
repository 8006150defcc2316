package dev.trackit.store.jsonl;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the store asks of a file system, and nothing more, so that tests can put one in its place that fails, or that forgets
 * what was never forced. Each method is one step that a crash can come before or after.
 */
interface FileLayer {

    /**
     * Opens an existing file for reading.
     *
     * @throws java.nio.file.NoSuchFileException if it does not exist
     * @throws IOException also if it is anything but a regular file; links are not followed
     */
    LogFile openToRead(Path file) throws IOException;

    /** Opens a file for reading and writing; creates it, empty and readable by its owner only, if it does not exist. */
    LogFile openToWrite(Path file) throws IOException;

    /** Creates a folder for its owner only. Does nothing if it exists; fails if something else is in its place. */
    void createFolder(Path folder) throws IOException;

    /** Renames a file within its folder, replacing what has the new name, in one step. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file if it exists. */
    void delete(Path file) throws IOException;

    /** Makes durable which names the folder holds. */
    void forceFolder(Path folder) throws IOException;

    /** The names in a folder, in no order; none if the folder does not exist. */
    List<String> names(Path folder) throws IOException;

    /** Whether something of this name exists. */
    boolean exists(Path file);
}
