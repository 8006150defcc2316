package dev.trackit.python.effects;

import dev.trackit.api.Effect;
import dev.trackit.api.Location;
import dev.trackit.python.ast.Expr;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What IPython remembers: the values that cells showed ({@code _}, {@code _5}, {@code Out[5]}). */
final class History {
    private final Machine m;
    private final Map<Integer, Value> shown = new HashMap<>();
    private final int[] latest = new int[3];

    /** The execution count of the running cell, and whether the running statement is its last; 0 if it shows nothing. */
    int count;

    boolean last;

    History(Machine machine) {
        this.m = machine;
    }

    private static Location location(int count) {
        return LibraryCalls.hiddenLocation("Out[" + count + "]");
    }

    /** An expression stands as a statement; if it is the cell's last, its value is shown and remembered. */
    void shown(Expr e, Value v, Scope scope) {
        if (!(e instanceof Expr.Call)) {
            m.heap.readDeep(v);
        }
        if (!last || count == 0 || scope.kind != Scope.Kind.GLOBAL || v.constant() == HeapObject.NONE) {
            return;
        }
        if (!m.userCalls.isCalling()) {
            m.heap.readDeep(v);
            Value repr = m.userCalls.dunder(v, "__repr__", CallArguments.NONE);
            if (repr == null) {
                m.userCalls.dunder(v, "_repr_html_", CallArguments.NONE);
            }
        }
        shown.put(count, v);
        m.log.add(Effect.Kind.WRITE, location(count), false);
        if (latest[0] != count) {
            latest[2] = latest[1];
            latest[1] = latest[0];
            latest[0] = count;
        }
    }

    /** Whether IPython keeps values under this name: {@code _}, {@code _5}, {@code Out}. */
    static boolean isName(String name) {
        if (name.equals("Out") || name.equals("In") || name.equals("_oh") || name.equals("_ih")) {
            return true;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '_' && c != 'i' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return name.startsWith("_");
    }

    /** A name that IPython keeps; null if it is none. */
    @Nullable
    Value special(String name) {
        if (!name.startsWith("_") && !name.equals("Out") && !name.equals("In")) {
            return null;
        }
        switch (name) {
            case "_":
                return output(latest[0]);
            case "__":
                return output(latest[1]);
            case "___":
                return output(latest[2]);
            case "Out", "_oh":
                return all();
            case "In", "_ih", "_i", "_ii", "_iii":
                return m.string();
            default:
                return numbered(name);
        }
    }

    private @Nullable Value numbered(String name) {
        boolean input = name.startsWith("_i");
        String digits = name.substring(input ? 2 : 1);
        if (digits.isEmpty() || digits.length() > 6 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        return input ? m.string() : output(Integer.parseInt(digits));
    }

    private Value output(int n) {
        m.log.add(Effect.Kind.READ, location(n), true);
        return shown.getOrDefault(n, m.unknown());
    }

    private Value all() {
        HeapObject dict = m.heap.make(m.types.dict);
        shown.forEach((n, v) -> {
            m.heap.setPart(dict, "[" + n + "]", v);
        });
        if (latest[0] > 0) {
            m.log.add(Effect.Kind.READ, location(latest[0]), true);
        }
        return Value.of(dict);
    }
}
