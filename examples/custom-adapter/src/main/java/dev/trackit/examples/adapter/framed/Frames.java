package dev.trackit.examples.adapter.framed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trackit.api.LineageRecord;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of frames in order. A frame is a length (4 bytes, big-endian, at least 1), the CRC-32C of what follows (4 bytes), and a record as
 * JSON of that length. A frame that is not there in full is no frame yet: it is being written, or what a crash left. Not safe for use by several
 * threads.
 */
final class Frames implements Closeable {
    private static final int HEADER = 8;
    // Escapes keep texts with unpaired surrogates as they are; encoding them as UTF-8 would not.
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private final RandomAccessFile file;
    private long end;

    Frames(Path path) throws IOException {
        this.file = new RandomAccessFile(path.toFile(), "r");
    }

    /**
     * One frame.
     *
     * @param start where it begins in the file
     * @param record what it holds; null if it is damaged
     */
    record Frame(long start, @Nullable LineageRecord record) {}

    /** The next frame, or null if there is none yet. */
    @Nullable
    Frame next() throws IOException {
        long available = file.length() - end;
        if (available < HEADER) {
            return null;
        }
        file.seek(end);
        int length = file.readInt();
        int checksum = file.readInt();
        if (length < 1 || length > available - HEADER) {
            return null;
        }
        byte[] json = new byte[length];
        file.readFully(json);
        long start = end;
        end += HEADER + length;
        return new Frame(start, checksum == checksum(json) ? decode(json) : null);
    }

    /** Where the frames that were read end. */
    long end() {
        return end;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    static byte[] encode(Iterable<LineageRecord> records) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (LineageRecord record : records) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("type", record.type());
            members.put("at", record.recordedAt().toString());
            members.put("fields", record.fields());
            byte[] json = JSON.writeValueAsString(members).getBytes(StandardCharsets.US_ASCII);
            out.writeInt(json.length);
            out.writeInt(checksum(json));
            out.write(json);
        }
        return bytes.toByteArray();
    }

    private static @Nullable LineageRecord decode(byte[] json) throws IOException {
        try {
            Content content = JSON.readValue(json, Content.class);
            return LineageRecord.of(content.type(), Instant.parse(content.at()), content.fields());
        } catch (JsonProcessingException | DateTimeException e) {
            return null;
        }
    }

    /** The members of a record. */
    private record Content(String type, String at, LinkedHashMap<String, @Nullable Object> fields) {}

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
