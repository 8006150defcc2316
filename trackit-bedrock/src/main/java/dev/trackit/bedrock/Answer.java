package dev.trackit.bedrock;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trackit.api.Excerpt;
import dev.trackit.api.Summary;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A model's answer, read strictly: one JSON object with the five lists and nothing else.
 *
 * @param parts the statements under each heading
 */
record Answer(Map<Summary.Part, List<Summary.Claim>> parts) {
    private static final int MAX_CLAIMS = 2_000;
    private static final int MAX_TEXT = 4_000;
    private static final int MAX_STEPS = 500;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(8)
                            .maxStringLength(100_000)
                            .maxNumberLength(100)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    List<Summary.Claim> part(Summary.Part part) {
        return parts.getOrDefault(part, List.of());
    }

    /** Reads an answer. @throws Unreadable with what is wrong, in words that a model can follow */
    static Answer read(String text) throws Unreadable {
        JsonNode root = object(text);
        Map<Summary.Part, List<Summary.Claim>> parts = new EnumMap<>(Summary.Part.class);
        for (Summary.Part part : Summary.Part.values()) {
            JsonNode list = root.get(key(part));
            if (list == null) {
                throw new Unreadable("the key \"" + key(part) + "\" is missing");
            }
            parts.put(part, claims(key(part), list));
        }
        if (root.size() != parts.size()) {
            throw new Unreadable("it has keys other than the five");
        }
        return new Answer(parts);
    }

    /** The written form, which {@link #read} reads back. */
    String write() {
        var root = JSON.createObjectNode();
        for (Summary.Part part : Summary.Part.values()) {
            var list = root.putArray(key(part));
            for (Summary.Claim claim : part(part)) {
                var steps = list.addObject().put("text", claim.text()).putArray("steps");
                claim.steps().forEach(steps::add);
            }
        }
        return root.toString();
    }

    /** The one JSON object that an answer is. @throws Unreadable if it is anything else */
    static JsonNode object(String text) throws Unreadable {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            throw new Unreadable("it is empty");
        }
        JsonNode root = parse(withoutCodeFence(trimmed));
        if (!root.isObject()) {
            throw new Unreadable("it is not a JSON object");
        }
        return root;
    }

    private static JsonNode parse(String text) throws Unreadable {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Unreadable("it is not valid JSON (" + e.getOriginalMessage() + ")");
        }
    }

    /** Many models put JSON into a Markdown code block although told not to; that alone is not worth a second request. */
    private static String withoutCodeFence(String text) {
        if (!text.startsWith("```") || !text.endsWith("```") || text.length() < 6) {
            return text;
        }
        int firstLine = text.indexOf('\n');
        return firstLine < 0
                ? text
                : text.substring(firstLine + 1, text.length() - 3).strip();
    }

    private static List<Summary.Claim> claims(String key, JsonNode list) throws Unreadable {
        if (!list.isArray()) {
            throw new Unreadable("\"" + key + "\" is not a list");
        }
        if (list.size() > MAX_CLAIMS) {
            throw new Unreadable("\"" + key + "\" has more than " + MAX_CLAIMS + " entries");
        }
        List<Summary.Claim> claims = new ArrayList<>();
        for (JsonNode entry : list) {
            claims.add(claim(key, entry));
        }
        return claims;
    }

    private static Summary.Claim claim(String key, JsonNode entry) throws Unreadable {
        JsonNode text = entry.path("text");
        JsonNode steps = entry.path("steps");
        if (!entry.isObject() || entry.size() != 2 || !text.isTextual() || !steps.isArray()) {
            throw new Unreadable(
                    "an entry of \"" + key + "\" is not of the form {\"text\": \"...\", \"steps\": [\"s1\"]}");
        }
        if (steps.size() > MAX_STEPS) {
            throw new Unreadable("an entry of \"" + key + "\" names more than " + MAX_STEPS + " steps");
        }
        List<String> ids = new ArrayList<>();
        for (Iterator<JsonNode> it = steps.elements(); it.hasNext(); ) {
            JsonNode id = it.next();
            if (!id.isTextual()) {
                throw new Unreadable("a step id under \"" + key + "\" is not a string");
            }
            ids.add(id.asText().replaceAll("^\\[|\\]$", ""));
        }
        String words = text.asText().strip();
        return Summary.Claim.of(Excerpt.of(words, MAX_TEXT), ids);
    }

    private static String key(Summary.Part part) {
        return part.name().toLowerCase(Locale.ROOT);
    }

    /** Says what is wrong with an answer. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String problem) {
            super(problem);
        }

        String problem() {
            return String.valueOf(getMessage());
        }
    }
}
