package dev.trackit.python.parse;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What all rules of the {@link Lexer} stand on: the rows of tokens found, the place where the next is looked for, lines
 * with their indentation, and open brackets. Rules as in CPython's {@code Parser/tokenizer}.
 */
abstract class LineScanner {

    /** CPython's limit of open brackets. */
    static final int MAX_BRACKETS = 200;
    /** CPython's limit of indentation levels. */
    static final int MAX_INDENTS = 100;

    private static final int TAB = 8;
    private static final String TABS = "inconsistent use of tabs and spaces in indentation";

    final SourceText source;
    final char[] text;
    final int limit;

    int[] kinds = new int[64];
    int[] starts = new int[64];
    int[] ends = new int[64];
    int[] lines = new int[64];
    int[] endLines = new int[64];

    @Nullable
    String[] names = new @Nullable String[64];

    int count;
    /** What is wrong, once an {@link Token#ERROR} was met. */
    String fault = "";

    int pos;
    int line;
    boolean failed;

    final char[] brackets = new char[MAX_BRACKETS + 1];
    private final int[] bracketOffsets = new int[MAX_BRACKETS + 1];
    int depth;

    int[] indents = new int[MAX_INDENTS + 1];
    int[] tabIndents = new int[MAX_INDENTS + 1];
    int level;

    LineScanner(SourceText source, int start, int end) {
        this.source = source;
        this.text = source.chars;
        this.pos = start;
        this.limit = end;
        this.line = source.lineOf(start);
    }

    /** Where the next token will be looked for. */
    final int position() {
        return pos;
    }

    /** Forgets the tokens before {@code first}, which becomes number 0. */
    final void forget(int first) {
        int kept = count - first;
        System.arraycopy(kinds, first, kinds, 0, kept);
        System.arraycopy(starts, first, starts, 0, kept);
        System.arraycopy(ends, first, ends, 0, kept);
        System.arraycopy(lines, first, lines, 0, kept);
        System.arraycopy(endLines, first, endLines, 0, kept);
        System.arraycopy(names, first, names, 0, kept);
        count = kept;
    }

    final void add(int kind, int start, int end, int startLine) {
        int i = count++;
        if (i == kinds.length) {
            grow();
        }
        kinds[i] = kind;
        starts[i] = start;
        ends[i] = end;
        lines[i] = startLine;
        endLines[i] = line;
    }

    final void grow() {
        int size = kinds.length * 2;
        kinds = Arrays.copyOf(kinds, size);
        starts = Arrays.copyOf(starts, size);
        ends = Arrays.copyOf(ends, size);
        lines = Arrays.copyOf(lines, size);
        endLines = Arrays.copyOf(endLines, size);
        names = Arrays.copyOf(names, size);
    }

    final void fail(String message, int offset, int offsetLine) {
        failed = true;
        fault = message;
        add(Token.ERROR, offset, Math.min(offset + 1, limit), offsetLine);
        endLines[count - 1] = offsetLine;
        if (offset < limit && (text[offset] == '\n' || text[offset] == '\r')) {
            ends[count - 1] = offset;
        }
    }

    final char at(int offset) {
        return offset < limit ? text[offset] : '\0';
    }

    /** The length of the line end at {@code offset}, or 0. */
    final int newline(int offset) {
        if (offset >= limit) {
            return 0;
        }
        char c = text[offset];
        return c == '\n' ? 1 : c != '\r' ? 0 : at(offset + 1) == '\n' ? 2 : 1;
    }

    /** Measures the indentation of the next line that is not blank; false if there is no further token in a line. */
    final boolean indentation() {
        while (true) {
            int column = 0;
            int tabColumn = 0;
            int continued = -1;
            int continuedTab = 0;
            while (pos < limit) {
                char c = text[pos];
                if (c == ' ') {
                    column++;
                    tabColumn++;
                } else if (c == '\t') {
                    column = (column / TAB + 1) * TAB;
                    tabColumn++;
                } else if (c == '\f') {
                    column = 0;
                    tabColumn = 0;
                } else if (c == '\\' && newline(pos + 1) > 0) {
                    continued = continued < 0 ? column : continued;
                    continuedTab = tabColumn;
                    pos += newline(pos + 1);
                    line++;
                } else {
                    break;
                }
                pos++;
            }
            if (pos < limit && text[pos] == '#') {
                skipComment();
            }
            if (pos >= limit) {
                return end();
            }
            int newline = newline(pos);
            if (newline == 0) {
                return continued < 0
                        ? indentTo(column, tabColumn)
                        : indentTo(continued, Math.min(continuedTab, continued));
            }
            pos += newline;
            line++;
        }
    }

    final boolean end() {
        while (level > 0) {
            level--;
            add(Token.DEDENT, pos, pos, line);
        }
        add(Token.END, pos, pos, line);
        return false;
    }

    final boolean indentTo(int column, int tabColumn) {
        if (column > indents[level]) {
            if (level == MAX_INDENTS || tabColumn <= tabIndents[level]) {
                fail(level == MAX_INDENTS ? "too many levels of indentation" : TABS, pos, line);
                return false;
            }
            level++;
            indents[level] = column;
            tabIndents[level] = tabColumn;
            add(Token.INDENT, pos, pos, line);
            return true;
        }
        while (column < indents[level]) {
            level--;
            add(Token.DEDENT, pos, pos, line);
        }
        if (column != indents[level] || tabColumn != tabIndents[level]) {
            fail(column == indents[level] ? TABS : "unindent does not match any outer indentation level", pos, line);
            return false;
        }
        return true;
    }

    /** Skips blanks, comments, joined lines, and line ends within brackets; false if that failed. */
    final boolean skipBlanks() {
        while (pos < limit) {
            char c = text[pos];
            if (c == ' ' || c == '\t' || c == '\f') {
                pos++;
            } else if (c == '\n' || c == '\r') {
                if (depth == 0) {
                    return true;
                }
                pos += newline(pos);
                line++;
            } else if (c == '#') {
                skipComment();
            } else if (c == '\\') {
                int newline = newline(pos + 1);
                if (newline == 0) {
                    fail(
                            pos + 1 >= limit
                                    ? "unexpected end of the cell after a backslash"
                                    : "unexpected character after line continuation character",
                            pos,
                            line);
                    return false;
                }
                pos += 1 + newline;
                line++;
            } else {
                return true;
            }
        }
        return true;
    }

    final void skipComment() {
        while (pos < limit && text[pos] != '\n' && text[pos] != '\r') {
            pos++;
        }
    }

    /** Moves to the end of the line and of the lines that backslashes join to it, blanks at the end not counted. */
    final void restOfLine() {
        int start = pos;
        while (pos < limit) {
            int newline = newline(pos);
            if (newline == 0) {
                pos++;
            } else if (pos > start && text[pos - 1] == '\\' && pos + newline < limit) {
                pos += newline;
                line++;
            } else {
                break;
            }
        }
        while (pos > start + 1 && (text[pos - 1] == ' ' || text[pos - 1] == '\t')) {
            pos--;
        }
    }

    final void endOfText() {
        if (depth > 0) {
            int open = bracketOffsets[depth];
            fail("'" + brackets[depth] + "' was never closed", open, source.lineOf(open));
        } else {
            add(Token.NEWLINE, pos, pos, line);
        }
    }

    final void open(char bracket, int kind) {
        if (depth == MAX_BRACKETS) {
            fail("too many nested parentheses", pos, line);
            return;
        }
        depth++;
        brackets[depth] = bracket;
        bracketOffsets[depth] = pos;
        pos++;
        add(kind, pos - 1, pos, line);
    }
}
