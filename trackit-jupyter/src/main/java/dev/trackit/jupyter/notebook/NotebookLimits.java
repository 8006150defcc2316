package dev.trackit.jupyter.notebook;

/**
 * How much of a notebook is read. A notebook beyond a limit is refused with a message that says so, except that texts of
 * outputs are cut.
 *
 * <p>Besides these, JSON may be nested 1,000 levels deep, names of members may have 65,536 bytes, and numbers 1,000
 * characters. Payloads of outputs have no limit of their own: they are digested as they pass and never held.
 *
 * @param fileBytes the longest file. Standard: 8 GiB
 * @param sourceBytes all cells' sources together. Standard: 64 MiB
 * @param cells how many cells. Standard: 100,000
 * @param outputs how many outputs, adjacent parts of a stream joined. Standard: 100,000
 * @param textBytes how much text of one output is kept, in bytes of UTF-8. Standard: 64 KiB
 * @param heldTextBytes how much text of all outputs together is kept; after that, texts are cut to nothing. Standard: 16 MiB
 */
public record NotebookLimits(
        long fileBytes, int sourceBytes, int cells, int outputs, int textBytes, int heldTextBytes) {
    private static final NotebookLimits STANDARD =
            new NotebookLimits(8L << 30, 64 << 20, 100_000, 100_000, 64 << 10, 16 << 20);

    /** Checks. */
    public NotebookLimits {
        if (fileBytes <= 0 || sourceBytes <= 0 || cells <= 0 || outputs <= 0 || textBytes < 0 || heldTextBytes < 0) {
            throw new IllegalArgumentException("Limits of notebooks must be positive");
        }
    }

    /** The limits named above. */
    public static NotebookLimits standard() {
        return STANDARD;
    }

    /** These limits with another length of the text of one output. */
    public NotebookLimits withTextBytes(int bytes) {
        return new NotebookLimits(fileBytes, sourceBytes, cells, outputs, bytes, heldTextBytes);
    }
}
