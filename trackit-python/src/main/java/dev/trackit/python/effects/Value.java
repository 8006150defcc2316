package dev.trackit.python.effects;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an expression or a name may stand for: one of several abstract objects. Immutable. */
final class Value {
    /** Nothing at all: a name that is not bound, a function that never returns. */
    static final Value NOTHING = new Value(new HeapObject[0]);

    private static final int MOST = 16;

    private final HeapObject[] objects;

    private Value(HeapObject[] objects) {
        this.objects = objects;
    }

    static Value of(HeapObject object) {
        return new Value(new HeapObject[] {object});
    }

    static Value of(List<HeapObject> objects) {
        Value all = NOTHING;
        for (HeapObject o : objects) {
            all = all.join(of(o));
        }
        return all;
    }

    HeapObject[] objects() {
        return objects;
    }

    boolean isNothing() {
        return objects.length == 0;
    }

    /** The object, if there is exactly one. */
    @Nullable
    HeapObject single() {
        return objects.length == 1 ? objects[0] : null;
    }

    /** The constant, if it surely is one; {@link HeapObject#NONE} for {@code None}. */
    @Nullable
    Object constant() {
        return objects.length == 1 ? objects[0].constant : null;
    }

    /** The constant, if it surely is a string or a path. */
    @Nullable
    String text() {
        return constant() instanceof String s ? s : null;
    }

    boolean contains(HeapObject object) {
        for (HeapObject o : objects) {
            if (o == object) {
                return true;
            }
        }
        return false;
    }

    Value join(Value other) {
        if (other == this || other.objects.length == 0) {
            return this;
        }
        if (objects.length == 0) {
            return other;
        }
        if (objects.length >= MOST) {
            // More would cost more than it tells: what is reached through so many is not told apart any more.
            return this;
        }
        List<HeapObject> all = new ArrayList<>(List.of(objects));
        for (HeapObject o : other.objects) {
            if (all.size() < MOST && !containsEqual(all, o)) {
                all.add(o);
            }
        }
        if (all.size() == objects.length) {
            return this;
        }
        return new Value(all.toArray(new HeapObject[0]));
    }

    private static boolean containsEqual(List<HeapObject> all, HeapObject o) {
        for (HeapObject a : all) {
            if (a == o
                    || !a.identity
                            && !o.identity
                            && a.type == o.type
                            && Objects.equals(a.payload, o.payload)
                            && (a.constant == null ? o.constant == null : a.constant.equals(o.constant))) {
                return true;
            }
        }
        return false;
    }
}
