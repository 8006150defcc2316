package dev.trackit.python.ast;

/** A unary operator. */
public enum UnaryOperator {
    INVERT("~"),
    NOT("not"),
    U_ADD("+"),
    U_SUB("-");

    private final String symbol;

    UnaryOperator(String symbol) {
        this.symbol = symbol;
    }

    /** As written in Python. */
    public String symbol() {
        return symbol;
    }
}
