package dev.trackit.core.lineage;

import dev.trackit.api.Execution;
import java.nio.file.Path;
import java.util.Optional;

/** Looks at the files that executions read, so that a later change can be told. */
@FunctionalInterface
public interface ExternalObserver {

    /** What the file looks like now, or nothing if it is not there or if looking makes no sense for this execution. Never throws. */
    Optional<ExternalDataset.State> look(Execution execution, Path file);

    /** Looks at nothing. */
    static ExternalObserver noop() {
        return (execution, file) -> Optional.empty();
    }
}
