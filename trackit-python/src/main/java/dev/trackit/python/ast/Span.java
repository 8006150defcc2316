package dev.trackit.python.ast;

/**
 * Where a node stands in the source of its cell.
 *
 * <p>Offsets and columns count UTF-16 code units ({@code char}s) of the source as it was given, prompts and indentation
 * that IPython strips included, so {@code source.substring(start, end)} is the node's text. CPython counts columns in
 * UTF-8 bytes; for ASCII source both are equal.
 *
 * @param start offset of the first character, from 0
 * @param end offset after the last character
 * @param line line of the first character, from 1
 * @param column column of the first character, from 0
 * @param endLine line of the end, from 1
 * @param endColumn column after the last character, from 0
 */
public record Span(int start, int end, int line, int column, int endLine, int endColumn) {

    /** The smallest span that covers both; {@code this} must not begin after {@code last} ends. */
    public Span to(Span last) {
        return new Span(start, last.end, line, column, last.endLine, last.endColumn);
    }

    /** Whether the other span lies within this one. */
    public boolean contains(Span other) {
        return start <= other.start && other.end <= end;
    }

    /** The characters of {@code source}, the source of the cell, that this span covers. */
    public String text(String source) {
        return source.substring(start, end);
    }
}
