package dev.trackit.jupyter.notebook;

/**
 * What is wrong with a JSON text, and where. Never leaves this package: {@link NotebookReader} turns it into an exception that
 * names the file.
 */
final class JsonFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long offset;
    private final boolean incomplete;

    private JsonFault(String message, long offset, boolean incomplete) {
        super(message, null, false, false);
        this.offset = offset;
        this.incomplete = incomplete;
    }

    /**
     * The text is wrong, whatever may follow.
     *
     * @param message a clause that follows the file's name, without a full stop
     */
    static JsonFault at(long offset, String message) {
        return new JsonFault(message, offset, false);
    }

    /** The text is right as far as it goes, but ends too early. */
    static JsonFault endsEarly(long offset, String message) {
        return new JsonFault(message, offset, true);
    }

    /** The place in bytes from the start of the file. */
    long offset() {
        return offset;
    }

    /** Whether more bytes could make it right. */
    boolean incomplete() {
        return incomplete;
    }

    /** The message; this class always has one. */
    String clause() {
        return String.valueOf(getMessage());
    }
}
