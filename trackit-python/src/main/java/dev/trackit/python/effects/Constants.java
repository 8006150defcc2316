package dev.trackit.python.effects;

import dev.trackit.python.ast.CompareOperator;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.Operator;
import dev.trackit.python.ast.UnaryOperator;
import dev.trackit.python.knowledge.ClassKnowledge;
import dev.trackit.python.knowledge.ClassKnowledge.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Operators: on constants as far as they reach, on everything else by type. */
final class Constants {
    private static final int LONGEST = 4000;
    private static final Map<Operator, String> METHODS = Map.of(
            Operator.ADD, "__add__",
            Operator.SUB, "__sub__",
            Operator.MULT, "__mul__",
            Operator.DIV, "__truediv__",
            Operator.MAT_MULT, "__matmul__",
            Operator.MOD, "__mod__",
            Operator.POW, "__pow__",
            Operator.FLOOR_DIV, "__floordiv__",
            Operator.BIT_AND, "__and__",
            Operator.BIT_OR, "__or__");

    private static final Pattern WHOLE = Pattern.compile("(0?)(\\d{0,2})d?");

    private static final int MOST_REPEATED = 200;

    private final Machine m;

    Constants(Machine machine) {
        this.m = machine;
    }

    Value of(Expr.Constant c) {
        Object value = c.value();
        return switch (c.type()) {
            case NONE -> m.none();
            case STRING, INT, FLOAT, BOOL -> value == null ? m.scalar() : m.ofConstant(value);
            case BYTES -> Value.of(m.heap.make(m.types.bytes));
            case ELLIPSIS, COMPLEX -> m.scalar();
        };
    }

    /** How {@code str} writes a constant; null if it is none or that is not sure. */
    static @Nullable String textOf(@Nullable Object constant) {
        if (constant instanceof Boolean b) {
            return b ? "True" : "False";
        }
        if (constant instanceof String || constant instanceof Long) {
            return constant.toString();
        }
        return null;
    }

    /** Whether a value is true; null if that is not known. */
    @Nullable
    Boolean truth(Value v) {
        Object c = v.constant();
        if (c == HeapObject.NONE) {
            return false;
        }
        if (c instanceof Boolean b) {
            return b;
        }
        if (c instanceof Long l) {
            return l != 0;
        }
        if (c instanceof String s) {
            return !s.isEmpty();
        }
        return null;
    }

    Value unary(UnaryOperator op, Value v) {
        Object c = v.constant();
        switch (op) {
            case NOT:
                Boolean truth = truth(v);
                return truth == null ? m.bool() : m.ofConstant(!truth);
            case U_SUB:
                if (c instanceof Long l) {
                    return m.ofConstant(-l);
                }
                if (c instanceof Double d) {
                    return m.ofConstant(-d);
                }
                break;
            default:
                break;
        }
        return likeOperands(v, v);
    }

    /** A constant as text in a format; null for formats other than those of whole numbers. */
    static @Nullable String formatted(@Nullable Object constant, String format) {
        Matcher number = WHOLE.matcher(format);
        if (format.isEmpty()) {
            return textOf(constant);
        }
        if (!(constant instanceof Long n) || !number.matches()) {
            return null;
        }
        String digits = Long.toString(Math.abs(n));
        int width = number.group(2).isEmpty() ? 0 : Integer.parseInt(number.group(2));
        String fill =
                (number.group(1).isEmpty() ? " " : "0").repeat(Math.max(0, width - digits.length() - (n < 0 ? 1 : 0)));
        String sign = n < 0 ? "-" : "";
        return number.group(1).isEmpty() ? fill + sign + digits : sign + fill + digits;
    }

    Value binary(Value left, Operator op, Value right) {
        Object a = left.constant();
        Object b = right.constant();
        if (op == Operator.MOD && a instanceof String s && b == null) {
            String text = formatted(s, m.subscripts.itemsOf(right));
            if (text != null) {
                m.heap.readDeep(right);
                return m.ofConstant(text);
            }
        }
        if (a != null && b != null) {
            Value folded = fold(left, a, op, right, b);
            if (folded != null) {
                return folded;
            }
        }
        m.heap.readDeep(left);
        m.heap.readDeep(right);
        String method = METHODS.get(op);
        if (method != null) {
            Value own = m.userCalls.dunder(left, method, CallArguments.of(right));
            if (own != null) {
                return own;
            }
            own = m.userCalls.dunder(right, "__r" + method.substring(2), CallArguments.of(left));
            if (own != null) {
                return own;
            }
        }
        if (op == Operator.DIV && (isPath(left) || isPath(right))) {
            return Value.of(new HeapObject(0, m.types.path, false, m.statement, null));
        }
        Value joined = joinLists(left, op, right);
        if (joined != null) {
            return joined;
        }
        Value result = likeOperands(left, right);
        m.lengths.ofOperands(left, right, result);
        return result;
    }

    private boolean isPath(Value v) {
        HeapObject o = v.single();
        return o != null && o.isA("pathlib.Path");
    }

