package dev.trackit.python.knowledge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trackit.api.TransformationKind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers one {@link CallKnowledge} while its document is read. */
final class CallBuilder {
    private static final Set<String> LISTS = Set.of(
            "params",
            "viewOf",
            "mutates",
            "holds",
            "adds",
            "addsAll",
            "stores",
            "calls",
            "reads",
            "writes",
            "removes",
            "hiddenReads",
            "hiddenWrites",
            "hiddenMutates");
    private static final Set<String> TEXTS = Set.of("inplace", "out", "random", "seed", "special", "suffix");

    private final String name;
    private final Map<String, List<String>> lists = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private CallKnowledge.View view = CallKnowledge.View.NO;
    private CallKnowledge.Figure figure = CallKnowledge.Figure.NONE;
    private @Nullable TransformationKind kind;
    private boolean display;
    private boolean possible;
    List<Returned> returns = List.of(new Returned(Returned.Form.UNKNOWN, "", List.of()));

    CallBuilder(String name) {
        this.name = name;
    }

    /** Takes one field. @throws IllegalArgumentException if there is no such field or its value is wrong */
    void set(String field, JsonNode value) {
        if (LISTS.contains(field)) {
            lists.put(field, KnowledgeBuilder.words(value));
        } else if (TEXTS.contains(field)) {
            texts.put(field, value.isBoolean() ? (value.asBoolean() ? field : "") : value.asText());
        } else {
            switch (field) {
                case "view" -> view = choice(CallKnowledge.View.class, field, value.asText());
                case "figure" -> figure = choice(CallKnowledge.Figure.class, field, value.asText());
                case "display" -> display = value.asBoolean();
                case "possible" -> possible = value.asBoolean();
                case "kind" ->
                    kind = TransformationKind.ofWireName(value.asText())
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "has the unknown kind of transformation \"" + value.asText() + "\""));
                default -> throw new IllegalArgumentException("has the unknown field \"" + field + "\"");
            }
        }
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String field, String text) {
        try {
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("has \"" + text + "\" as " + field + "; possible are "
                    + List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT));
        }
    }

    private List<String> list(String field) {
        return lists.getOrDefault(field, List.of());
    }

    private String text(String field) {
        return texts.getOrDefault(field, "");
    }

    CallKnowledge build() {
        return new CallKnowledge(
                name,
                list("params"),
                returns,
                view,
                list("viewOf"),
                list("mutates"),
                text("inplace"),
                text("out"),
                list("holds"),
                list("adds"),
                list("addsAll"),
                list("stores"),
                list("calls"),
                list("reads"),
                list("writes"),
                list("removes"),
                text("random"),
                text("seed"),
                list("hiddenReads"),
                list("hiddenWrites"),
                list("hiddenMutates"),
                figure,
                display,
                kind,
                text("special"),
                possible,
                text("suffix"));
    }
}
