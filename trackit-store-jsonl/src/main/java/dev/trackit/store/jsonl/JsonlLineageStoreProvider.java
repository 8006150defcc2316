package dev.trackit.store.jsonl;

import dev.trackit.api.ConfigurationException;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LineageStoreProvider;
import dev.trackit.spi.ProviderContext;

/**
 * Opens the store {@code jsonl}: append-only logs of JSON Lines in the folder {@code logs} of the data folder, one folder per notebook.
 * A record is acknowledged after it is forced to disk. The format and what it protects against are described in
 * {@code docs/log-format.md}.
 *
 * <p>Option {@value #SEGMENT_BYTES}: the size in bytes at which a log goes on in a new file, {@code 4096} to {@code 1099511627776};
 * 64 MiB without it.
 *
 * <p>Option {@value #FORCE}: {@code false} acknowledges records that a power cut may take away again, for measuring and for stores that are thrown
 * away; {@code true} without it.
 */
public final class JsonlLineageStoreProvider implements LineageStoreProvider {
    /** The id, {@value}. */
    public static final String ID = "jsonl";

    /** The name of the option for the size of a segment. */
    public static final String SEGMENT_BYTES = "jsonl.segment-bytes";

    /** The name of the option that leaves out forcing to disk. */
    public static final String FORCE = "jsonl.force";

    private static final long DEFAULT_SEGMENT_BYTES = 64L << 20;
    private static final long MIN_SEGMENT_BYTES = 4096;
    private static final long MAX_SEGMENT_BYTES = 1L << 40;

    /** A provider; does nothing yet. */
    public JsonlLineageStoreProvider() {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public LineageStore open(ProviderContext context) {
        long segmentBytes = context.option(SEGMENT_BYTES)
                .map(JsonlLineageStoreProvider::segmentBytes)
                .orElse(DEFAULT_SEGMENT_BYTES);
        boolean forced =
                context.option(FORCE).map(JsonlLineageStoreProvider::forced).orElse(true);
        return new JsonlLineageStore(new DiskFileLayer(forced), context.dataFolder(), context.clock(), segmentBytes);
    }

    private static boolean forced(String text) {
        return switch (text.strip()) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new ConfigurationException(
                        "The option " + FORCE + " is \"" + text + "\". Expected true or false.");
        };
    }

    private static long segmentBytes(String text) {
        try {
            long bytes = Long.parseLong(text.strip());
            if (bytes >= MIN_SEGMENT_BYTES && bytes <= MAX_SEGMENT_BYTES) {
                return bytes;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new ConfigurationException("The option " + SEGMENT_BYTES + " is \"" + text
                + "\". Expected a number of bytes from " + MIN_SEGMENT_BYTES + " to " + MAX_SEGMENT_BYTES + ".");
    }
}
