package dev.trackit.python.effects;

import dev.trackit.api.Effect.Certainty;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.knowledge.CallKnowledge;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Methods of data frames whose arguments name columns or variables. */
final class SpecialFrames {
    private final Machine m;

    SpecialFrames(Machine machine) {
        this.m = machine;
    }

    @Nullable
    Value bySpecial(CallKnowledge k, @Nullable HeapObject self, CallArguments args, Expr.@Nullable Call e) {
        switch (k.special()) {
            case "query":
                namesInText(args.valueAt(0).text(), true);
                return null;
            case "evaluateNames":
                namesInFormula(args.valueAt(0).text(), null);
                return null;
            case "formula":
                CallArguments.Argument formula = args.forParameter(
                        k, k.params().isEmpty() ? "" : k.params().get(0));
                namesInFormula(formula == null ? null : formula.value().text(), args);
                return null;
            case "assign":
                assign(self, args);
                return null;
            case "insert":
                return self == null ? null : insert(self, args);
            case "framePop":
                return self == null ? null : pop(self, args);
            case "pipe":
                return self == null ? null : pipe(self, args);
            default:
                return null;
        }
    }

    /** {@code @name} in the text of a query is a variable. */
    private void namesInText(@Nullable String text, boolean marked) {
        if (text == null) {
            return;
        }
        for (int at = text.indexOf('@'); at >= 0 && marked; at = text.indexOf('@', at + 1)) {
            int end = at + 1;
            while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
                end++;
            }
            if (end > at + 1) {
                m.heap.readDeep(m.expressions.name(text.substring(at + 1, end), m.scopeOfCall));
            }
        }
    }

    /** Names in a formula are columns of the data, or else variables: patsy takes hold of both. */
    private void namesInFormula(@Nullable String text, @Nullable CallArguments args) {
        if (text == null || args != null && args.list.size() < 2) {
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isJavaIdentifierStart(text.charAt(i)) || i > 0 && text.charAt(i - 1) == '.') {
                continue;
            }
            int end = i;
            while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
                end++;
            }
            String name = text.substring(i, end);
            if (m.names.isBound(name)) {
                Value v = m.expressions.name(name, m.scopeOfCall);
                m.calls.callBack(v, Value.NOTHING);
                if (args == null) {
                    m.heap.readDeep(v);
                }
            }
            i = end;
        }
    }

    private void assign(@Nullable HeapObject self, CallArguments args) {
        for (CallArguments.Argument a : args.list) {
            m.calls.callBack(a.value(), self == null ? Value.NOTHING : Value.of(self));
        }
    }

    private @Nullable Value insert(HeapObject self, CallArguments args) {
        m.heap.readDeep(args.all());
        CallArguments.Argument named = args.named("column");
        String column = (named == null ? args.valueAt(1) : named.value()).text();
        if (column == null) {
            m.heap.mutateWhole(self, Certainty.SURE);
        } else {
            List<String> before = self.columns;
            m.heap.writePart(self, Subscripts.stringPart(column), Value.NOTHING);
            if (before != null && !before.contains(column)) {
                Object at = args.valueAt(0).constant();
                List<String> columns = new ArrayList<>(before);
                if (at instanceof Long place && place >= 0 && place <= before.size()) {
                    columns.add(place.intValue(), column);
                    self.columns = columns;
                } else {
                    self.columns = null;
                }
            }
            m.steps.columnsWritten(self, List.of(column));
        }
        return m.none();
    }

    private @Nullable Value pop(HeapObject self, CallArguments args) {
        String column = args.valueAt(0).text();
        if (column == null) {
            return null;
        }
        Value found = m.subscripts.column(self, column);
        m.heap.deletePart(self, Subscripts.stringPart(column));
        return found;
    }

    private Value pipe(HeapObject self, CallArguments args) {
        CallArguments inner = CallArguments.of(Value.of(self));
        for (int i = 1; i < args.list.size(); i++) {
            inner.list.add(args.list.get(i));
        }
        return m.calls.call(args.valueAt(0), inner, null);
    }
}
