package dev.trackit.python.effects;

import dev.trackit.api.Execution;
import dev.trackit.api.FrameState;
import dev.trackit.api.Output;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.ParsedCell;
import dev.trackit.python.ast.Stmt;
import dev.trackit.python.knowledge.ClassKnowledge.Trait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What recorded outputs reveal about data: a frame that a cell shows, its shape, its columns, its types, its missing values. An output is
 * attributed only where it is sure whose it is: the result of the last expression, or the only thing that the cell prints.
 */
final class OutputReader {
    private final Machine m;

    OutputReader(Machine machine) {
        this.m = machine;
    }

    /** The states of the frames that the execution bound or changed, or that its outputs speak of. */
    List<FrameState> frames(Execution execution, ParsedCell cell, Iterable<String> touched) {
        Map<String, Learned> learned = new LinkedHashMap<>();
        List<Stmt> statements = cell.statements();
        if (!statements.isEmpty() && execution.outputs().size() < 200) {
            fromResult(execution, statements.get(statements.size() - 1), learned);
            fromPrint(execution, statements, learned);
        }
        for (String name : touched) {
            HeapObject o = frame(name);
            if (o != null && (o.columns != null || o.rows != null)) {
                learned.computeIfAbsent(name, n -> new Learned());
            }
        }
        List<FrameState> states = new ArrayList<>();
        learned.forEach((name, l) -> states.add(state(name, l)));
        return states;
    }

    /** What one output says of one frame. */
    private static final class Learned {
        @Nullable
        Long rows;

        @Nullable
        Long columnCount;

        @Nullable
        List<String> columns;

        Map<String, String> types = Map.of();
        Map<String, Long> missing = Map.of();
    }

    private FrameState state(String name, Learned l) {
        HeapObject o = frame(name);
        if (o != null) {
            o.columns = l.columns != null ? l.columns : o.columns;
            o.rows = l.rows != null ? l.rows : o.rows;
        }
        List<String> columns = o == null ? l.columns : o.columns;
        Long rows = o == null ? l.rows : o.rows;
        Long count = columns != null ? Long.valueOf(columns.size()) : l.columnCount;
        return new FrameState(name, rows, count, columns, l.types, l.missing);
    }

    private @Nullable HeapObject frame(String name) {
        Binding b = m.globals.bindings.get(name);
        HeapObject o = b == null ? null : b.value().single();
        return o != null && o.is(Trait.COLUMNS) ? o : null;
    }

    private void fromResult(Execution execution, Stmt last, Map<String, Learned> learned) {
        if (!(last instanceof Stmt.ExprStmt s)) {
            return;
        }
        for (Output o : execution.outputs()) {
            if (o.type() == Output.Type.RESULT && !o.textCut()) {
                read(s.value(), o.text(), learned);
            }
        }
    }

    /** The text of standard output is that of a print, if only one statement can have printed. */
    private void fromPrint(Execution execution, List<Stmt> statements, Map<String, Learned> learned) {
        Expr printed = null;
        for (Stmt s : statements) {
            Expr one = printing(s);
            if (one != null && printed != null || one == null && mayPrint(s)) {
                return;
            }
            printed = one == null ? printed : one;
        }
        if (printed == null) {
            return;
        }
        for (Output o : execution.outputs()) {
            if (o.type() == Output.Type.STREAM && o.name().equals("stdout") && !o.textCut()) {
                read(printed, o.text(), learned);
            }
        }
    }

    private static @Nullable Expr printing(Stmt s) {
        if (s instanceof Stmt.ExprStmt e && e.value() instanceof Expr.Call c) {
            if (c.function() instanceof Expr.Name n
                    && n.id().equals("print")
                    && c.args().size() == 1) {
                return c.args().get(0);
            }
            if (c.function() instanceof Expr.Attribute a && a.name().equals("info")) {
                return c;
            }
        }
        return s instanceof Stmt.PrintStmt p && p.values().size() == 1
                ? p.values().get(0)
                : null;
    }

