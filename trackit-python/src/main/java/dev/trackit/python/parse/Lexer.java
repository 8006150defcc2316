package dev.trackit.python.parse;

/**
 * Cuts a range of a source into tokens, one logical line at a time and only when asked, so that the parser can give up a
 * line and start again behind it.
 *
 * <p>Tokens are rows of parallel arrays. Rules as in CPython's {@code Parser/tokenizer}; f-strings are cut as PEP 701
 * has it, by a stack of modes. The first character of a logical line is also looked at with IPython's eyes.
 */
final class Lexer extends LineScanner {

    private final NameTable table;
    private final boolean ipython;
    private int lineFirst;
    private boolean assigned;

    private final FormatModes modes = new FormatModes();

    /** A lexer of {@code source} from {@code start} to {@code end}; escapes of IPython are recognised if asked. */
    Lexer(SourceText source, int start, int end, NameTable table, boolean ipython) {
        super(source, start, end);
        this.table = table;
        this.ipython = ipython;
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
        modes.clear();
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
            if (modes.inText()) {
                stringPart();
            } else {
                token();
            }
            kind = kinds[count - 1];
        } while (kind > Token.NEWLINE && kind != Token.ERROR);
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
            enter(FormatModes.STRING, quote, triple, (prefix & Chars.RAW) != 0, start);
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

    private void enter(int kind, char quote, boolean triple, boolean raw, int offset) {
        if (!modes.enter(kind, quote, triple, raw, depth)) {
            fail("too many nested f-strings", offset, line);
        }
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
        boolean inSpec = modes.inSpec();
        char c = text[end];
        if (c == '{') {
            boolean triple = modes.triple();
            open('{', Token.LEFT_BRACE);
            if (!failed) {
                enter(FormatModes.FIELD, modes.quote(), triple, modes.raw(), end);
            }
        } else if (inSpec) {
            modes.leave();
            if (c == '}') {
                closeField();
            }
        } else {
            pos += modes.triple() ? 3 : 1;
            modes.leave();
            add(Token.FSTRING_END, end, pos, line);
        }
    }

    /** Scans to the brace, quote or line end that ends a literal part; -1 if there is none. */
    private int literalEnd() {
        char quote = modes.quote();
        boolean triple = modes.triple();
        boolean raw = modes.raw();
        boolean inSpec = modes.inSpec();
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

    private void close(char bracket, int kind) {
        char opened = bracket == ')' ? '(' : bracket == ']' ? '[' : '{';
        if (depth == 0 || modes.atDepth(depth) && bracket != '}') {
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
        modes.leave();
        depth--;
        pos++;
        add(Token.RIGHT_BRACE, pos - 1, pos, line);
    }

    private boolean atFieldLevel() {
        return modes.atDepth(depth);
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
                    enter(FormatModes.SPEC, modes.quote(), modes.triple(), modes.raw(), start);
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
        if (!ipython || depth > 0 || modes.any() || !ends || !HelpLine.isHelp(text, lineStart, end)) {
            fail("invalid syntax", start, line);
            return;
        }
        int startLine = lineFirst < count ? lines[lineFirst] : line;
        count = lineFirst;
        pos = end;
        add(Token.HELP, lineStart, end, startLine);
    }
}
