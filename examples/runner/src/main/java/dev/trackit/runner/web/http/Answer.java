package dev.trackit.runner.web.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Answers in JSON. */
public final class Answer {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

    private Answer() {}

    /** Writes one value. */
    @FunctionalInterface
    public interface Content {
        /** Writes it. */
        void writeTo(JsonGenerator json) throws IOException;
    }

    /** Answers with this value. */
    public static void json(Context context, Content content) {
        written(context, bytes(content));
    }

    /** Answers with what {@link #bytes} wrote. */
    public static void written(Context context, byte[] value) {
        context.contentType("application/json; charset=utf-8").result(value);
    }

    /** Answers that work has begun which goes on after this answer, and under which id its progress is found. */
    public static void accepted(Context context, String id) {
        json(context, g -> {
            g.writeStartObject();
            g.writeStringField("id", id);
            g.writeEndObject();
        });
        context.status(202);
    }

    /** Answers with this problem, as a page or as JSON. */
    public static void problem(Context context, Problem problem) {
        String accept = context.header("Accept");
        context.status(problem.status());
        if (ProblemResponse.wantsPage(accept == null ? "" : accept)) {
            context.header("Content-Security-Policy", ProblemResponse.policy());
            context.contentType("text/html; charset=utf-8").result(ProblemResponse.page(problem));
        } else {
            context.contentType("application/json; charset=utf-8").result(ProblemResponse.json(problem));
        }
    }

    /** A text as UTF-8; lone surrogates become U+FFFD. */
    public static byte[] utf8(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
        try (Writer out = writer(bytes)) {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Writer writer(ByteArrayOutputStream bytes) {
        return new OutputStreamWriter(
                bytes,
                StandardCharsets.UTF_8
                        .newEncoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)
                        .replaceWith(REPLACEMENT));
    }

    /** A value as UTF-8. Notebooks can hold lone surrogates, which UTF-8 cannot: they become U+FFFD. */
    public static byte[] bytes(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4_096);
        try (Writer out = writer(bytes);
                JsonGenerator json = FACTORY.createGenerator(out)) {
            content.writeTo(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