    private static boolean mayPrint(Stmt s) {
        return switch (s.kind()) {
            case IMPORT, IMPORT_FROM, FUNCTION_DEF, CLASS_DEF, PASS, HELP -> false;
            case ASSIGN, ANN_ASSIGN, AUG_ASSIGN, DELETE -> false;
            case EXPR_STMT ->
                ((Stmt.ExprStmt) s).value() instanceof Expr.Call c
                        && (!(c.function() instanceof Expr.Attribute) || c.function() instanceof Expr.Name);
            default -> true;
        };
    }

    private void read(Expr shown, String text, Map<String, Learned> learned) {
        if (shown instanceof Expr.Name n) {
            table(n.id(), text, true, learned);
        } else if (shown instanceof Expr.Attribute a && a.value() instanceof Expr.Name n) {
            attribute(n.id(), a.name(), text, learned);
        } else if (shown instanceof Expr.Call c) {
            call(c, text, learned);
        }
    }

    private void attribute(String name, String attribute, String text, Map<String, Learned> learned) {
        if (frame(name) == null) {
            return;
        }
        switch (attribute) {
            case "shape" -> {
                long[] shape = FrameText.shape(text);
                if (shape.length == 2) {
                    Learned l = of(name, learned);
                    l.rows = shape[0];
                    l.columnCount = shape[1];
                }
            }
            case "columns" -> of(name, learned).columns = FrameText.index(text);
            case "dtypes" -> {
                Map<String, String> types = FrameText.series(text);
                Learned l = of(name, learned);
                l.types = types;
                l.columns = types.isEmpty() || text.contains("...") ? null : List.copyOf(types.keySet());
            }
            default -> {}
        }
    }

    private void call(Expr.Call c, String text, Map<String, Learned> learned) {
        if (c.function() instanceof Expr.Name f
                && c.args().size() == 1
                && c.args().get(0) instanceof Expr.Name n) {
            if (f.id().equals("len") && frame(n.id()) != null && FrameText.isNumber(text)) {
                of(n.id(), learned).rows = Long.parseLong(text.strip());
            }
            return;
        }
        if (!(c.function() instanceof Expr.Attribute a)) {
            return;
        }
        if (a.value() instanceof Expr.Name n && frame(n.id()) != null) {
            switch (a.name()) {
                case "head", "tail", "sample" -> {
                    if (c.keywords().stream().noneMatch(k -> "axis".equals(k.name()))) {
                        table(n.id(), text, false, learned);
                    }
                }
                case "info" -> info(n.id(), text, learned);
                default -> {}
            }
        } else if (a.name().equals("sum")
                && a.value() instanceof Expr.Call inner
                && inner.function() instanceof Expr.Attribute null_
                && (null_.name().equals("isnull") || null_.name().equals("isna"))
                && null_.value() instanceof Expr.Name n
                && frame(n.id()) != null) {
            Map<String, Long> missing = new LinkedHashMap<>();
            FrameText.series(text).forEach((column, count) -> {
                if (FrameText.isNumber(count)) {
                    missing.put(column, Long.parseLong(count));
                }
            });
            of(n.id(), learned).missing = missing;
        }
    }

    private void table(String name, String text, boolean whole, Map<String, Learned> learned) {
        if (frame(name) == null) {
            return;
        }
        FrameText.Table t = FrameText.table(text);
        if (t == null) {
            return;
        }
        Learned l = of(name, learned);
        l.columns = t.columns();
        l.columnCount = t.columnCount();
        if (whole) {
            l.rows = t.rows();
        }
    }

    private void info(String name, String text, Map<String, Learned> learned) {
        FrameText.Info i = FrameText.info(text);
        if (i == null) {
            return;
        }
        Learned l = of(name, learned);
        l.rows = i.rows();
        l.types = i.types();
        l.columns = i.types().isEmpty() ? null : List.copyOf(i.types().keySet());
        l.columnCount = i.columnCount();
        Map<String, Long> missing = new LinkedHashMap<>();
        i.present().forEach((column, present) -> missing.put(column, i.rows() - present));
        l.missing = missing;
    }

    private static Learned of(String name, Map<String, Learned> learned) {
        return learned.computeIfAbsent(name, n -> new Learned());
    }
}
