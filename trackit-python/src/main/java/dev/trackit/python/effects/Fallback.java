package dev.trackit.python.effects;

import dev.trackit.api.Effect;
import dev.trackit.api.Effect.Certainty;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.Node;
import dev.trackit.python.ast.Stmt;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a statement may do, by the names that stand in it: for code that is too much to follow. */
final class Fallback {
    private static final int DEEPEST = 3000;

    private final Machine m;

    Fallback(Machine machine) {
        this.m = machine;
    }

    /** Adds to the effects: every name in it is read, and may be changed; every name that it binds is bound. */
    void apply(Stmt s) {
        Set<String> used = new LinkedHashSet<>();
        collect(s, used, 0);
        for (String name : used) {
            Binding b = m.globals.bindings.get(name);
            if (b == null || b.value().isNothing()) {
                continue;
            }
            m.log.add(
                    Effect.Kind.READ,
                    Names.location(name),
                    Certainty.LIKELY,
                    b.execution() != m.execution || !b.sure());
            for (HeapObject o : b.value().objects()) {
                if (o.identity && o.hidden.isEmpty()) {
                    m.heap.readShallow(o);
                    m.heap.mutateContent(o, Certainty.POSSIBLE);
                }
            }
        }
        for (String name : FunctionNames.boundBy(List.of(s))) {
            m.names.bind(m.globals, name, m.unknown());
        }
        m.log.assume(
                "The statement is too much to follow: it is taken to use every name in it, and perhaps to change it");
    }

    private static void collect(Node n, Set<String> used, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        if (n instanceof Expr.Name name && name.context() == Expr.Context.LOAD) {
            used.add(name.id());
        }
        n.forEachChild(child -> collect(child, used, depth + 1));
    }
}
