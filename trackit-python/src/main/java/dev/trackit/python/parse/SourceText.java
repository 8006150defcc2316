package dev.trackit.python.parse;

import dev.trackit.python.ast.Span;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The characters of a cell as IPython would run them, with their lines, and the way back to the source as it was given.
 *
 * <p>IPython strips the indentation that the whole cell shares and the prompts of pasted sessions. Both only shorten the
 * beginning of lines, so a position is mapped back by its line.
 */
final class SourceText {

    /** The source as it was given. */
    final String original;

    final char[] chars;
    final int length;
    /** Offsets of the first characters of lines; lines count from 0 here. */
    final int[] lineStarts;

    final int lineCount;
    /** Per line the number of characters stripped in all lines before and in it; null if nothing was stripped. */
    private final int @Nullable [] shifts;

    private SourceText(String original, char[] chars, int[] lineStarts, int lineCount, int @Nullable [] shifts) {
        this.original = original;
        this.chars = chars;
        this.length = chars.length;
        this.lineStarts = lineStarts;
        this.lineCount = lineCount;
        this.shifts = shifts;
    }

    /** The source of a cell, without what IPython strips. */
    static SourceText of(String source) {
        SourceText text = plain(source);
        int @Nullable [] stripped = Prompts.stripped(text);
        return stripped == null ? text : text.without(stripped);
    }

    /** The source as it is. */
    static SourceText plain(String source) {
        char[] chars = source.toCharArray();
        int[] starts = new int[16 + chars.length / 24];
        int count = 1;
        for (int i = 0; i < chars.length; i++) {
            char c = chars[i];
            if (c == '\n' || c == '\r' && !(i + 1 < chars.length && chars[i + 1] == '\n')) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        return new SourceText(source, chars, starts, count, null);
    }

    /** This text without the first {@code stripped[line]} characters of each line. */
    private SourceText without(int[] stripped) {
        char[] kept = new char[length];
        int[] starts = new int[lineCount];
        int[] shifts = new int[lineCount];
        int size = 0;
        int shift = 0;
        for (int line = 0; line < lineCount; line++) {
            int from = lineStarts[line] + stripped[line];
            int to = line + 1 < lineCount ? lineStarts[line + 1] : length;
            shift += stripped[line];
            shifts[line] = shift;
            starts[line] = size;
            System.arraycopy(chars, from, kept, size, to - from);
            size += to - from;
        }
        return new SourceText(original, Arrays.copyOf(kept, size), starts, lineCount, shifts);
    }

    /** The span between two offsets whose lines are known. */
    Span span(int start, int line, int end, int endLine) {
        int column = start - lineStarts[line];
        int endColumn = end - lineStarts[endLine];
        if (shifts == null) {
            return new Span(start, end, line + 1, column, endLine + 1, endColumn);
        }
        int lineShift = shifts[line];
        int endShift = shifts[endLine];
        return new Span(
                start + lineShift,
                end + endShift,
                line + 1,
                column + lineShift - (line == 0 ? 0 : shifts[line - 1]),
                endLine + 1,
                endColumn + endShift - (endLine == 0 ? 0 : shifts[endLine - 1]));
    }

    /** The span between two offsets. */
    Span span(int start, int end) {
        return span(start, lineOf(start), end, lineOf(end));
    }

    /** The line of an offset, from 0. */
    int lineOf(int offset) {
        int found = Arrays.binarySearch(lineStarts, 0, lineCount, offset);
        return found >= 0 ? found : -found - 2;
    }

    /** The offset after the last character of a line, its line end not counted. */
    int lineEnd(int line) {
        int end = line + 1 < lineCount ? lineStarts[line + 1] : length;
        while (end > lineStarts[line] && (chars[end - 1] == '\n' || chars[end - 1] == '\r')) {
            end--;
        }
        return end;
    }

    String text(int start, int end) {
        return new String(chars, start, end - start);
    }
}
