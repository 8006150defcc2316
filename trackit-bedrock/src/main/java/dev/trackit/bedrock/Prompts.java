package dev.trackit.bedrock;

import dev.trackit.api.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The prompts, which are versioned resources, and the fence around notebook text.
 *
 * <p>The fence is a line that holds a digest of the very text it surrounds. So the text cannot contain its own fence, whoever wrote
 * it, and equal requests are equal to the byte: a dry run shows what would be sent, and an answer can be kept by the digest of its
 * request.
 */
final class Prompts {
    /** Changes with every change of a prompt's meaning; part of each summary's provenance and of each kept answer's key. */
    static final String VERSION = "1";

    private static final String FOLDER = "prompts-" + VERSION + "/";

    private final String system = load("system");
    private final String outline = load("outline");
    private final String part = load("part");
    private final String join = load("join");
    private final String repair = load("repair");
    private final String judgeSystem = load("judge-system");
    private final String judge = load("judge");

    String system() {
        return system;
    }

    String outline(String text) {
        return fill(outline, text, Map.of());
    }

    String part(String text, int part, int parts) {
        return fill(this.part, text, Map.of("part", Integer.toString(part), "parts", Integer.toString(parts)));
    }

    String join(String text) {
        return fill(join, text, Map.of());
    }

    String judgeSystem() {
        return judgeSystem;
    }

    String judge(String text) {
        return fill(judge, text, Map.of());
    }

    String repair(String answer, String problem) {
        return fill(repair, answer, Map.of("problem", problem));
    }

    /** A cautious estimate: code and names take about three UTF-8 bytes per token in the tokenizers of the models known to us. */
    static long estimateTokens(String text) {
        return (text.getBytes(StandardCharsets.UTF_8).length + 2L) / 3;
    }

    private static String fill(String template, String text, Map<String, String> values) {
        String fence = "=====" + Digest.ofText(text).hex().substring(0, 32) + "=====";
        String filled = template.replace("{{fence}}", fence);
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        // Last, so that nothing inside the text is taken for a place to fill.
        return filled.replace("{{text}}", text);
    }

    private static String load(String name) {
        String resource = FOLDER + name + ".txt";
        try (InputStream in = Prompts.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(
                        "The prompt " + resource + " is missing beside " + Prompts.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The prompt " + resource + " cannot be read", e);
        }
    }
}
