package dev.trackit.python.knowledge;

import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of one class of a library, its parents' knowledge included. Immutable once the knowledge is built. */
public final class ClassKnowledge {

    /** How objects of a class behave. */
    public enum Trait {
        /** Never change; have no identity worth following. */
        IMMUTABLE,
        /** Hold other objects: items are kept, not copied. */
        CONTAINER,
        /** Have columns, which are their parts by name. */
        COLUMNS,
        /** Stand for the object that they were taken from, as {@code df.loc} does. */
        PROXY,
        /** Hand out something new at each use, as an iterator or an open file does. */
        CONSUMED,
        /** Belong to a picture. */
        PICTURE,
        /** Models and transformers that are fitted. */
        ESTIMATOR
    }

    private final String name;
    private final Set<Trait> traits;
    private final Map<String, CallKnowledge> methods;
    private final Map<String, CallKnowledge> attributes;
    private final @Nullable CallKnowledge construct;
    private final @Nullable CallKnowledge item;
    private final @Nullable CallKnowledge call;
    private final @Nullable CallKnowledge iterate;
    private final @Nullable CallKnowledge unlisted;
    private @Nullable ClassKnowledge parent;

    ClassKnowledge(Builder b) {
        this.name = b.name;
        this.traits = b.traits.isEmpty() ? EnumSet.noneOf(Trait.class) : EnumSet.copyOf(b.traits);
        this.methods = b.methods;
        this.attributes = b.attributes;
        this.construct = b.construct;
        this.item = b.item;
        this.call = b.call;
        this.iterate = b.iterate;
        this.unlisted = b.unlisted;
    }

    void parent(ClassKnowledge parent) {
        this.parent = requireNonNull(parent, "parent");
        traits.addAll(parent.traits);
    }

    /** The qualified name, for example {@code pandas.DataFrame}. */
    public String name() {
        return name;
    }

    /** The name without its module. */
    public String shortName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** The class that it extends, if that is known. */
    public @Nullable ClassKnowledge parent() {
        return parent;
    }

    /** Whether objects behave so. */
    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** Whether it is the class of this name or extends it. */
    public boolean isA(String qualifiedName) {
        for (ClassKnowledge c = this; c != null; c = c.parent) {
            if (c.name.equals(qualifiedName)) {
                return true;
            }
        }
        return false;
    }

    /** What a method does, its own or inherited; none if it is not listed. */
    public @Nullable CallKnowledge method(String method) {
        for (ClassKnowledge c = this; c != null; c = c.parent) {
            CallKnowledge found = c.methods.get(method);
            if (found != null) {
                return found;
            }
            if (c.attributes.containsKey(method)) {
                return null;
            }
        }
        return null;
    }

    /** What reading an attribute does, its own or inherited; none if it is not listed. */
    public @Nullable CallKnowledge attribute(String attribute) {
        for (ClassKnowledge c = this; c != null; c = c.parent) {
            CallKnowledge found = c.attributes.get(attribute);
            if (found != null) {
                return found;
            }
            if (c.methods.containsKey(attribute)) {
                return null;
            }
        }
        return null;
    }

    /** What constructing an object does. */
    public @Nullable CallKnowledge construct() {
        return construct != null || parent == null ? construct : parent.construct();
    }

    /** What {@code object[index]} does. */
    public @Nullable CallKnowledge item() {
        return item != null || parent == null ? item : parent.item();
    }

    /** What calling the object does. */
    public @Nullable CallKnowledge call() {
        return call != null || parent == null ? call : parent.call();
    }

    /** What a step of an iteration gives. */
    public @Nullable CallKnowledge iterate() {
        return iterate != null || parent == null ? iterate : parent.iterate();
    }

    /** What methods do that are not listed; none if that is not known. */
    public @Nullable CallKnowledge unlisted() {
        return unlisted != null || parent == null ? unlisted : parent.unlisted();
    }

    /** The listed methods, without inherited ones. */
    public Map<String, CallKnowledge> ownMethods() {
        return java.util.Collections.unmodifiableMap(methods);
    }

    /** The listed attributes, without inherited ones. */
    public Map<String, CallKnowledge> ownAttributes() {
        return java.util.Collections.unmodifiableMap(attributes);
    }

    @Override
    public String toString() {
        return name;
    }

    /** Gathers a class while its file is read. */
    static final class Builder {
        final String name;
        final Set<Trait> traits = EnumSet.noneOf(Trait.class);
        final Map<String, CallKnowledge> methods = new LinkedHashMap<>();
        final Map<String, CallKnowledge> attributes = new LinkedHashMap<>();

        @Nullable
        CallKnowledge construct;

        @Nullable
        CallKnowledge item;

        @Nullable
        CallKnowledge call;

        @Nullable
        CallKnowledge iterate;

        @Nullable
        CallKnowledge unlisted;

        String parent = "";

        Builder(String name) {
            this.name = name;
        }
    }
}
