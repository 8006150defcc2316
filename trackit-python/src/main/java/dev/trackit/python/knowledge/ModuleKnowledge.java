package dev.trackit.python.knowledge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of a module, or of all modules below a name ({@code scipy.*}). Immutable once the knowledge is built. */
public final class ModuleKnowledge {
    private final String name;
    final Map<String, CallKnowledge> functions = new LinkedHashMap<>();
    final Map<String, ClassKnowledge> classes = new LinkedHashMap<>();
    final Map<String, List<Returned>> constants = new LinkedHashMap<>();
    final Map<String, String> hidden = new LinkedHashMap<>();

    @Nullable
    CallKnowledge unlistedFunction;

    @Nullable
    ClassKnowledge unlistedClass;

    ModuleKnowledge(String name) {
        this.name = name;
    }

    /** The dotted name; ends with {@code .*} if it stands for all modules below. */
    public String name() {
        return name;
    }

    /** The function of this name; none if it is not listed. */
    public @Nullable CallKnowledge function(String function) {
        return functions.get(function);
    }

    /** The class of this name; none if it is not listed. */
    public @Nullable ClassKnowledge type(String type) {
        return classes.get(type);
    }

    /** What a constant is; none if it is not listed. */
    public @Nullable List<Returned> constant(String constant) {
        return constants.get(constant);
    }

    /** The hidden state that an attribute of the module is; none if it is no such state. */
    public @Nullable String hidden(String attribute) {
        return hidden.get(attribute);
    }

    /** What functions do that are not listed; none if that is not known. */
    public @Nullable CallKnowledge unlistedFunction() {
        return unlistedFunction;
    }

    /** What classes are that are not listed; none if that is not known. */
    public @Nullable ClassKnowledge unlistedClass() {
        return unlistedClass;
    }

    /** The listed names. */
    public Iterable<String> names() {
        java.util.LinkedHashSet<String> names = new java.util.LinkedHashSet<>(functions.keySet());
        names.addAll(classes.keySet());
        names.addAll(constants.keySet());
        names.addAll(hidden.keySet());
        return names;
    }

    @Override
    public String toString() {
        return name;
    }
}
