package dev.trackit.python.parse;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a range of a source into tokens, one logical line at a time and only when asked, so that the parser can give up a
 * line and start again behind it.
 *
 * <p>Tokens are rows of parallel arrays. Rules as in CPython's {@code Parser/tokenizer}; f-strings are cut as PEP 701
 * has it, by a stack of modes. The first character of a logical line is also looked at with IPython's eyes.
 */
final class Lexer {

    /** CPython's limit of open brackets. */
    static final int MAX_BRACKETS = 200;
    /** CPython's limit of indentation levels. */
    static final int MAX_INDENTS = 100;

    private static final int MAX_MODES = 150;
    private static final int TAB = 8;

    final SourceText source;
    private final char[] text;
    private final int limit;
    private final NameTable table;
    private final boolean ipython;

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

    private int pos;
    private int line;
    private int lineFirst;
    private boolean failed;
    private boolean assigned;

    private final char[] brackets = new char[MAX_BRACKETS + 1];
    private final int[] bracketOffsets = new int[MAX_BRACKETS + 1];
    private int depth;

    int[] indents = new int[MAX_INDENTS + 1];
    int[] tabIndents = new int[MAX_INDENTS + 1];
    int level;

    private static final int IN_STRING = 0;
    private static final int IN_FIELD = 1;
    private static final int IN_SPEC = 2;
    private int[] modes = new int[8];
    /** The quote of the f-string that the mode belongs to. */
    private char[] quotes = new char[8];

    private boolean[] triples = new boolean[8];
    private boolean[] raws = new boolean[8];
    private int[] fieldDepths = new int[8];
    private int mode = -1;

    /** A lexer of {@code source} from {@code start} to {@code end}; escapes of IPython are recognised if asked. */
    Lexer(SourceText source, int start, int end, NameTable table, boolean ipython) {
        this.source = source;
        this.text = source.chars;
        this.pos = start;
        this.limit = end;
        this.table = table;
        this.ipython = ipython;
        this.line = source.lineOf(start);
    }

    /**
     * Starts again at the beginning of a line, with the given levels of indentation open. The first {@code kept} tokens
     * stay, and after them one that stands for what is passed over.
     */
    void restart(
            int kept,
            int badStart,
            int badEnd,
            int atLine,
            int atOffset,
            int[] openIndents,
            int[] openTabs,
            int openLevel) {
        depth = 0;
        mode = -1;
        failed = false;
        if (starts.length != kinds.length || names.length != kinds.length || endLines.length != kinds.length) {
            // the stack ended while the arrays grew; only a restart with nothing to keep comes from there
            count = 0;
            grow();
        }
        count = kept;
        line = source.lineOf(badEnd);
        add(Token.ERROR, badStart, badEnd, source.lineOf(badStart));
        pos = Math.min(atOffset, limit);
        line = atLine;
        System.arraycopy(openIndents, 0, indents, 0, openLevel + 1);
        System.arraycopy(openTabs, 0, tabIndents, 0, openLevel + 1);
        level = openLevel;
    }

    /** Where the next token will be looked for. */
    int position() {
        return pos;
    }

    /** Forgets the tokens before {@code first}, which becomes number 0. */
    void forget(int first) {
        int kept = count - first;
        System.arraycopy(kinds, first, kinds, 0, kept);
        System.arraycopy(starts, first, starts, 0, kept);
        System.arraycopy(ends, first, ends, 0, kept);
        System.arraycopy(lines, first, lines, 0, kept);
        System.arraycopy(endLines, first, endLines, 0, kept);
        System.arraycopy(names, first, names, 0, kept);
        count = kept;
    }

    /** Appends the tokens of the next logical line, up to its {@link Token#NEWLINE}, or an error or the end. */
    void fill() {
        if (failed) {
            add(Token.ERROR, pos, pos, line);
            return;
        }
        assigned = false;
        if (!indentation()) {
            return;
        }
        lineFirst = count;
        if (ipython && isEscape(pos)) {
            escapedLine();
        }
        int kind;
        do {
            if (mode >= 0 && modes[mode] != IN_FIELD) {
                stringPart();
            } else {
                token();
            }
            kind = kinds[count - 1];
        } while (kind > Token.NEWLINE && kind != Token.ERROR);
    }

