package dev.trackit.core.record;

import dev.trackit.api.Digest;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.NotebookId;
import dev.trackit.api.StoreException;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    private final long position;
    private final LinkedHashMap<String, Seen> texts = new LinkedHashMap<>();
    private final Map<String, String> payloads = new HashMap<>();
    /** The texts of the records before the position from which the log is read, once one of them was needed. */
    private @Nullable Map<String, Seen> lead;

    private long records;

    private record Seen(String text, long record) {}

    /** Looks in the log and the payloads of this notebook. */
    public ContentLookup(LineageStore store, NotebookId notebook) {
        this(store, notebook, 0);
    }

    /** The same for who reads the log from this position on. Texts of the records just before it are looked for when one is needed. */
    public ContentLookup(LineageStore store, NotebookId notebook, long position) {
        this.store = store;
        this.notebook = notebook;
        this.position = position;
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
        if (seen != null) {
            return seen.text();
        }
        Seen before = position > 0 && records <= REMEMBERED_RECORDS ? lead().get(digest) : null;
        return before != null && before.record() >= records - REMEMBERED_RECORDS
                ? before.text()
                : payloadText(fields.digest(name + "Digest"), digest);
    }

    /** Takes the texts of a record that is not read otherwise: later records may name them. */
    public void takeAll(Fields fields) {
        Map<String, Seen> found = new LinkedHashMap<>();
        collect(fields.values(), records, found);
        found.forEach((digest, seen) -> {
            texts.remove(digest);
            texts.put(digest, seen);
        });
    }

    private Map<String, Seen> lead() {
        Map<String, Seen> known = lead;
        if (known == null) {
            known = new HashMap<>();
            try (LogReader reader = store.reader(LogId.capture(notebook), Math.max(0, position - REMEMBERED_RECORDS))) {
                for (Optional<LineageRecord> r = reader.next();
                        r.isPresent() && reader.position() <= position;
                        r = reader.next()) {
                    collect(r.get().fields(), reader.position() - position, known);
                }
            }
            lead = known;
        }
        return known;
    }

    /** Takes the texts that stand beside their digests, however deep. */
    private static void collect(@Nullable Object value, long record, Map<String, Seen> into) {
        if (value instanceof List<?> list) {
            list.forEach(element -> collect(element, record, into));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((name, part) -> {
                if (part instanceof String text
                        && text.length() >= TextPlacement.SHORT
                        && map.get(name + "Digest") instanceof String digest) {
                    into.put(digest, new Seen(text, record));
                } else {
                    collect(part, record, into);
                }
            });
        }
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
