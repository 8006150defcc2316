package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What an analyzer says of one execution.
 *
 * @param execution the execution's id
 * @param statements its top-level statements, in order
 * @param variables each top-level name that the execution bound, or whose value it changed, and that still exists at its end; what
 *     earlier analyses of the session say of other names still holds
 * @param frames what the outputs reveal about datasets, as they were when the execution ended
 * @param problems what could not be understood, in sentences with line numbers
 */
public record Analysis(
        String execution,
        List<Statement> statements,
        List<Variable> variables,
        List<FrameState> frames,
        List<String> problems) {

    /** Checks and copies. */
    public Analysis {
        requireNonNull(execution, "execution");
        statements = List.copyOf(statements);
        variables = List.copyOf(variables);
        frames = List.copyOf(frames);
        problems = List.copyOf(problems);
    }

    /** Whether nothing is known of what the code did: no analyzer understood it, and {@link #problems()} says why. */
    public boolean isUnknown() {
        return statements.isEmpty() && !problems.isEmpty();
    }
}
