package dev.trackit.core.record;

import dev.trackit.api.Digest;
import dev.trackit.api.NotebookId;
import dev.trackit.api.StoreException;
import dev.trackit.spi.LineageStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the texts that records of one log name by digest: those that stood in one of the records just before, and those that were
 * kept as payloads because they are long. Not safe for use by several threads.
 */
public final class ContentLookup {
    /** Twice what the writer promises, so that records appended twice after a failure do no harm. */
    private static final int REMEMBERED_RECORDS = 2 * TextPlacement.WINDOW_RECORDS;

    private static final int MAX_PAYLOAD_TEXT = 64 << 20;
    private static final int MAX_CACHED = 64;
    private static final int MAX_CACHED_LENGTH = 256 * 1024;

    private final LineageStore store;
    private final NotebookId notebook;
    private final LinkedHashMap<String, Seen> texts = new LinkedHashMap<>();
    private final Map<String, String> payloads = new HashMap<>();
    private long records;

    private record Seen(String text, long record) {}

    /** Looks in the log and the payloads of this notebook. */
    public ContentLookup(LineageStore store, NotebookId notebook) {
        this.store = store;
        this.notebook = notebook;
    }

    /** Tells that the next record is read; must be called once for each record of the log. */
    public void nextRecord() {
        records++;
        var eldest = texts.entrySet().iterator();
        while (eldest.hasNext() && eldest.next().getValue().record() < records - REMEMBERED_RECORDS) {
            eldest.remove();
        }
    }

    /**
     * The text of a field: the one that stands there, or the one that its digest names. Empty if it can no longer be found.
     *
     * @param name the field's name; its digest stands in {@code name + "Digest"}
     */
    String text(Fields fields, String name) {
        String digest = fields.text(name + "Digest");
        if (fields.hasText(name)) {
            String text = fields.text(name);
            if (text.length() >= TextPlacement.SHORT) {
                String key = digest.isEmpty() ? Digest.ofText(text).value() : digest;
                // Removed first, so that the map stays ordered by record and the eldest can be dropped.
                texts.remove(key);
                texts.put(key, new Seen(text, records));
            }
            return text;
        }
        if (digest.isEmpty()) {
            return "";
        }
        Seen seen = texts.get(digest);
        return seen != null ? seen.text() : payloadText(fields.digest(name + "Digest"), digest);
    }

    private String payloadText(Optional<Digest> digest, String key) {
        if (digest.isEmpty()) {
            return "";
        }
        String known = payloads.get(key);
        if (known != null) {
            return known;
        }
        try (InputStream in = store.payload(notebook, digest.get()).orElse(InputStream.nullInputStream())) {
            String text = new String(in.readNBytes(MAX_PAYLOAD_TEXT), StandardCharsets.UTF_8);
            if (payloads.size() >= MAX_CACHED) {
                payloads.clear();
            }
            if (text.length() <= MAX_CACHED_LENGTH) {
                payloads.put(key, text);
            }
            return text;
        } catch (IOException e) {
            throw new StoreException("Cannot read the payload " + digest.get() + " of " + notebook, e);
        }
    }
}