    private @Nullable Value fold(Value left, Object a, Operator op, Value right, Object b) {
        if (op == Operator.DIV && a instanceof String s && b instanceof String t && (isPath(left) || isPath(right))) {
            return Value.of(m.heap.path(FilePaths.join(s, t)));
        }
        if (a instanceof String s && b instanceof String t && op == Operator.ADD) {
            return s.length() + t.length() > LONGEST ? m.string() : m.ofConstant(s + t);
        }
        if (a instanceof String s && op == Operator.MOD) {
            String text = textOf(b);
            int at = s.indexOf("%s") >= 0 ? s.indexOf("%s") : s.indexOf("%d");
            boolean one = at >= 0 && s.indexOf('%') == at && s.indexOf('%', at + 1) < 0;
            return text != null && one ? m.ofConstant(s.substring(0, at) + text + s.substring(at + 2)) : m.string();
        }
        if (a instanceof Long x && b instanceof Long y) {
            return switch (op) {
                case ADD -> m.ofConstant(x + y);
                case SUB -> m.ofConstant(x - y);
                case MULT -> m.ofConstant(x * y);
                case FLOOR_DIV -> y == 0 ? m.integer() : m.ofConstant(Math.floorDiv(x, y));
                case MOD -> y == 0 ? m.integer() : m.ofConstant(Math.floorMod(x, y));
                default -> null;
            };
        }
        return null;
    }

    /** {@code "%s.%s" % (a, b)} of constants; null if it is not sure. */
    private static @Nullable String formatted(String format, @Nullable List<Value> items) {
        if (items == null) {
            return null;
        }
        StringBuilder result = new StringBuilder();
        int next = 0;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%') {
                result.append(c);
                continue;
            }
            char kind = i + 1 < format.length() ? format.charAt(++i) : ' ';
            String text = next < items.size() ? textOf(items.get(next++).constant()) : null;
            if (kind != 's' && kind != 'd' || text == null) {
                return null;
            }
            result.append(text);
        }
        return next == items.size() ? result.toString() : null;
    }

    /** {@code [a] + [b]}, and {@code (a,) + (b,)}, hold what both held. */
    private @Nullable Value joinLists(Value left, Operator op, Value right) {
        HeapObject a = left.single();
        HeapObject b = right.single();
        if (a == null
                || op != Operator.ADD && op != Operator.MULT
                || a.type != m.types.list && a.type != m.types.tuple) {
            return null;
        }
        if (op == Operator.ADD && b != null && a.items != null && b.items != null && b.type == a.type) {
            List<Value> items = new ArrayList<>(a.items);
            items.addAll(b.items);
            return items.size() > 200 ? null : Value.of(m.heap.container(a.type, items));
        }
        if (b == null || op == Operator.MULT && b.type != m.types.integer) {
            return null;
        }
        if (op == Operator.MULT && a.items != null && right.constant() instanceof Long times && times >= 0) {
            List<Value> items = new ArrayList<>();
            for (long i = 0; i < times && items.size() <= MOST_REPEATED; i++) {
                items.addAll(a.items);
            }
            if (items.size() <= MOST_REPEATED) {
                return Value.of(m.heap.container(a.type, items));
            }
        }
        HeapObject result = m.heap.make(a.type);
        m.heap.addElement(result, m.subscripts.elementsOf(left), false);
        if (op == Operator.ADD) {
            m.heap.addElement(result, m.subscripts.elementsOf(right), false);
        }
        return Value.of(result);
    }

    /** What an operator gives: a frame if a frame is among the operands, else a series, an array, or a plain value. */
    Value likeOperands(Value left, Value right) {
        ClassKnowledge best = null;
        boolean unknown = false;
        for (Value v : List.of(left, right)) {
            for (HeapObject o : v.objects()) {
                if (o.is(Trait.COLUMNS) || o.isA("pandas.Series") || o.isA("numpy.ndarray")) {
                    best = best == null || rank(o.type) > rank(best) ? o.type : best;
                } else if (o.identity && o.type != m.types.list && o.type != m.types.tuple) {
                    unknown = true;
                }
            }
        }
        if (best != null) {
            return m.heap.makeValue(best);
        }
        if (unknown) {
            return m.unknown();
        }
        HeapObject l = left.single();
        HeapObject r = right.single();
        if (l != null && r != null && l.type == r.type && !l.identity) {
            return Value.of(l.withoutConstant());
        }
        return m.scalar();
    }

    private static int rank(ClassKnowledge type) {
        return type.is(Trait.COLUMNS) ? 3 : type.isA("pandas.Series") ? 2 : 1;
    }

    Value compare(Value left, CompareOperator op, Value right) {
        Object a = left.constant();
        Object b = right.constant();
        if (a != null && b != null) {
            switch (op) {
                case EQ, IS:
                    return m.ofConstant(a.equals(b));
                case NOT_EQ, IS_NOT:
                    return m.ofConstant(!a.equals(b));
                default:
                    if (a instanceof Long x && b instanceof Long y) {
                        int c = Long.compare(x, y);
                        return switch (op) {
                            case LT -> m.ofConstant(c < 0);
                            case LT_E -> m.ofConstant(c <= 0);
                            case GT -> m.ofConstant(c > 0);
                            case GT_E -> m.ofConstant(c >= 0);
                            default -> m.bool();
                        };
                    }
                    return m.bool();
            }
        }
        if (op == CompareOperator.IS || op == CompareOperator.IS_NOT) {
            return isNone(left, op, b);
        }
        if (op == CompareOperator.IN || op == CompareOperator.NOT_IN) {
            return m.bool();
        }
        Value like = likeOperands(left, right);
        HeapObject o = like.single();
        return o != null && o.identity ? like : m.bool();
    }

    /** {@code x is None} is surely false if everything that x may stand for is something. */
    private Value isNone(Value left, CompareOperator op, @Nullable Object right) {
        if (right != HeapObject.NONE || left.isNothing()) {
            return m.bool();
        }
        for (HeapObject o : left.objects()) {
            if (o.type == m.types.unknown || o.type == m.types.scalar || o.type == m.types.none) {
                return m.bool();
            }
        }
        return m.ofConstant(op == CompareOperator.IS_NOT);
    }
}
