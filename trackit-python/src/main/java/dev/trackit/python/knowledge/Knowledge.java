package dev.trackit.python.knowledge;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that is known of libraries. Immutable and safe for use by several threads once it is built. */
public final class Knowledge {
    final Map<String, ModuleKnowledge> modules = new LinkedHashMap<>();
    final Map<String, ClassKnowledge> classes = new LinkedHashMap<>();

    /** The names of all modules and of those above them. */
    private final Set<String> moduleNames = new HashSet<>();

    Knowledge() {}

    /** The knowledge that comes with the analyzer. */
    public static Knowledge builtIn() {
        return BuiltIn.KNOWLEDGE;
    }

    /** The class of this qualified name; none if it is not known. */
    public @Nullable ClassKnowledge type(String qualifiedName) {
        return classes.get(qualifiedName);
    }

    /**
     * The class of this qualified name, which must be known.
     *
     * @throws IllegalStateException if it is not: the built-in files are wrong
     */
    public ClassKnowledge requireType(String qualifiedName) {
        ClassKnowledge found = classes.get(qualifiedName);
        if (found == null) {
            throw new IllegalStateException("The built-in knowledge lacks the class " + qualifiedName);
        }
        return found;
    }

    /** What is known of a module, by its own name or by the nearest name with {@code .*} above it; none if nothing is. */
    public @Nullable ModuleKnowledge module(String dottedName) {
        ModuleKnowledge found = modules.get(dottedName);
        String prefix = dottedName;
        while (found == null) {
            found = modules.get(prefix + ".*");
            int dot = prefix.lastIndexOf('.');
            if (found != null || dot < 0) {
                break;
            }
            prefix = prefix.substring(0, dot);
        }
        return found;
    }

    /** Whether there is a module of exactly this name, or one below it. */
    public boolean hasModule(String dottedName) {
        return moduleNames.contains(dottedName);
    }

    /** Must be called when all modules are there. */
    void complete() {
        for (String name : modules.keySet()) {
            for (int end = name.length(); end > 0; end = name.lastIndexOf('.', end - 1)) {
                moduleNames.add(name.substring(0, end));
            }
        }
    }

    /** All modules. */
    public Iterable<ModuleKnowledge> modules() {
        return java.util.Collections.unmodifiableCollection(modules.values());
    }

    /** All classes. */
    public Iterable<ClassKnowledge> classes() {
        return java.util.Collections.unmodifiableCollection(classes.values());
    }

    private static final class BuiltIn {
        static final Knowledge KNOWLEDGE = KnowledgeReader.readBuiltIn();
    }
}
