package dev.trackit.benchmarks.data;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Writes notebooks (nbformat 4.5) of a wanted size, as Jupyter does: indented by one space, sources as lists of lines. Immutable. */
public final class NotebookWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private NotebookWriter() {}

    /**
     * Writes a notebook.
     *
     * @param code the code cells' sources, in order; execution counts follow
     * @param textBytes how much printed text each cell shows
     * @param pictureBytes how large a picture each tenth cell shows, before base64; 0 for none
     */
    public static void write(Path file, List<String> code, int textBytes, int pictureBytes, long seed) {
        Random random = new Random(seed);
        try (JsonGenerator json = JSON.createGenerator(file.toFile(), JsonEncoding.UTF8)) {
            json.setPrettyPrinter(new OneSpace());
            json.writeStartObject();
            json.writeArrayFieldStart("cells");
            for (int i = 0; i < code.size(); i++) {
                writeCell(json, code.get(i), i, textBytes, i % 10 == 9 ? pictureBytes : 0, random);
            }
            json.writeEndArray();
            writeHead(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeCell(
            JsonGenerator json, String code, int index, int textBytes, int pictureBytes, Random random)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("cell_type", "code");
        json.writeNumberField("execution_count", index + 1);
        json.writeStringField("id", String.format("%08x", 0x10000000L + index));
        json.writeObjectFieldStart("metadata");
        json.writeEndObject();
        json.writeArrayFieldStart("outputs");
        if (textBytes > 0) {
            writeStream(json, textBytes, random);
        }
        if (pictureBytes > 0) {
            writePicture(json, pictureBytes, random);
        }
        json.writeEndArray();
        writeLines(json, "source", code);
        json.writeEndObject();
    }

    private static void writeStream(JsonGenerator json, int bytes, Random random) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", "stdout");
        json.writeStringField("output_type", "stream");
        writeLines(json, "text", text(bytes, random));
        json.writeEndObject();
    }

    private static void writePicture(JsonGenerator json, int bytes, Random random) throws IOException {
        byte[] picture = new byte[bytes];
        random.nextBytes(picture);
        json.writeStartObject();
        json.writeObjectFieldStart("data");
        json.writeStringField("image/png", Base64.getEncoder().encodeToString(picture));
        writeLines(json, "text/plain", "<Figure size 640x480 with 1 Axes>");
        json.writeEndObject();
        json.writeObjectFieldStart("metadata");
        json.writeEndObject();
        json.writeStringField("output_type", "display_data");
        json.writeEndObject();
    }

    /** Lines that look like a printed table. */
    private static String text(int bytes, Random random) {
        StringBuilder text = new StringBuilder(bytes + 80);
        while (text.length() < bytes) {
            text.append(random.nextInt(100_000)).append("  ").append(random.nextDouble());
            text.append("  name_").append(random.nextInt(1_000)).append('\n');
        }
        text.setLength(bytes);
        return text.toString();
    }

    private static void writeLines(JsonGenerator json, String name, String text) throws IOException {
        json.writeArrayFieldStart(name);
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end + 1;
            json.writeString(text.substring(from, to));
            from = to;
        }
        json.writeEndArray();
    }

    private static void writeHead(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("metadata");
        json.writeObjectFieldStart("kernelspec");
        json.writeStringField("display_name", "Python 3");
        json.writeStringField("language", "python");
        json.writeStringField("name", "python3");
        json.writeEndObject();
        json.writeObjectFieldStart("language_info");
        json.writeStringField("name", "python");
        json.writeEndObject();
        json.writeEndObject();
        json.writeNumberField("nbformat", 4);
        json.writeNumberField("nbformat_minor", 5);
    }
}
