package dev.trackit.store.jsonl;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.trackit.api.LineageRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the landmarks of one segment begin: see {@link dev.trackit.spi.LineageStore#landmarks}.
 *
 * <p>A writer that goes on in a new segment leaves that of the one before in a file beside it: one line in the form of the log, chained to the
 * origin, that names the segment's size and last link. It is only a shorter way: where it is missing, cannot be read, or tells of other bytes than the
 * segment's, the segment itself is searched, and each line that it leads to is checked against the chain like any other. Of a type that is
 * not rare it holds no places. Immutable.
 */
final class SegmentIndex {
    private static final Logger logger = LoggerFactory.getLogger(SegmentIndex.class);
    private static final String TYPE = "log.index";
    private static final String EXECUTION = "execution";
    private static final byte[] SUPERSEDES = "\"supersedes\":".getBytes(US_ASCII);
    private static final int[] SKIPS = skips(SUPERSEDES);
    /** Of a type with more records in a segment no places are kept. */
    private static final int MAX_PLACES = 4_096;

    private static final int MAX_BYTES = 8 << 20;

    private final Map<String, List<Long>> places;

    private SegmentIndex(Map<String, List<Long>> places) {
        this.places = places;
    }

    /** Where the landmarks of these types begin, ascending; empty if it does not tell of each. */
    Optional<long[]> of(Set<String> types) {
        List<Long> found = new ArrayList<>();
        for (String type : types) {
            List<Long> at = places.getOrDefault(type, List.of());
            if (at.contains(-1L)) {
                return Optional.empty();
            }
            found.addAll(at);
        }
        return Optional.of(found.stream().mapToLong(Long::longValue).sorted().toArray());
    }

    /** Searches a segment for the landmarks of these types; null for those of all. What cannot be read as a line is passed over. */
    static Map<String, List<Long>> search(LogFile file, @Nullable Set<String> types) throws IOException {
        Map<String, List<Long>> places = new LinkedHashMap<>();
        LineScanner scanner = new LineScanner(file, 0);
        boolean header = true;
        while (scanner.next()) {
            byte[] buffer = scanner.buffer();
            int start = scanner.start();
            int length = scanner.length();
            if (!header && !scanner.oversize()) {
                String type = LineFormat.type(buffer, start, length);
                boolean wanted = types == null || types.contains(type);
                if (wanted && (!type.equals(EXECUTION) || supersedes(buffer, start, length))) {
                    places.computeIfAbsent(type, t -> new ArrayList<>()).add(scanner.position() - length - 1);
                }
            }
            header = false;
        }
        return places;
    }

    /** Leaves the index of a segment to which nothing is added any more. If that fails, nothing is lost but time. */
    static void save(LogHome home, long segment) {
        try (LogFile file = home.layer().openToRead(home.files().segment(segment))) {
            long size = file.size();
            byte[] tail = new byte[LineFormat.TAIL + 1];
            if (size < tail.length || !file.readFully(ByteBuffer.wrap(tail), size - tail.length)) {
                return;
            }
            int at = LineFormat.linkAt(0, LineFormat.TAIL);
            String link = new String(tail, at, LineFormat.LINK, US_ASCII);
            if (!LogTail.endsWith(file, size, link)) {
                return;
            }
            Map<String, List<Long>> places = search(file, null);
            places.replaceAll((type, found) -> found.size() > MAX_PLACES ? List.of(-1L) : found);
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("segment", segment);
            data.put("size", size);
            data.put("link", link);
            data.put("places", places);
            write(home, segment, data);
        } catch (IOException e) {
            logger.debug("The index of segment {} of {} could not be written", segment, home.log(), e);
        }
    }

    private static void write(LogHome home, long segment, Map<String, Object> data) throws IOException {
        LineEncoder encoder = new LineEncoder();
        encoder.begin(LineFormat.origin(), 0);
        encoder.record(LineageRecord.of(TYPE, home.clock().instant(), data));
        try (LogFile draft = home.layer().openToWrite(home.files().indexDraft())) {
            draft.truncate(0);
            draft.writeFully(ByteBuffer.wrap(encoder.array(), 0, encoder.length()), 0);
        }
        home.layer().rename(home.files().indexDraft(), home.files().index(segment));
    }

    /** The index of a segment, if there is one that tells of just these bytes. */
    static Optional<SegmentIndex> read(LogHome home, long segment, LogFile of) throws IOException {
        if (!home.layer().exists(home.files().index(segment))) {
            return Optional.empty();
        }
        try (LogFile file = home.layer().openToRead(home.files().index(segment))) {
            LineScanner scanner = new LineScanner(file, 0);
            if (file.size() > MAX_BYTES || !scanner.next()) {
                return Optional.empty();
            }
            ChainChecker checker = ChainChecker.after(LineFormat.origin(), 0);
            if (checker.line(scanner.buffer(), scanner.start(), scanner.length()) != ChainChecker.Verdict.WHOLE) {
                return Optional.empty();
            }
            Map<String, @Nullable Object> data = new LineDecoder()
                    .decode(scanner.buffer(), scanner.start(), scanner.length())
                    .map(LineageRecord::fields)
                    .orElse(Map.of());
            boolean fits = data.get("size") instanceof Long size
                    && data.get("link") instanceof String link
                    && size == of.size()
                    && LogTail.endsWith(of, size, link);
            return fits && data.get("places") instanceof Map<?, ?> places
                    ? Optional.of(new SegmentIndex(numbers(places)))
                    : Optional.empty();
        }
    }

    private static Map<String, List<Long>> numbers(Map<?, ?> places) {
        Map<String, List<Long>> numbers = new LinkedHashMap<>();
        places.forEach((type, list) -> {
            if (type instanceof String name && list instanceof List<?> at) {
                numbers.put(
                        name,
                        at.stream()
                                .filter(Long.class::isInstance)
                                .map(Long.class::cast)
                                .toList());
            }
        });
        return numbers;
    }

    // A quote within a text stands behind a backslash, so these bytes are found only where a field has this name. The
    // search is
    // Horspool's (1980).
    private static boolean supersedes(byte[] buffer, int start, int length) {
        int last = SUPERSEDES.length - 1;
        int end = start + length;
        for (int i = start + last; i < end; i += SKIPS[buffer[i] & 0xFF]) {
            if (buffer[i] == ':' && Arrays.equals(buffer, i - last, i + 1, SUPERSEDES, 0, SUPERSEDES.length)) {
                return true;
            }
        }
        return false;
    }

    private static int[] skips(byte[] pattern) {
        int[] skips = new int[256];
        Arrays.fill(skips, pattern.length);
        for (int i = 0; i < pattern.length - 1; i++) {
            skips[pattern[i] & 0xFF] = pattern.length - 1 - i;
        }
        return skips;
    }
}
