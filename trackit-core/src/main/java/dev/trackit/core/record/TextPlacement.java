package dev.trackit.core.record;

import dev.trackit.api.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a text of a record is kept, so that each content is stored once and the end of a log can still be read without its
 * beginning.
 *
 * <ul>
 *   <li>A short text stands in its record, always: a digest would not be shorter.
 *   <li>A long text is kept as a payload, once for ever, and named by digest.
 *   <li>Any other stands in the first record that needs it, and is named by digest in those after it. When the record where it
 *       stood last is more than {@link #WINDOW_RECORDS} back, it is written again. So whoever reads the last records of a log
 *       begins at most so many records earlier.
 * </ul>
 *
 * <p>Not safe for use by several threads. Its memory is bounded by the window.
 */
final class TextPlacement {
    /** Texts of fewer characters always stand in their record. */
    static final int SHORT = 256;
    /** Texts of more characters are kept as payloads. */
    static final int LONG = 32 * 1024;
    /** How many records back a text may stand that is named by digest alone. */
    static final int WINDOW_RECORDS = 2_048;

    private final LinkedHashMap<Digest, Long> placed = new LinkedHashMap<>();
    private final PayloadSink payloads;
    private long record;

    /** Keeps payloads. */
    @FunctionalInterface
    interface PayloadSink {
        /** Keeps this text by this digest. */
        void keep(Digest digest, String text);
    }

    TextPlacement(PayloadSink payloads) {
        this.payloads = payloads;
    }

    /** Tells that the next record is made. */
    void nextRecord() {
        record++;
        var eldest = placed.entrySet().iterator();
        while (eldest.hasNext() && eldest.next().getValue() <= record - WINDOW_RECORDS) {
            eldest.remove();
        }
    }

    /** Forgets what was placed, after records may have been lost. */
    void forget() {
        placed.clear();
    }

    /** Puts a text, or its digest, or both, into a record under construction. */
    void put(Map<String, @Nullable Object> fields, String name, String text, @Nullable Digest known, boolean always) {
        if (text.length() < SHORT) {
            fields.put(name, text);
            if (always) {
                fields.put(name + "Digest", (known == null ? Digest.ofText(text) : known).value());
            }
            return;
        }
        Digest digest = known == null ? Digest.ofText(text) : known;
        if (text.length() > LONG) {
            payloads.keep(digest, text);
        } else if (!placed.containsKey(digest)) {
            placed.put(digest, record);
            fields.put(name, text);
        }
        fields.put(name + "Digest", digest.value());
    }
}