    private void add(int kind, int start, int end, int startLine) {
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

    private void grow() {
        int size = kinds.length * 2;
        kinds = Arrays.copyOf(kinds, size);
        starts = Arrays.copyOf(starts, size);
        ends = Arrays.copyOf(ends, size);
        lines = Arrays.copyOf(lines, size);
        endLines = Arrays.copyOf(endLines, size);
        names = Arrays.copyOf(names, size);
    }

    private void fail(String message, int offset, int offsetLine) {
        failed = true;
        fault = message;
        add(Token.ERROR, offset, Math.min(offset + 1, limit), offsetLine);
        endLines[count - 1] = offsetLine;
        if (offset < limit && (text[offset] == '\n' || text[offset] == '\r')) {
            ends[count - 1] = offset;
        }
    }

    private char at(int offset) {
        return offset < limit ? text[offset] : '\0';
    }

    /** The length of the line end at {@code offset}, or 0. */
    private int newline(int offset) {
        if (offset >= limit) {
            return 0;
        }
        char c = text[offset];
        return c == '\n' ? 1 : c != '\r' ? 0 : at(offset + 1) == '\n' ? 2 : 1;
    }

    /** Measures the indentation of the next line that is not blank; false if there is no further token in a line. */
    private boolean indentation() {
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

    private boolean end() {
        while (level > 0) {
            level--;
            add(Token.DEDENT, pos, pos, line);
        }
        add(Token.END, pos, pos, line);
        return false;
    }

    private boolean indentTo(int column, int tabColumn) {
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

    private static final String TABS = "inconsistent use of tabs and spaces in indentation";

    private void skipComment() {
        while (pos < limit && text[pos] != '\n' && text[pos] != '\r') {
            pos++;
        }
    }

    private void token() {
        if (!skipBlanks()) {
            return;
        }
        int start = pos;
        if (start >= limit) {
            endOfText();
            return;
        }
        char c = text[start];
        if (Chars.isNameStart(c)) {
            name(start);
        } else if (c >= '0' && c <= '9' || c == '.' && Chars.isDigit(at(start + 1))) {
            number(start);
        } else if (c == '"' || c == '\'') {
            string(start, start, 0);
        } else if (c == '\n' || c == '\r') {
            pos += newline(start);
            add(Token.NEWLINE, start, start, line);
            line++;
        } else {
            operator(c, start);
        }
    }

    /** Skips blanks, comments, joined lines, and line ends within brackets; false if that failed. */
    private boolean skipBlanks() {
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

    private void endOfText() {
        if (depth > 0) {
            int open = bracketOffsets[depth];
            fail("'" + brackets[depth] + "' was never closed", open, source.lineOf(open));
        } else {
            add(Token.NEWLINE, pos, pos, line);
        }
    }

    private void name(int start) {
        int at = start;
        int hash = 0;
        char c = '\0';
        while (at < limit && (c = text[at]) < 128 && Chars.isNamePart(c)) {
            hash = 31 * hash + c;
            at++;
        }
        if (at < limit && c >= 128) {
            unicodeName(start);
            return;
        }
        pos = at;
        if ((c == '"' || c == '\'') && at < limit && at - start <= 2) {
            int prefix = Chars.prefix(text, start, at);
            if (prefix >= 0) {
                string(start, at, prefix);
                return;
            }
        }
        int kind = NameTable.kind(text, start, at, hash);
        add(kind, start, at, line);
        if (kind == Token.NAME) {
            names[count - 1] = table.name(text, start, at, hash);
        }
    }

    private void unicodeName(int start) {
        int at = start;
        while (at < limit) {
            int c = Character.codePointAt(text, at, limit);
            if (!(at == start ? Chars.isUnicodeStart(c) : Chars.isUnicodePart(c))) {
                if (c >= 128) {
                    fail(String.format("invalid character '%s' (U+%04X)", Character.toString(c), c), at, line);
                    return;
                }
                break;
            }
            at += Character.charCount(c);
        }
        pos = at;
        add(Token.NAME, start, at, line);
        names[count - 1] = NameTable.normalized(text, start, at);
    }

    private void number(int start) {
        int end = Numbers.scan(text, start, limit);
        if (end < 0) {
            fail("invalid number", start, line);
            return;
        }
        pos = end;
        add(Token.NUMBER, start, end, line);
    }

    /** A string whose quote is at {@code quoteAt}, with the prefix before it. */
    private void string(int start, int quoteAt, int prefix) {
        char quote = text[quoteAt];
        boolean triple = at(quoteAt + 1) == quote && at(quoteAt + 2) == quote;
        pos = quoteAt + (triple ? 3 : 1);
        if ((prefix & Chars.FORMATTED) != 0) {
            add(Token.FSTRING_START, start, pos, line);
            pushMode(IN_STRING, quote, triple, (prefix & Chars.RAW) != 0, start);
            return;
        }
        int startLine = line;
        int at = pos;
        while (at < limit) {
            char c = text[at];
            if (c == quote) {
                if (!triple || at(at + 1) == quote && at(at + 2) == quote) {
                    pos = at + (triple ? 3 : 1);
                    add(Token.STRING, start, pos, startLine);
                    return;
                }
            } else if (c == '\\') {
                at++;
                int newline = newline(at);
                if (newline > 0) {
                    line++;
                    at += newline;
                    continue;
                }
            } else if (c == '\n' || c == '\r') {
                if (!triple) {
                    break;
                }
                line++;
                at += newline(at);
                continue;
            }
            at++;
        }
        line = startLine;
        fail(triple ? "unterminated triple-quoted string literal" : "unterminated string literal", start, startLine);
    }

    private void pushMode(int kind, char quote, boolean triple, boolean raw, int offset) {
        if (mode + 1 == MAX_MODES) {
            fail("too many nested f-strings", offset, line);
            return;
        }
        mode++;
        if (mode == modes.length) {
            int size = mode * 2;
            modes = Arrays.copyOf(modes, size);
            quotes = Arrays.copyOf(quotes, size);
            triples = Arrays.copyOf(triples, size);
            raws = Arrays.copyOf(raws, size);
            fieldDepths = Arrays.copyOf(fieldDepths, size);
        }
        modes[mode] = kind;
        quotes[mode] = quote;
        triples[mode] = triple;
        raws[mode] = raw;
        fieldDepths[mode] = depth;
    }

    /** The next literal part of an f-string or of a format specification, and the token that ends it. */
    private void stringPart() {
        int start = pos;
        int startLine = line;
        int end = literalEnd();
        if (end < 0) {
            return;
        }
        pos = end;
        if (end > start) {
            add(Token.FSTRING_MIDDLE, start, end, startLine);
        }
        boolean inSpec = modes[mode] == IN_SPEC;
        char c = text[end];
        if (c == '{') {
            boolean triple = triples[mode];
            open('{', Token.LEFT_BRACE);
            if (!failed) {
                pushMode(IN_FIELD, quotes[mode], triple, raws[mode], end);
            }
        } else if (inSpec) {
            mode--;
            if (c == '}') {
                closeField();
            }
        } else {
            pos += triples[mode] ? 3 : 1;
            mode--;
            add(Token.FSTRING_END, end, pos, line);
        }
    }

    /** Scans to the brace, quote or line end that ends a literal part; -1 if there is none. */
    private int literalEnd() {
        char quote = quotes[mode];
        boolean triple = triples[mode];
        boolean raw = raws[mode];
        boolean inSpec = modes[mode] == IN_SPEC;
        int startLine = line;
        int at = pos;
        while (at < limit) {
            char c = text[at];
            if (c == quote && (!triple || at(at + 1) == quote && at(at + 2) == quote)) {
                if (inSpec) {
                    fail("f-string: expecting '}'", at, line);
                    return -1;
                }
                return at;
            } else if (c == '{') {
                if (inSpec || at(at + 1) != '{') {
                    return at;
                }
                at++;
            } else if (c == '}') {
                if (inSpec) {
                    return at;
                }
                if (at(at + 1) != '}') {
                    fail("f-string: single '}' is not allowed", at, line);
                    return -1;
                }
                at++;
            } else if (c == '\n' || c == '\r') {
                if (!triple) {
                    if (inSpec) {
                        return at;
                    }
                    break;
                }
                line++;
                at += newline(at) - 1;
            } else if (c == '\\') {
                at = escape(at, raw);
            }
            at++;
        }
        line = startLine;
        fail(triple ? "unterminated triple-quoted f-string literal" : "unterminated f-string literal", pos, startLine);
        return -1;
    }

    /** The last character of the escape sequence whose backslash is at {@code at}, as far as braces and quotes matter. */
    private int escape(int at, boolean raw) {
        char next = at(at + 1);
        if (next == '{' || next == '}') {
            return at;
        }
        int newline = newline(at + 1);
        if (newline > 0) {
            line++;
            return at + newline;
        }
        if (!raw && next == 'N' && at(at + 2) == '{') {
            int close = at + 3;
            while (close < limit && text[close] != '}' && text[close] != '\n') {
                close++;
            }
            return at(close) == '}' ? close : at + 1;
        }
        return at + 1;
    }

    private void open(char bracket, int kind) {
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

    private void close(char bracket, int kind) {
        char opened = bracket == ')' ? '(' : bracket == ']' ? '[' : '{';
        if (depth == 0 || mode >= 0 && depth == fieldDepths[mode] && bracket != '}') {
            fail("unmatched '" + bracket + "'", pos, line);
        } else if (brackets[depth] != opened) {
            fail(
                    "closing parenthesis '" + bracket + "' does not match opening parenthesis '" + brackets[depth]
                            + "'",
                    pos,
                    line);
        } else {
            depth--;
            pos++;
            add(kind, pos - 1, pos, line);
        }
    }

    private void closeField() {
        mode--;
        depth--;
        pos++;
        add(Token.RIGHT_BRACE, pos - 1, pos, line);
    }

    private boolean atFieldLevel() {
        return mode >= 0 && depth == fieldDepths[mode];
    }

    private void operator(char c, int start) {
        switch (c) {
            case '(' -> open(c, Token.LEFT_PAREN);
            case '[' -> open(c, Token.LEFT_BRACKET);
            case '{' -> open(c, Token.LEFT_BRACE);
            case ')' -> close(c, Token.RIGHT_PAREN);
            case ']' -> close(c, Token.RIGHT_BRACKET);
            case '}' -> {
                if (atFieldLevel()) {
                    closeField();
                } else {
                    close(c, Token.RIGHT_BRACE);
                }
            }
            case ':' -> {
                if (atFieldLevel()) {
                    symbol(Token.COLON, 1);
                    pushMode(IN_SPEC, quotes[mode], triples[mode], raws[mode], start);
                } else {
                    symbol(at(start + 1) == '=' ? Token.COLON_EQUAL : Token.COLON, at(start + 1) == '=' ? 2 : 1);
                }
            }
            case ',' -> symbol(Token.COMMA, 1);
            case ';' -> symbol(Token.SEMICOLON, 1);
            case '~' -> symbol(Token.TILDE, 1);
            case '.' -> {
                boolean three = at(start + 1) == '.' && at(start + 2) == '.';
                symbol(three ? Token.ELLIPSIS : Token.DOT, three ? 3 : 1);
            }
            case '=' -> {
                boolean twice = at(start + 1) == '=';
                symbol(twice ? Token.EQUAL_EQUAL : Token.EQUAL, twice ? 2 : 1);
                if (!twice && ipython && depth == 0) {
                    assigned();
                }
            }
            case '!' -> exclamation(start);
            case '?' -> question(start);
            case '<', '>' -> comparison(c, start);
            default -> arithmetic(c, start);
        }
    }

    private void symbol(int kind, int length) {
        pos += length;
        add(kind, pos - length, pos, line);
    }

    private void exclamation(int start) {
        if (at(start + 1) == '=') {
            symbol(Token.NOT_EQUAL, 2);
        } else if (atFieldLevel()) {
            symbol(Token.EXCLAMATION, 1);
        } else {
            fail("invalid syntax", start, line);
        }
    }

    private void comparison(char c, int start) {
        char next = at(start + 1);
        if (next == '=') {
            symbol(c == '<' ? Token.LESS_EQUAL : Token.GREATER_EQUAL, 2);
        } else if (next == c) {
            binary(c == '<' ? Token.LEFT_SHIFT : Token.RIGHT_SHIFT, 2);
        } else if (c == '<' && next == '>') {
            symbol(Token.NOT_EQUAL, 2);
        } else {
            symbol(c == '<' ? Token.LESS : Token.GREATER, 1);
        }
    }

    private void arithmetic(char c, int start) {
        boolean twice = at(start + 1) == c;
        switch (c) {
            case '+' -> binary(Token.PLUS, 1);
            case '-' -> {
                if (at(start + 1) == '>') {
                    symbol(Token.ARROW, 2);
                } else {
                    binary(Token.MINUS, 1);
                }
            }
            case '*' -> binary(twice ? Token.DOUBLE_STAR : Token.STAR, twice ? 2 : 1);
            case '/' -> binary(twice ? Token.DOUBLE_SLASH : Token.SLASH, twice ? 2 : 1);
            case '%' -> binary(Token.PERCENT, 1);
            case '@' -> binary(Token.AT, 1);
            case '|' -> binary(Token.BAR, 1);
            case '^' -> binary(Token.CARET, 1);
            case '&' -> binary(Token.AMPERSAND, 1);
            default -> {
                if (c >= 128) {
                    unicodeName(start);
                } else {
                    fail("invalid syntax", start, line);
                }
            }
        }
    }

    /** A binary operator, or its augmented assignment. */
    private void binary(int kind, int length) {
        boolean augmented = at(pos + length) == '=';
        symbol(augmented ? kind + Token.AUGMENTED : kind, augmented ? length + 1 : length);
    }

    // IPython's own lines; rules as in IPython.core.inputtransformer2.

    private boolean isEscape(int offset) {
        char c = text[offset];
        return c == '%' || c == '!' || c == '?' || c == ',' || c == ';' || c == '/';
    }

    /** A line that begins with an escape character, up to its end; a backslash at the end joins the next line. */
    private void escapedLine() {
        int start = pos;
        int startLine = line;
        restOfLine();
        int end = pos;
        if (text[start] != '?' && text[end - 1] == '?' && HelpLine.isHelp(text, start, end)) {
            add(Token.HELP, start, end, startLine);
        } else {
            add(Token.ESCAPE, start, end, startLine);
        }
    }

    /** Moves to the end of the line and of the lines that backslashes join to it, blanks at the end not counted. */
    private void restOfLine() {
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

    /** After the first {@code =} of a line: a magic or a command may follow as the value. */
    private void assigned() {
        boolean first = !assigned;
        assigned = true;
        int at = pos;
        while (at(at) == ' ' || at(at) == '\t') {
            at++;
        }
        char c = at(at);
        if (!first || at >= limit || !(c == '!' || c == '%' && Chars.isNameStart(at(at + 1)))) {
            return;
        }
        pos = at;
        int startLine = line;
        restOfLine();
        add(Token.ESCAPE, at, pos, startLine);
    }

    /** A question mark: the line asks for help if nothing follows it, else it is an error. */
    private void question(int start) {
        int end = at(start + 1) == '?' ? start + 2 : start + 1;
        int rest = end;
        while (rest < limit && (text[rest] == ' ' || text[rest] == '\t')) {
            rest++;
        }
        boolean ends = rest >= limit || newline(rest) > 0;
        int lineStart = lineFirst < count ? starts[lineFirst] : start;
        if (!ipython || depth > 0 || mode >= 0 || !ends || !HelpLine.isHelp(text, lineStart, end)) {
            fail("invalid syntax", start, line);
            return;
        }
        int startLine = lineFirst < count ? lines[lineFirst] : line;
        count = lineFirst;
        pos = end;
        add(Token.HELP, lineStart, end, startLine);
    }
}
