package dev.trackit.python.knowledge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trackit.api.ConfigurationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Builds {@link Knowledge} from documents: first the names of all classes, then what is said of them. */
final class KnowledgeBuilder {
    private static final Set<String> DOCUMENT_FIELDS = Set.of("library", "modules", "classes");
    private static final Set<String> MODULE_FIELDS =
            Set.of("functions", "classes", "constants", "hidden", "unlistedFunction", "unlistedClass");
    private static final Set<String> CLASS_FIELDS =
            Set.of("extends", "traits", "construct", "item", "call", "iterate", "unlisted", "methods", "attributes");

    private final Map<String, JsonNode> documents;
    private final Map<String, ClassKnowledge.Builder> classes = new LinkedHashMap<>();
    private final Map<String, List<String>> shortNames = new HashMap<>();

    /** Where we are, for messages. */
    private String place = "";

    /** The names of the classes of the document being read, by their short names. */
    private Map<String, String> local = Map.of();

    KnowledgeBuilder(Map<String, JsonNode> documents) {
        this.documents = documents;
    }

    Knowledge build() {
        for (JsonNode document : documents.values()) {
            document.path("classes").fieldNames().forEachRemaining(names -> {
                for (String name : names.trim().split("\\s+")) {
                    if (classes.putIfAbsent(name, new ClassKnowledge.Builder(name)) == null) {
                        shortNames
                                .computeIfAbsent(shortName(name), k -> new ArrayList<>())
                                .add(name);
                    }
                }
            });
        }
        Knowledge knowledge = new Knowledge();
        documents.forEach((name, document) -> readClasses(name, document));
        classes.forEach((name, builder) -> knowledge.classes.put(name, new ClassKnowledge(builder)));
        linkParents(knowledge);
        documents.forEach((name, document) -> readModules(knowledge, name, document));
        knowledge.complete();
        return knowledge;
    }

    private void begin(String documentName, JsonNode document) {
        place = documentName;
        if (!document.isObject()) {
            throw wrong("is not a JSON object");
        }
        checkFields(document, DOCUMENT_FIELDS);
        local = new HashMap<>();
        document.path("classes").fieldNames().forEachRemaining(names -> {
            for (String name : names.trim().split("\\s+")) {
                local.put(shortName(name), name);
            }
        });
    }

    private void linkParents(Knowledge knowledge) {
        // A parent's traits must be complete before a child takes them, so parents are linked first.
        Map<String, Boolean> linked = new HashMap<>();
        for (String name : classes.keySet()) {
            link(knowledge, name, linked);
        }
    }

    private void link(Knowledge knowledge, String name, Map<String, Boolean> linked) {
        Boolean state = linked.get(name);
        if (state != null) {
            if (!state) {
                place = "class " + name;
                throw wrong("extends itself");
            }
            return;
        }
        linked.put(name, false);
        String parent = require(classes.get(name)).parent;
        if (!parent.isEmpty()) {
            link(knowledge, parent, linked);
            knowledge.requireType(name).parent(knowledge.requireType(parent));
        }
        linked.put(name, true);
    }

