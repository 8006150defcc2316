package dev.trackit.python.parse;

/**
 * A syntax error on its way to the statement that it costs. Never leaves the parser; has no stack trace, because it is
 * control flow.
 */
final class Fault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    final int offset;

    Fault(String message, int offset) {
        super(message, null, false, false);
        this.offset = offset;
    }

    String text() {
        String message = getMessage();
        return message == null ? "invalid syntax" : message;
    }
}
