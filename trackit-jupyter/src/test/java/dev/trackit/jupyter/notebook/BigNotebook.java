package dev.trackit.jupyter.notebook;

import dev.trackit.api.Digest;
import dev.trackit.api.Notebook;
import dev.trackit.api.Output;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Random;

/** Writes big notebooks, and reads one as the main program of a small process. */
final class BigNotebook {
    private BigNotebook() {}

    /** Writes a notebook of about this size: pictures, and if wanted half of it one single text in one single string. */
    static void write(Path file, long bytes, boolean withText) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            put(out, "{\"cells\":[");
            long pictures = withText ? bytes / 2 : bytes;
            byte[] picture = new byte[3 << 18];
            new Random(7).nextBytes(picture);
            byte[] encoded = Base64.getEncoder().encode(picture);
            for (long written = 0; written < pictures; written += encoded.length) {
                put(
                        out,
                        "{\"cell_type\":\"code\",\"execution_count\":1,\"metadata\":{},\"source\":\"plot(" + written
                                + ")\",\"outputs\":[{\"output_type\":\"display_data\",\"metadata\":{},\"data\":{\"image/png\":\"");
                out.write(encoded);
                put(out, "\\n\",\"text/plain\":\"<Figure>\"}}]},\n");
            }
            put(
                    out,
                    "{\"cell_type\":\"code\",\"execution_count\":2,\"metadata\":{},\"source\":\"print(all)\",\"outputs\":[{"
                            + "\"output_type\":\"stream\",\"name\":\"stdout\",\"text\":\"");
            byte[] line = "loss: 0.123456 — step 12, \\\"accuracy\\\": 0.98\\n".getBytes(StandardCharsets.UTF_8);
            for (long written = 0; withText && written < bytes / 2; written += line.length) {
                out.write(line);
            }
            put(out, "\"}]}],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":5}");
        }
    }

    private static void put(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the notebook that the first argument names, and prints what it found. */
    public static void main(String[] arguments) {
        Path file = Path.of(arguments[0]);
        Notebook notebook = new NotebookReader().read(file);
        NotebookFacts facts = new NotebookReader().facts(file);
        Output first = notebook.cells().get(0).outputs().get(0);
        Output last =
                notebook.cells().get(notebook.cells().size() - 1).outputs().get(0);
        System.out.println("cells " + notebook.cells().size() + " " + facts.cells() + " picture " + first.bytes()
                + " text "
                + last.bytes() + " " + last.textCut() + " " + last.text().length() + " "
                + notebook.digest().equals(digest(file)));
    }

    private static Digest digest(Path file) {
        MessageDigest sha256 = Digest.sha256();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                sha256.update(buffer, 0, got);
            }
            return Digest.of(sha256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
