package dev.trackit.spi;

import dev.trackit.api.CaptureException;
import dev.trackit.api.Cell;
import dev.trackit.api.Notebook;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds notebooks and running kernels, and reports what happens to them, in order, without disturbing them.
 *
 * <p>A source is passive: it never executes code, never writes to a notebook, and never makes a kernel or a front end wait. What it
 * could not see it reports as a {@link CaptureEvent.Missed}. It is safe for use by several threads.
 */
public interface NotebookSource extends AutoCloseable {

    /**
     * Begins to watch, and reports to this listener until {@link #close()}. May be called once. Returns soon; finding goes on in
     * the source's own threads.
     */
    void start(CaptureListener listener);

    /**
     * The notebook files that exist below the watched folder now, absolute, in order of their paths. May take seconds for tens of
     * thousands of notebooks.
     *
     * @throws CaptureException if the folder cannot be read
     */
    List<Path> notebooks();

    /**
     * Whether this source reads such a file, judged by its name alone.
     */
    boolean reads(Path file);

    /**
     * Reads a notebook file.
     *
     * @throws CaptureException if the file is not a notebook that this source can read; the message says what is wrong, and where
     */
    Notebook read(Path file);

    /**
     * The recorder wants the content of this notebook: from now on the source reads it when it is saved and reports a
     * {@link CaptureEvent.NotebookSaved}, the first soon after this call if the file exists. Of other notebooks a
     * source reports, besides that they moved or are gone, only saves that happen while it watches, so that a folder of 10,000
     * notebooks costs no reading. To follow again
     * replaces {@code known}. A notebook that moves stays followed under its new path. May be called before
     * {@link #start}. By default nothing happens: a source without files has nothing to follow.
     *
     * @param notebook the file, which need not exist yet
     * @param known the cells of the last record of this notebook, in order, from which the source goes on giving ids to cells of
     *     formats that have none; empty if there is no record
     */
    default void follow(Path notebook, List<Cell> known) {}

    /** The recorder wants no content of this notebook any more. Unknown paths are ignored. */
    default void unfollow(Path notebook) {}

    /** What the source sees at present: each kernel it knows. */
    List<KernelStatus> kernels();

    /** Warnings for the user, in sentences: a limit that was reached, a folder that cannot be watched. Empty if all is well. */
    List<String> warnings();

    /** Stops watching, ends its threads and closes its connections. Idempotent. No event is reported after it returned. */
    @Override
    void close();
}
