package dev.trackit.python.effects;

import dev.trackit.api.Effect.Certainty;
import dev.trackit.python.ast.ExceptHandler;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.MatchCase;
import dev.trackit.python.ast.Node;
import dev.trackit.python.ast.Pattern;
import dev.trackit.python.ast.Stmt;
import dev.trackit.python.ast.WithItem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Conditions, loops, {@code try}, {@code with} and {@code match}. */
final class ControlFlow {
    private static final int MOST_UNROLLED = 24;
    private static final int DEEPEST_TWICE = 2;

    private final Machine m;

    /** Names that the bodies of the loops that are going on bind: conditions on them are not known. */
    private final Deque<Set<String>> loops = new ArrayDeque<>();

    ControlFlow(Machine machine) {
        this.m = machine;
    }

    void begin() {
        loops.clear();
    }

    boolean inLoop() {
        return !loops.isEmpty();
    }

    Completion run(Stmt s, Scope scope) {
        return switch (s.kind()) {
            case IF -> condition((Stmt.If) s, scope);
            case FOR -> loop((Stmt.For) s, scope);
            case WHILE -> loop((Stmt.While) s, scope);
            case TRY -> attempt((Stmt.Try) s, scope);
            case WITH -> with((Stmt.With) s, scope);
            case MATCH -> match((Stmt.Match) s, scope);
            default -> Completion.NORMAL;
        };
    }

    // ---- conditions

    private Completion condition(Stmt.If s, Scope scope) {
        Value test = m.expressions.use(s.test(), scope);
        Boolean truth = changesInLoop(s.test()) ? null : m.constants.truth(test);
        if (truth != null) {
            return m.statements.runBlock(truth ? s.body() : s.orElse(), scope);
        }
        List<Map<Trail.Place, @Nullable Binding>> ends = new ArrayList<>();
        Completion a = branch(s.body(), scope, ends);
        Completion b = branch(s.orElse(), scope, ends);
        m.names.trail.join(ends);
        return a == b ? a : Completion.NORMAL;
    }

    private boolean changesInLoop(Expr test) {
        if (loops.isEmpty()) {
            return false;
        }
        boolean[] found = new boolean[1];
        new Object() {
            void visit(Node n) {
                if (n instanceof Expr.Name name) {
                    for (Set<String> bound : loops) {
                        found[0] |= bound.contains(name.id());
                    }
                }
                n.forEachChild(this::visit);
            }
        }.visit(test);
        return found[0];
    }

    private Completion branch(List<Stmt> block, Scope scope, List<Map<Trail.Place, @Nullable Binding>> ends) {
        Certainty outer = m.log.certainty;
        m.log.certainty = EffectLog.weaker(outer, Certainty.LIKELY);
        int begin = m.names.trail.begin();
        Completion c = m.statements.runBlock(block, scope);
        Map<Trail.Place, @Nullable Binding> end = m.names.trail.rollBack(begin);
        if (c != Completion.EXIT) {
            ends.add(end);
        }
        m.log.certainty = outer;
        return c;
    }

    // ---- loops

    private Completion loop(Stmt.For s, Scope scope) {
        Value source = m.expressions.use(s.iter(), scope);
        List<Value> items = m.subscripts.itemsOf(source);
        if (items != null && !source.isNothing()) {
            if (items.isEmpty()) {
                return m.statements.runBlock(s.orElse(), scope);
            }
            if (items.size() <= MOST_UNROLLED && allKnown(items) && loops.size() < DEEPEST_TWICE) {
                return unrolled(s, List.copyOf(items), scope);
            }
        }
        Value element = m.subscripts.elementsOf(source);
        if (element.isNothing()) {
            element = m.unknown();
        }
        Certainty outer = m.log.certainty;
        m.log.certainty = EffectLog.weaker(outer, Certainty.LIKELY);
        loops.push(FunctionNames.boundBy(List.of(s)));
        for (int round = 0; round < rounds(); round++) {
            m.assignments.assign(s.target(), element, scope);
            m.statements.runBlock(s.body(), scope);
        }
        loops.pop();
        m.statements.runBlock(s.orElse(), scope);
        m.log.certainty = outer;
        // Whether a return in the body is reached is not known, so it goes on.
        return Completion.NORMAL;
    }

    private int rounds() {
        return loops.size() <= DEEPEST_TWICE ? 2 : 1;
    }

    private static boolean allKnown(List<Value> items) {
        for (Value v : items) {
            HeapObject o = v.single();
            if (o == null || o.constant == null && o.items == null && !o.identity && o.payload == null) {
                return false;
            }
        }
        return true;
    }

    private Completion unrolled(Stmt.For s, List<Value> items, Scope scope) {
        Set<String> bound = FunctionNames.boundBy(s.body());
        Certainty outer = m.log.certainty;
        loops.push(bound);
        for (Value item : items) {
            m.assignments.assign(s.target(), item, scope);
            Completion c = m.statements.runBlock(s.body(), scope);
            if (c == Completion.EXIT) {
                loops.pop();
                m.log.certainty = outer;
                return c;
            }
            if (m.budget.exhausted()) {
                break;
            }
        }
        loops.pop();
        m.log.certainty = outer;
        m.statements.runBlock(s.orElse(), scope);
        return Completion.NORMAL;
    }

