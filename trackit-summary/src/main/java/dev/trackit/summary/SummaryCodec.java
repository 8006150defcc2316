package dev.trackit.summary;

import dev.trackit.api.Digest;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.Summary;
import dev.trackit.api.Summary.Claim;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Summaries as records of type {@value #TYPE}, and back. A record that is not of the form is passed over. */
final class SummaryCodec {
    static final String TYPE = "summary";

    private SummaryCodec() {}

    static LineageRecord record(Summary summary, String scope, Instant at) {
        Summary.Provenance from = summary.provenance();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("scope", scope);
        fields.put("summarizer", from.summarizer());
        fields.put("model", from.model());
        fields.put("promptVersion", from.promptVersion());
        fields.put("input", from.input().value());
        fields.put("createdAt", from.createdAt().toString());
        fields.put("notes", from.notes());
        if (from.usage() != null) {
            fields.put("usage", usage(from.usage()));
        }
        Map<String, Object> parts = new LinkedHashMap<>();
        summary.parts().forEach((part, claims) -> {
            List<Object> list = new ArrayList<>();
            for (Claim claim : claims) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("text", claim.text());
                one.put("steps", claim.steps());
                one.put("problems", claim.problems());
                list.add(one);
            }
            parts.put(part.name().toLowerCase(Locale.ROOT), list);
        });
        fields.put("parts", parts);
        return LineageRecord.of(TYPE, at, fields);
    }

    private static Map<String, Object> usage(Summary.Usage usage) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("calls", usage.calls());
        fields.put("inputTokens", usage.inputTokens());
        fields.put("outputTokens", usage.outputTokens());
        fields.put("latencyMillis", usage.latency().toMillis());
        if (usage.costUsd() != null) {
            fields.put("costUsd", usage.costUsd());
        }
        return fields;
    }

    static Optional<Summary> summary(LineageRecord record) {
        if (!record.type().equals(TYPE)) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> fields = record.fields();
        try {
            Map<Summary.Part, List<Claim>> parts = new EnumMap<>(Summary.Part.class);
            Map<?, ?> stored = (Map<?, ?>) fields.getOrDefault("parts", Map.of());
            for (Summary.Part part : Summary.Part.values()) {
                List<Claim> claims = new ArrayList<>();
                if (stored != null && stored.get(part.name().toLowerCase(Locale.ROOT)) instanceof List<?> list) {
                    list.forEach(one -> claims.add(claim((Map<?, ?>) one)));
                }
                parts.put(part, claims);
            }
            return Optional.of(new Summary(
                    parts,
                    new Summary.Provenance(
                            text(fields, "summarizer"),
                            text(fields, "model"),
                            text(fields, "promptVersion"),
                            new Digest(text(fields, "input")),
                            Instant.parse(text(fields, "createdAt")),
                            fields.get("usage") instanceof Map<?, ?> usage ? usage(usage) : null,
                            texts(fields.get("notes")))));
        } catch (ClassCastException | IllegalArgumentException | DateTimeException | NullPointerException e) {
            return Optional.empty();
        }
    }

    private static Claim claim(Map<?, ?> fields) {
        return new Claim(
                fields.get("text") instanceof String text ? text : "",
                texts(fields.get("steps")),
                texts(fields.get("problems")));
    }

    private static Summary.Usage usage(Map<?, ?> fields) {
        return new Summary.Usage(
                (int) number(fields, "calls"),
                number(fields, "inputTokens"),
                number(fields, "outputTokens"),
                Duration.ofMillis(number(fields, "latencyMillis")),
                fields.get("costUsd") instanceof Number cost ? (Double) cost.doubleValue() : null);
    }

    private static long number(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static String text(Map<String, @Nullable Object> fields, String name) {
        return fields.get(name) instanceof String text ? text : "";
    }

    private static List<String> texts(@Nullable Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(one -> texts.add((String) one));
        }
        return texts;
    }
}
