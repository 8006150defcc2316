package dev.trackit.python.effects;

import dev.trackit.python.ast.Expr;
import dev.trackit.python.knowledge.CallKnowledge;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The evaluated arguments of a call. */
final class CallArguments {
    static final CallArguments NONE = new CallArguments();

    final List<Argument> list = new ArrayList<>();

    /** Whether {@code *args} or {@code **kwargs} whose content is not known were among them. */
    boolean open;

    /** One argument; {@code name} is empty if it is given by place. */
    record Argument(String name, Value value, @Nullable Expr source) {}

    void add(String name, Value value, @Nullable Expr source) {
        list.add(new Argument(name, value, source));
    }

    static CallArguments of(Value... values) {
        CallArguments a = new CallArguments();
        for (Value v : values) {
            a.add("", v, null);
        }
        return a;
    }

    /** The argument at a place; nothing if there is none. */
    @Nullable
    Argument at(int place) {
        int i = 0;
        for (Argument a : list) {
            if (a.name().isEmpty() && i++ == place) {
                return a;
            }
        }
        return null;
    }

    @Nullable
    Argument named(String name) {
        for (Argument a : list) {
            if (a.name().equals(name)) {
                return a;
            }
        }
        return null;
    }

    /** The argument for a parameter of a library's function. */
    @Nullable
    Argument forParameter(CallKnowledge k, String param) {
        Argument a = named(param);
        if (a == null) {
            int place = k.placeOf(param);
            return place < 0 ? null : at(place);
        }
        return a;
    }

    Value valueAt(int place) {
        Argument a = at(place);
        return a == null ? Value.NOTHING : a.value();
    }

    Value valueNamed(String name) {
        Argument a = named(name);
        return a == null ? Value.NOTHING : a.value();
    }

    int positionalCount() {
        int n = 0;
        for (Argument a : list) {
            if (a.name().isEmpty()) {
                n++;
            }
        }
        return n;
    }

    Value all() {
        Value all = Value.NOTHING;
        for (Argument a : list) {
            all = all.join(a.value());
        }
        return all;
    }
}
