package dev.trackit.jupyter.discovery;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A process as far as it can be looked at.
 *
 * @param pid its id
 * @param command its command line
 * @param workingFolder where it was started; empty where the system does not tell
 * @param startedAt when it was started
 * @param sessionName {@code JPY_SESSION_NAME} of its environment; empty if it has none or the system does not tell
 * @param parentPid the process that started it, as it says itself in {@code JPY_PARENT_PID}, or as the system knows; -1 if not known
 */
record KernelProcess(
        long pid,
        List<String> command,
        Optional<Path> workingFolder,
        Optional<Instant> startedAt,
        String sessionName,
        long parentPid) {}
