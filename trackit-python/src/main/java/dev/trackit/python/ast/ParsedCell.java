package dev.trackit.python.ast;

import java.util.List;

/**
 * A parsed cell.
 *
 * @param source the source as it was given
 * @param statements the top-level statements in order; their extents do not overlap
 * @param problems what is wrong with the source, in order; empty if a current Python would accept it
 * @param quiet whether the cell ends with a semicolon, which suppresses the display of its last value
 */
public record ParsedCell(String source, List<Stmt> statements, List<Problem> problems, boolean quiet) {
    public ParsedCell {
        statements = List.copyOf(statements);
        problems = List.copyOf(problems);
    }
}
