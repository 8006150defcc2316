package dev.trackit.python.parse;

/** The kinds of tokens, as ints so that the parser can switch over them and index tables by them. */
final class Token {

    static final int END = 0;
    static final int NEWLINE = 1;
    static final int INDENT = 2;
    static final int DEDENT = 3;
    /** What cannot be a token. Nothing accepts it and nothing follows it. */
    static final int ERROR = 4;

    static final int NAME = 5;
    static final int NUMBER = 6;
    static final int STRING = 7;
    static final int FSTRING_START = 8;
    static final int FSTRING_MIDDLE = 9;
    static final int FSTRING_END = 10;
    /** A line of IPython that begins with an escape character, or what follows {@code =} where that is one. */
    static final int ESCAPE = 11;
    /** A line that asks for help by a question mark at its end. */
    static final int HELP = 12;

    static final int LEFT_PAREN = 13;
    static final int RIGHT_PAREN = 14;
    static final int LEFT_BRACKET = 15;
    static final int RIGHT_BRACKET = 16;
    static final int LEFT_BRACE = 17;
    static final int RIGHT_BRACE = 18;
    static final int COMMA = 19;
    static final int COLON = 20;
    static final int SEMICOLON = 21;
    static final int DOT = 22;
    static final int ELLIPSIS = 23;
    static final int ARROW = 24;
    static final int COLON_EQUAL = 25;
    static final int EXCLAMATION = 26;
    static final int EQUAL = 27;

    static final int PLUS = 28;
    static final int MINUS = 29;
    static final int STAR = 30;
    static final int AT = 31;
    static final int SLASH = 32;
    static final int PERCENT = 33;
    static final int DOUBLE_STAR = 34;
    static final int LEFT_SHIFT = 35;
    static final int RIGHT_SHIFT = 36;
    static final int BAR = 37;
    static final int CARET = 38;
    static final int AMPERSAND = 39;
    static final int DOUBLE_SLASH = 40;
    static final int TILDE = 41;

    /** The augmented assignment of a binary operator is its kind plus this. */
    static final int AUGMENTED = 14;

    static final int FIRST_AUGMENTED = PLUS + AUGMENTED;
    static final int LAST_AUGMENTED = DOUBLE_SLASH + AUGMENTED;

    static final int EQUAL_EQUAL = 55;
    static final int NOT_EQUAL = 56;
    static final int LESS = 57;
    static final int LESS_EQUAL = 58;
    static final int GREATER = 59;
    static final int GREATER_EQUAL = 60;

    static final int FIRST_KEYWORD = 61;
    static final int FALSE = 61;
    static final int NONE = 62;
    static final int TRUE = 63;
    static final int AND = 64;
    static final int AS = 65;
    static final int ASSERT = 66;
    static final int ASYNC = 67;
    static final int AWAIT = 68;
    static final int BREAK = 69;
    static final int CLASS = 70;
    static final int CONTINUE = 71;
    static final int DEF = 72;
    static final int DEL = 73;
    static final int ELIF = 74;
    static final int ELSE = 75;
    static final int EXCEPT = 76;
    static final int FINALLY = 77;
    static final int FOR = 78;
    static final int FROM = 79;
    static final int GLOBAL = 80;
    static final int IF = 81;
    static final int IMPORT = 82;
    static final int IN = 83;
    static final int IS = 84;
    static final int LAMBDA = 85;
    static final int NONLOCAL = 86;
    static final int NOT = 87;
    static final int OR = 88;
    static final int PASS = 89;
    static final int RAISE = 90;
    static final int RETURN = 91;
    static final int TRY = 92;
    static final int WHILE = 93;
    static final int WITH = 94;
    static final int YIELD = 95;
    static final int COUNT = 96;

    /** The keywords, in the order of their kinds from {@link #FIRST_KEYWORD}. */
    static final String[] KEYWORDS = {
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
        "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
        "not", "or", "pass", "raise", "return", "try", "while", "with", "yield"
    };

    private Token() {}
}