    private Completion loop(Stmt.While s, Scope scope) {
        loops.push(FunctionNames.boundBy(List.of(s)));
        Value test = m.expressions.use(s.test(), scope);
        Boolean truth = changesInLoop(s.test()) ? null : m.constants.truth(test);
        if (Boolean.FALSE.equals(truth)) {
            loops.pop();
            return m.statements.runBlock(s.orElse(), scope);
        }
        Certainty outer = m.log.certainty;
        m.log.certainty = EffectLog.weaker(outer, Certainty.LIKELY);
        for (int round = 0; round < rounds(); round++) {
            m.statements.runBlock(s.body(), scope);
            m.expressions.use(s.test(), scope);
        }
        loops.pop();
        m.statements.runBlock(s.orElse(), scope);
        m.log.certainty = outer;
        return Completion.NORMAL;
    }

    // ---- try

    private Completion attempt(Stmt.Try s, Scope scope) {
        Completion c = m.statements.runBlock(s.body(), scope);
        Certainty outer = m.log.certainty;
        for (ExceptHandler h : s.handlers()) {
            m.log.certainty = Certainty.POSSIBLE;
            int begin = m.names.trail.begin();
            m.expressions.useIfAny(h.type(), scope);
            String name = h.name();
            if (name != null) {
                m.names.bind(scope, name, m.scalar());
            }
            m.statements.runBlock(h.body(), scope);
            Map<Trail.Place, @Nullable Binding> end = m.names.trail.rollBack(begin);
            for (Map.Entry<Trail.Place, @Nullable Binding> e : end.entrySet()) {
                Trail.Place p = e.getKey();
                if (!p.name().equals(name) && p.scope().bindings.get(p.name()) == null) {
                    m.names.trail.note(p.scope(), p.name());
                    m.names.restore(p.scope(), p.name(), e.getValue());
                }
            }
        }
        m.log.certainty = outer;
        if (c == Completion.NORMAL) {
            c = m.statements.runBlock(s.orElse(), scope);
        }
        Completion last = m.statements.runBlock(s.finalBody(), scope);
        boolean goesOn = c == Completion.EXIT && !s.handlers().isEmpty();
        return last != Completion.NORMAL ? last : goesOn ? Completion.NORMAL : c;
    }

    // ---- with

    private Completion with(Stmt.With s, Scope scope) {
        List<Value> managers = new ArrayList<>();
        for (WithItem item : s.items()) {
            Value manager = m.expressions.eval(item.context(), scope);
            managers.add(manager);
            Value entered = entered(manager);
            Expr target = item.target();
            if (target != null) {
                m.assignments.assign(target, entered, scope);
            }
        }
        Completion c = m.statements.runBlock(s.body(), scope);
        for (Value manager : managers) {
            m.userCalls.dunder(manager, "__exit__", CallArguments.of(m.none(), m.none(), m.none()));
        }
        return c;
    }

    private Value entered(Value manager) {
        Value own = m.userCalls.dunder(manager, "__enter__", CallArguments.NONE);
        if (own != null) {
            return own;
        }
        HeapObject o = manager.single();
        if (o != null && o.payload instanceof Payload.Deferred) {
            m.calls.force(o);
            return o.elements;
        }
        return manager;
    }

    // ---- match

    private Completion match(Stmt.Match s, Scope scope) {
        Value subject = m.expressions.use(s.subject(), scope);
        List<Map<Trail.Place, @Nullable Binding>> ends = new ArrayList<>();
        Certainty outer = m.log.certainty;
        for (MatchCase c : s.cases()) {
            m.log.certainty = EffectLog.weaker(outer, Certainty.LIKELY);
            int begin = m.names.trail.begin();
            pattern(c.pattern(), subject, scope);
            m.expressions.useIfAny(c.guard(), scope);
            Completion end = m.statements.runBlock(c.body(), scope);
            Map<Trail.Place, @Nullable Binding> changed = m.names.trail.rollBack(begin);
            if (end != Completion.EXIT) {
                ends.add(changed);
            }
        }
        m.log.certainty = outer;
        m.names.trail.join(ends);
        return Completion.NORMAL;
    }

    private void pattern(Pattern p, Value subject, Scope scope) {
        Value inner = m.subscripts.heldBy(subject);
        Value part = inner.isNothing() ? m.unknown() : inner;
        if (p instanceof Pattern.MatchAs as) {
            Pattern below = as.pattern();
            if (below != null) {
                pattern(below, subject, scope);
            }
            bind(as.name(), subject, scope);
            return;
        }
        if (p instanceof Pattern.MatchStar star) {
            bind(star.name(), subject, scope);
            return;
        }
        if (p instanceof Pattern.MatchMapping mapping) {
            bind(mapping.rest(), subject, scope);
        }
        Value given = p instanceof Pattern.MatchOr ? subject : part;
        p.forEachChild(child -> {
            if (child instanceof Pattern below) {
                pattern(below, given, scope);
            } else if (child instanceof Expr e) {
                m.expressions.use(e, scope);
            }
        });
    }

    private void bind(@Nullable String name, Value value, Scope scope) {
        if (name != null) {
            m.names.bind(scope, name, value);
        }
    }
}
