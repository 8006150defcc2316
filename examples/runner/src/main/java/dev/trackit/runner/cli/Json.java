package dev.trackit.runner.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.Writer;

/** Writes JSON lines. A class of its own, so that commands without JSON do not load the JSON library. */
final class Json {
    private final JsonGenerator generator;
    private final Writer out;

    Json(Writer out) throws IOException {
        this.out = out;
        this.generator = new JsonFactory()
                .createGenerator(out)
                .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .configure(StreamWriteFeature.STRICT_DUPLICATE_DETECTION.mappedFeature(), false)
                .setPrettyPrinter(new MinimalPrettyPrinter(""));
    }

    void line(Console.JsonContent content) throws IOException {
        content.writeTo(generator);
        generator.flush();
        out.write('\n');
    }
}
