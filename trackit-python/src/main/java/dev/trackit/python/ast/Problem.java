package dev.trackit.python.ast;

/**
 * Something in a cell that current Python would not accept.
 *
 * @param span where
 * @param message what is wrong, for a person
 * @param kind whether a statement was lost
 */
public record Problem(Span span, String message, Kind kind) {

    /** How a problem affects the tree. */
    public enum Kind {
        /** The statement is a {@link Stmt.BadStatement}. */
        SYNTAX,
        /** Valid in Python 2 only, and in the tree as what it means there. */
        PYTHON_2
    }
}
