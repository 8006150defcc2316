package dev.trackit.python.effects;

import dev.trackit.python.knowledge.ClassKnowledge;
import dev.trackit.python.knowledge.ClassKnowledge.Trait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An abstract object: what one place of the code makes at one time. Objects that can change, or hold others, have an identity; of
 * immutable ones only type and constant matter.
 */
final class HeapObject {
    /** The constant of {@code None}. */
    static final Object NONE = new Object() {
        @Override
        public String toString() {
            return "None";
        }
    };

    /** Which parts there are, and in which order: a part of its own. */
    static final String LAYOUT = "[]";

    final int id;
    ClassKnowledge type;
    final boolean identity;

    /** The statement that made it; its effects on it are nobody else's business. */
    final int born;

    /** The execution that made it. */
    int bornIn;

    /** The execution in which it last changed. */
    int changed;

    final @Nullable Object constant;

    /** What it is beyond its type: a function, a class, a module, a file. */
    @Nullable
    Object payload;

    @Nullable
    Map<String, Value> parts;

    /** Whether parts were added after it was made, so that their order is a matter of who added them. */
    boolean laidOut;

    /** What it holds at places that are not told apart. */
    Value elements = Value.NOTHING;

    /** What it holds place by place, while that is known. */
    @Nullable
    List<Value> items;

    /** Those that share memory with it. */
    @Nullable
    List<View> views;

    /** Objects that hold it or did so once. */
    @Nullable
    List<HeapObject> holders;

    /** Top-level names that are bound to it. */
    @Nullable
    List<String> names;

    /** The object of which it is a part that shares the content, as a column of a frame. */
    @Nullable
    HeapObject whole;

    String wholePart = "";

    /** What it was a part of until the statement {@link #cutOffBy} replaced it there; for naming it in that statement's steps. */
    @Nullable
    HeapObject formerWhole;

    int cutOffBy = -1;

    /** The object for which it stands, as {@code df.loc} for {@code df}. */
    @Nullable
    HeapObject owner;

    /** The columns, where they are known. */
    @Nullable
    List<String> columns;

    /** The number of rows, where it is known. */
    @Nullable
    Long rows;

    /** The names of the index, empty for one without a name; null where they are not known. */
    @Nullable
    List<String> index;

    /** Whether it only stands for something that was there before it was first used, so that nobody made it. */
    boolean found;

    /** Hidden state that it is, instead of an object of the user's; empty if it is none. */
    String hidden = "";

    /** The statement that last read it as a whole. */
    int readBy = -1;

    /** One who shares memory. */
    record View(HeapObject other, boolean sure) {}

    HeapObject(int id, ClassKnowledge type, boolean identity, int born, @Nullable Object constant) {
        this.id = id;
        this.type = type;
        this.identity = identity;
        this.born = born;
        this.constant = constant;
    }

    HeapObject withoutConstant() {
        return constant == null ? this : new HeapObject(0, type, false, born, null);
    }

    boolean is(Trait trait) {
        return type.is(trait);
    }

    boolean isA(String qualifiedName) {
        return type.isA(qualifiedName);
    }

    Map<String, Value> partsForChange() {
        Map<String, Value> p = parts;
        if (p == null) {
            p = new LinkedHashMap<>();
            parts = p;
        }
        return p;
    }

    @Nullable
    Value part(String key) {
        return parts == null ? null : parts.get(key);
    }

    List<String> namesForChange() {
        List<String> n = names;
        if (n == null) {
            n = new ArrayList<>(2);
            names = n;
        }
        return n;
    }

    void addHolder(HeapObject holder) {
        List<HeapObject> h = holders;
        if (h == null) {
            h = new ArrayList<>(2);
            holders = h;
        }
        if (!h.contains(holder)) {
            h.add(holder);
        }
    }

    void addView(HeapObject other, boolean sure) {
        List<View> v = views;
        if (v == null) {
            v = new ArrayList<>(2);
            views = v;
        }
        v.add(new View(other, sure));
    }

    /** Whether it still holds the object, at whatever place. */
    boolean holds(HeapObject other) {
        if (elements.contains(other) || other.whole == this || other.owner == this) {
            return true;
        }
        if (parts != null) {
            for (Value v : parts.values()) {
                if (v.contains(other)) {
                    return true;
                }
            }
        }
        if (items != null) {
            for (Value v : items) {
                if (v.contains(other)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return type.name() + "#" + id + (constant == null ? "" : "=" + constant);
    }
}
