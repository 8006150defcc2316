package dev.trackit.python.effects;

import dev.trackit.api.Effect.Certainty;
import dev.trackit.python.ast.DictItem;
import dev.trackit.python.ast.Expr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions to abstract values, in Python's order. */
final class Expressions {
    private final Machine m;

    Expressions(Machine machine) {
        this.m = machine;
    }

    /** The value of an expression; for a name alone, without a use of its content. */
    Value eval(Expr e, Scope scope) {
        m.budget.step();
        if (m.budget.exhausted() || !m.budget.enterExpression()) {
            return m.unknown();
        }
        try {
            return evalKind(e, scope);
        } finally {
            m.budget.leaveExpression();
        }
    }

    /** Evaluates and uses the whole content, as an operator or a library does. */
    Value use(Expr e, Scope scope) {
        Value v = eval(e, scope);
        m.heap.readDeep(v);
        return v;
    }

    void useIfAny(@Nullable Expr e, Scope scope) {
        if (e != null) {
            use(e, scope);
        }
    }

    private Value evalKind(Expr e, Scope scope) {
        return switch (e.kind()) {
            case NAME -> name(((Expr.Name) e).id(), scope);
            case CONSTANT -> m.constants.of((Expr.Constant) e);
            case ATTRIBUTE -> {
                Expr.Attribute a = (Expr.Attribute) e;
                yield m.attributes.load(eval(a.value(), scope), a.name());
            }
            case SUBSCRIPT -> m.subscripts.load((Expr.Subscript) e, scope);
            case CALL -> m.calls.call((Expr.Call) e, scope);
            case BIN_OP -> binary((Expr.BinOp) e, scope);
            case UNARY_OP -> unary((Expr.UnaryOp) e, scope);
            case BOOL_OP -> bool((Expr.BoolOp) e, scope);
            case COMPARE -> compare((Expr.Compare) e, scope);
            case IF_EXP -> conditional((Expr.IfExp) e, scope);
            case NAMED_EXPR -> {
                Expr.NamedExpr n = (Expr.NamedExpr) e;
                Value v = eval(n.value(), scope);
                if (n.target() instanceof Expr.Name target) {
                    m.names.bind(scope.outsideComprehensions(), target.id(), v);
                }
                yield v;
            }
            case LAMBDA -> m.definitions.lambda((Expr.Lambda) e, scope);
            case LIST_EXPR -> Value.of(m.heap.container(m.types.list, elements(((Expr.ListExpr) e).elements(), scope)));
            case TUPLE_EXPR ->
                Value.of(m.heap.container(m.types.tuple, elements(((Expr.TupleExpr) e).elements(), scope)));
            case SET_EXPR -> Value.of(m.heap.container(m.types.set, elements(((Expr.SetExpr) e).elements(), scope)));
            case DICT -> dict((Expr.Dict) e, scope);
            case LIST_COMP, SET_COMP, DICT_COMP, GENERATOR_EXP -> m.comprehensions.eval(e, scope);
            case JOINED_STR -> joined(((Expr.JoinedStr) e).values(), scope);
            case TEMPLATE_STR -> joined(((Expr.TemplateStr) e).values(), scope);
            case FORMATTED_VALUE -> {
                Expr.FormattedValue f = (Expr.FormattedValue) e;
                Value v = use(f.value(), scope);
                m.userCalls.dunder(v, "__str__", CallArguments.NONE);
                String format =
                        f.formatSpec() == null ? "" : use(f.formatSpec(), scope).text();
                boolean plain = format != null && f.conversion() == 0;
                String text = plain && format != null ? Constants.formatted(v.constant(), format) : null;
                yield text == null ? m.string() : m.ofConstant(text);
            }
            case INTERPOLATION -> use(((Expr.Interpolation) e).value(), scope);
            case AWAIT -> {
                Value v = eval(((Expr.Await) e).value(), scope);
                yield v;
            }
            case YIELD -> {
                Expr y = ((Expr.Yield) e).value();
                if (y != null) {
                    m.userCalls.yielded(eval(y, scope));
                }
                yield m.unknown();
            }
            case YIELD_FROM -> {
                Value v = use(((Expr.YieldFrom) e).value(), scope);
                m.userCalls.yielded(m.subscripts.elementsOf(v));
                yield m.unknown();
            }
            case STARRED -> use(((Expr.Starred) e).value(), scope);
            case SLICE -> {
                Expr.Slice s = (Expr.Slice) e;
                useIfAny(s.lower(), scope);
                useIfAny(s.upper(), scope);
                useIfAny(s.step(), scope);
                yield m.scalar();
            }
        };
    }