    private static <T> T require(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a class that was collected is missing");
        }
        return value;
    }

    private void readClasses(String documentName, JsonNode document) {
        begin(documentName, document);
        document.path("classes").properties().forEach(entry -> {
            for (String name : entry.getKey().trim().split("\\s+")) {
                place = documentName + ", class " + name;
                readClass(require(classes.get(name)), entry.getValue());
            }
        });
    }

    private void readClass(ClassKnowledge.Builder b, JsonNode node) {
        checkFields(node, CLASS_FIELDS);
        if (node.has("extends")) {
            b.parent = className(node.get("extends").asText());
        }
        for (String trait : words(node.path("traits"))) {
            try {
                b.traits.add(ClassKnowledge.Trait.valueOf(trait.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw wrong("has the unknown trait \"" + trait + "\"");
            }
        }
        String at = place;
        String constructor = shortName(b.name);
        node.properties().forEach(field -> {
            place = at + ", " + field.getKey();
            switch (field.getKey()) {
                case "construct" -> b.construct = call(constructor, field.getValue());
                case "item" -> b.item = call("[]", field.getValue());
                case "call" -> b.call = call("()", field.getValue());
                case "iterate" -> b.iterate = call("iter", field.getValue());
                case "unlisted" -> b.unlisted = call("*", field.getValue());
                case "methods" -> eachCall(field.getValue(), b.methods::put);
                case "attributes" -> eachCall(field.getValue(), b.attributes::put);
                default -> {}
            }
        });
        place = at;
    }

    private void readModules(Knowledge knowledge, String documentName, JsonNode document) {
        begin(documentName, document);
        document.path("modules").properties().forEach(entry -> {
            for (String name : entry.getKey().trim().split("\\s+")) {
                place = documentName + ", module " + name;
                ModuleKnowledge module = knowledge.modules.computeIfAbsent(name, ModuleKnowledge::new);
                readModule(knowledge, module, entry.getValue());
            }
        });
    }

    private void readModule(Knowledge knowledge, ModuleKnowledge module, JsonNode node) {
        checkFields(node, MODULE_FIELDS);
        eachCall(node.path("functions"), module.functions::put);
        for (String name : words(node.path("classes"))) {
            int equals = name.indexOf('=');
            String shown = equals < 0 ? shortName(name) : name.substring(0, equals);
            String qualified = className(equals < 0 ? name : name.substring(equals + 1));
            module.classes.put(shown, knowledge.requireType(qualified));
        }
        node.path("constants").properties().forEach(field -> {
            for (String name : field.getKey().trim().split("\\s+")) {
                module.constants.put(name, returned(field.getValue().asText()));
            }
        });
        node.path("hidden").properties().forEach(field -> {
            for (String name : field.getKey().trim().split("\\s+")) {
                module.hidden.put(name, field.getValue().asText());
            }
        });
        if (node.has("unlistedFunction")) {
            module.unlistedFunction = call("*", node.get("unlistedFunction"));
        }
        if (node.has("unlistedClass")) {
            module.unlistedClass =
                    knowledge.requireType(className(node.get("unlistedClass").asText()));
        }
    }

    private void eachCall(JsonNode node, BiConsumer<String, CallKnowledge> action) {
        String at = place;
        node.properties().forEach(field -> {
            place = at + ", " + field.getKey();
            CallKnowledge shared = call("", field.getValue());
            for (String name : field.getKey().trim().split("\\s+")) {
                action.accept(name, shared.named(name));
            }
        });
        place = at;
    }

    private CallKnowledge call(String name, JsonNode node) {
        if (node.isTextual()) {
            CallBuilder shorthand = new CallBuilder(name);
            shorthand.returns = returned(node.asText());
            return shorthand.build();
        }
        if (!node.isObject()) {
            throw wrong("must be an object, or a text that says what is returned");
        }
        CallBuilder b = new CallBuilder(name);
        node.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (field.getKey().equals("returns")) {
                b.returns = returned(value.asText());
                return;
            }
            try {
                b.set(field.getKey(), value);
            } catch (IllegalArgumentException e) {
                throw wrong(String.valueOf(e.getMessage()));
            }
        });
        return b.build();
    }

    private List<Returned> returned(String text) {
        try {
            return Returned.parse(text).stream()
                    .map(r -> r.withClasses(this::className))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw wrong("says of what it returns: " + e.getMessage());
        }
    }

    private String className(String name) {
        if (classes.containsKey(name)) {
            return name;
        }
        String here = local.get(name);
        if (here != null) {
            return here;
        }
        List<String> anywhere = shortNames.getOrDefault(name, List.of());
        if (anywhere.size() == 1) {
            return anywhere.get(0);
        }
        throw wrong(
                anywhere.isEmpty()
                        ? "names the class \"" + name + "\", which no file describes"
                        : "names the class \"" + name + "\", which may be any of " + anywhere
                                + ": write it with its module");
    }

    static List<String> words(JsonNode node) {
        String text = node.isMissingNode() ? "" : node.asText().trim();
        return text.isEmpty() ? List.of() : List.of(text.split("\\s+"));
    }

    private static String shortName(String qualified) {
        return qualified.substring(qualified.lastIndexOf('.') + 1);
    }

    private void checkFields(JsonNode node, Set<String> allowed) {
        node.fieldNames().forEachRemaining(field -> {
            if (!allowed.contains(field)) {
                throw wrong("has the unknown field \"" + field + "\"; known are "
                        + allowed.stream().sorted().toList());
            }
        });
    }

    private ConfigurationException wrong(String what) {
        return new ConfigurationException("Knowledge of libraries: " + place + " " + what);
    }
}
