package dev.trackit.core;

import dev.trackit.api.TrackitException;
import java.util.List;

/** No notebook, or more than one, answers to a name. The message says so and lists what may have been meant. */
public final class UnknownNotebookException extends TrackitException {
    private static final long serialVersionUID = 1L;

    private final transient List<NotebookSummary> candidates;
    private final boolean ambiguous;

    UnknownNotebookException(String message, boolean ambiguous, List<NotebookSummary> candidates) {
        super(message);
        this.ambiguous = ambiguous;
        this.candidates = List.copyOf(candidates);
    }

    /** Whether several notebooks answer to the name; otherwise none does. */
    public boolean ambiguous() {
        return ambiguous;
    }

    /** The notebooks that answer to the name, or, if none does, those with the most similar names. */
    public List<NotebookSummary> candidates() {
        return candidates;
    }
}
