package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What an analyzer says of one execution.
 *
 * @param execution the execution's id
 * @param statements its top-level statements, in order
 * @param frames what the outputs reveal about datasets, as they were when the execution ended
 * @param problems what could not be understood, in sentences with line numbers
 */
public record Analysis(String execution, List<Statement> statements, List<FrameState> frames, List<String> problems) {

    /** Checks and copies. */
    public Analysis {
        requireNonNull(execution, "execution");
        statements = List.copyOf(statements);
        frames = List.copyOf(frames);
        problems = List.copyOf(problems);
    }
}
