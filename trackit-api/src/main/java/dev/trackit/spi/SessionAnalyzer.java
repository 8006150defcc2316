package dev.trackit.spi;

import dev.trackit.api.Analysis;
import dev.trackit.api.Execution;

/**
 * Follows one kernel session, execution by execution, and keeps what its namespace must look like. Not safe for use by several
 * threads. It holds no resources besides memory, and is simply forgotten when it is no longer needed.
 */
public interface SessionAnalyzer {

    /**
     * Says what this execution did. Must be called once for each execution of the session, in the order in which they ran. Costs time in
     * proportion to the execution and what it touches, not to the length of the session. Never throws because of what the code
     * looks like: what it does not understand it names in {@link Analysis#problems()}.
     */
    Analysis analyze(Execution execution);
}
