package dev.trackit.jupyter.kernel;

import dev.trackit.api.NotebookMatch;
import dev.trackit.jupyter.wire.ConnectionInfo;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** What discovery knows of a kernel. Safe for use by several threads; no method waits. */
public interface KernelTarget {
    /** The kernel, the same across restarts. */
    String kernelId();

    /** Where it listens. */
    ConnectionInfo info();

    /** The language in lower case; empty if not known. */
    String language();

    /** The folder it was started in, if known. */
    Optional<Path> workingFolder();

    /** When its process started, if known. */
    Optional<Instant> startedAt();

    /** Which notebook it belongs to, as far as known now. */
    NotebookMatch match();

    /** Whether something listens at its address. May take a few milliseconds. */
    boolean answers();
}