    Value name(String id, Scope scope) {
        Value v = m.names.read(scope, id);
        if (v.isNothing()) {
            Value special = m.history.special(id);
            if (special == null) {
                special = m.imports.fromStar(id);
            }
            return special == null ? m.unknown() : special;
        }
        return v;
    }

    private List<Value> elements(List<Expr> elements, Scope scope) {
        List<Value> values = new ArrayList<>(elements.size());
        for (Expr e : elements) {
            if (e instanceof Expr.Starred s) {
                Value v = use(s.value(), scope);
                List<Value> items = m.subscripts.itemsOf(v);
                if (items == null) {
                    values.add(m.subscripts.elementsOf(v));
                } else {
                    values.addAll(items);
                }
            } else {
                values.add(eval(e, scope));
            }
        }
        return values;
    }

    private Value dict(Expr.Dict e, Scope scope) {
        HeapObject dict = m.heap.make(m.types.dict);
        for (DictItem item : e.items()) {
            Expr key = item.key();
            if (key == null) {
                m.subscripts.mergeInto(dict, use(item.value(), scope));
                continue;
            }
            Value k = use(key, scope);
            Value v = eval(item.value(), scope);
            String part = Subscripts.partKey(k);
            if (part == null) {
                m.heap.addElement(dict, v, false);
            } else {
                m.heap.setPart(dict, part, v);
            }
        }
        return Value.of(dict);
    }

    private Value binary(Expr.BinOp e, Scope scope) {
        Value left = eval(e.left(), scope);
        Value right = eval(e.right(), scope);
        return m.constants.binary(left, e.op(), right);
    }

    private Value unary(Expr.UnaryOp e, Scope scope) {
        Value v = use(e.operand(), scope);
        return m.constants.unary(e.op(), v);
    }

    private Value bool(Expr.BoolOp e, Scope scope) {
        Certainty outer = m.log.certainty;
        Value result = Value.NOTHING;
        boolean first = true;
        for (Expr operand : e.values()) {
            Value v = eval(operand, scope);
            if (!(v.objects().length == 1 && v.objects()[0].constant != null)) {
                m.heap.readDeep(v);
            }
            result = first ? v : result.join(v);
            Boolean truth = m.constants.truth(v);
            if (truth != null && truth != e.and()) {
                break;
            }
            if (truth == null) {
                m.log.certainty = EffectLog.weaker(outer, Certainty.LIKELY);
            } else {
                result = v;
            }
            first = false;
        }
        m.log.certainty = outer;
        return result;
    }

    private Value compare(Expr.Compare e, Scope scope) {
        Value left = use(e.left(), scope);
        Value result = m.bool();
        for (int i = 0; i < e.comparators().size(); i++) {
            Value right = use(e.comparators().get(i), scope);
            result = m.constants.compare(left, e.ops().get(i), right);
            left = right;
        }
        return e.comparators().size() == 1 ? result : result.join(m.bool());
    }

    private Value conditional(Expr.IfExp e, Scope scope) {
        Value test = use(e.test(), scope);
        Boolean truth = m.constants.truth(test);
        if (truth != null) {
            return eval(truth ? e.body() : e.orElse(), scope);
        }
        Certainty outer = m.log.certainty;
        m.log.certainty = EffectLog.weaker(outer, Certainty.LIKELY);
        Value v = eval(e.body(), scope).join(eval(e.orElse(), scope));
        m.log.certainty = outer;
        return v;
    }

    private Value joined(List<Expr> parts, Scope scope) {
        StringBuilder text = new StringBuilder();
        boolean constant = true;
        for (Expr part : parts) {
            String s = Constants.textOf(eval(part, scope).constant());
            constant &= s != null;
            text.append(s);
        }
        return constant ? m.ofConstant(text.toString()) : m.string();
    }
}
