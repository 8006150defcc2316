package dev.trackit.python.effects;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.ColumnLineage;
import dev.trackit.api.Excerpt;
import dev.trackit.api.Location;
import dev.trackit.api.Transformation;
import dev.trackit.api.TransformationKind;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.knowledge.CallKnowledge;
import dev.trackit.python.knowledge.ClassKnowledge.Trait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers the steps on data that a statement performs. Labels are found when the statement has ended and results have names. */
final class Steps {
    private static final int MOST = 60;

    private final Machine m;
    private final List<Draft> drafts = new ArrayList<>();

    /** Columns that the statement has read so far, for what it writes. */
    private final Set<ColumnRead> columnsRead = new LinkedHashSet<>();

    Steps(Machine machine) {
        this.m = machine;
    }

    private record ColumnRead(HeapObject frame, String column) {}

    /** A step in the making. */
    static final class Draft {
        final TransformationKind kind;
        final String call;
        final int line;

        /** Whether it brings in data from outside the code. */
        boolean reads;

        final Map<String, String> arguments = new LinkedHashMap<>();
        final Set<HeapObject> inputs = new LinkedHashSet<>();
        final Set<HeapObject> outputs = new LinkedHashSet<>();
        final List<ColumnDraft> columns = new ArrayList<>();

        Draft(TransformationKind kind, String call, int line) {
            this.kind = kind;
            this.call = call;
            this.line = line;
        }
    }

    record ColumnDraft(String column, @Nullable HeapObject frame, String from, ColumnLineage.Type type) {}

    void begin() {
        drafts.clear();
        columnsRead.clear();
    }

    void columnRead(HeapObject frame, String column) {
        if (columnsRead.size() < 100) {
            columnsRead.add(new ColumnRead(frame, column));
        }
    }

    @Nullable
    Draft begin(
            CallKnowledge k,
            String qualifiedName,
            @Nullable HeapObject self,
            CallArguments args,
            Expr.@Nullable Call e) {
        if (k.kind() == null || drafts.size() >= MOST) {
            return null;
        }
        Draft d = new Draft(
                kind(k, self, args),
                qualifiedName,
                e == null ? m.line : e.span().line());
        d.reads = !k.reads().isEmpty() || !qualifiedName.startsWith("numpy") && !qualifiedName.startsWith("pandas");
        if (self != null) {
            addData(d.inputs, self);
        }
        int place = 0;
        for (CallArguments.Argument a : args.list) {
            for (HeapObject o : a.value().objects()) {
                addData(d.inputs, o);
            }
            String name = a.name().isEmpty() ? nameOfPlace(k, place++) : a.name();
            if (a.source() != null && e != null) {
                d.arguments.put(name, text(a.source()));
            }
        }
        m.columns.of(d, k, self, args);
        drafts.add(d);
        return d;
    }

    /** The kind of the call; {@code drop} leaves out rows unless it is told that it is columns. */
    private TransformationKind kind(CallKnowledge k, @Nullable HeapObject self, CallArguments args) {
        TransformationKind kind = requireNonNull(k.kind());
        boolean drops = k.name().equals("drop") && self != null && self.is(Trait.COLUMNS);
        if (!drops || !m.libraryCalls.valueOf(k, args, "columns").isNothing()) {
            return kind;
        }
        Value axis = m.libraryCalls.valueOf(k, args, "axis");
        boolean rows = axis.isNothing() || Long.valueOf(0).equals(axis.constant()) || "index".equals(axis.constant());
        return rows ? TransformationKind.SELECTION : kind;
    }

    private static String nameOfPlace(CallKnowledge k, int place) {
        return place < k.params().size() ? k.params().get(place) : Integer.toString(place);
    }

    String text(Expr e) {
        try {
            return Excerpt.of(e.span().text(m.source), 300);
        } catch (IndexOutOfBoundsException outside) {
            // The expression stands in a module's file or another cell, not in this one.
            return "…";
        }
    }

    private void addData(Set<HeapObject> into, HeapObject o) {
        HeapObject target = o.owner == null ? o : o.owner;
        boolean data = target.is(Trait.COLUMNS)
                || target.isA("pandas.Series")
                || target.isA("numpy.ndarray")
                || target.is(Trait.ESTIMATOR)
                || target.isA("pandas.GroupBy");
        if (data) {
            into.add(target);
        } else if (target.type == m.types.list || target.type == m.types.tuple) {
            for (HeapObject each : target.elements.objects()) {
                addColumn(into, each);
            }
        } else if (target.type == m.types.dict && target.parts != null) {
            for (Value part : target.parts.values()) {
                for (HeapObject each : part.objects()) {
                    addColumn(into, each);
                }
            }
        }
    }

    private static void addColumn(Set<HeapObject> into, HeapObject o) {
        if (o.is(Trait.COLUMNS) || o.isA("numpy.ndarray") || o.isA("pandas.Series")) {
            into.add(o);
        }
    }

    void end(@Nullable Draft d, Value result) {
        if (d == null) {
            return;
        }
        if (d.kind == TransformationKind.SOURCE && !d.reads && !d.inputs.isEmpty()) {
            drafts.remove(d); // Made of data that is there already: no new data comes in.
            return;
        }
        for (HeapObject o : result.objects()) {
            if (o.constant == HeapObject.NONE) {
                d.outputs.addAll(d.inputs.stream().limit(1).toList());
            } else {
                addData(d.outputs, o);
            }
        }
    }

    // ---- steps that are not calls

    void projection(HeapObject frame, HeapObject result, List<String> names) {
        Draft d = operator(TransformationKind.PROJECTION, "DataFrame[columns]");
        d.arguments.put("columns", names.toString());
        d.inputs.add(frame);
        d.outputs.add(result);
        for (String name : names) {
            d.columns.add(new ColumnDraft(name, frame, name, ColumnLineage.Type.IDENTITY));
        }
    }

    void selection(HeapObject frame, HeapObject result, Expr condition) {
        Draft d = operator(TransformationKind.SELECTION, "DataFrame[mask]");
        d.arguments.put("mask", text(condition));
        d.inputs.add(frame);
        d.outputs.add(result);
        d.columns.add(new ColumnDraft("*", frame, "*", ColumnLineage.Type.IDENTITY));
        for (ColumnRead read : columnsRead) {
            d.columns.add(new ColumnDraft("*", read.frame, read.column, ColumnLineage.Type.FILTER));
        }
    }

    /** Rows that are chosen by place or label, of all columns or of one. */
    void rows(HeapObject frame, HeapObject result, Expr rows, String column) {
        if (Subscripts.isAll(rows)) {
            return;
        }
        Draft d = operator(TransformationKind.SELECTION, "DataFrame[rows]");
        d.arguments.put("rows", text(rows));
        d.inputs.add(frame);
        d.outputs.add(result);
        d.columns.add(new ColumnDraft(column, frame, column, ColumnLineage.Type.IDENTITY));
        for (ColumnRead read : columnsRead) {
            if (!read.column.equals(column)) {
                d.columns.add(new ColumnDraft(column, read.frame, read.column, ColumnLineage.Type.FILTER));
            }
        }
    }

    /** Columns that are chosen by place. */
    void columns(HeapObject frame, HeapObject result, Expr columns) {
        Draft d = operator(TransformationKind.PROJECTION, "DataFrame[columns]");
        d.arguments.put("columns", text(columns));
        d.inputs.add(frame);
        d.outputs.add(result);
        d.columns.add(new ColumnDraft("*", frame, "*", ColumnLineage.Type.IDENTITY));
    }

    /** A frame's columns were assigned from what the statement has read so far. */
    void columnsWritten(HeapObject frame, List<String> names) {
        Draft d = operator(TransformationKind.PROJECTION_MODIFY, "DataFrame[column] = …");
        d.outputs.add(frame);
        d.inputs.add(frame);
        for (String name : names) {
            for (ColumnRead read : columnsRead) {
                d.inputs.add(read.frame);
                d.columns.add(new ColumnDraft(name, read.frame, read.column, ColumnLineage.Type.TRANSFORMATION));
            }
        }
        if (!names.isEmpty()) {
            d.arguments.put("column", String.join(", ", names));
        }
    }

    void renamed(HeapObject frame) {
        Draft d = operator(TransformationKind.RENAME, "DataFrame.columns = …");
        d.inputs.add(frame);
        d.outputs.add(frame);
    }

    private Draft operator(TransformationKind kind, String call) {
        Draft d = new Draft(kind, call, m.line);
        if (drafts.size() < MOST) {
            drafts.add(d);
        }
        return d;
    }

    // ---- what came of it

    List<Transformation> finished() {
        List<Transformation> done = new ArrayList<>();
        for (Draft d : drafts) {
            done.add(Transformation.builder(d.kind, d.call, d.line)
                    .arguments(d.arguments)
                    .inputs(locations(d.inputs))
                    .outputs(locations(d.outputs))
                    .columns(columns(d))
                    .build());
        }
        return done;
    }

    private List<Location> locations(Set<HeapObject> objects) {
        List<Location> found = new ArrayList<>();
        for (HeapObject o : objects) {
            found.add(m.heap.location(o, m.heap.nameOf(o)));
        }
        return found;
    }

    private List<ColumnLineage> columns(Draft d) {
        Map<String, List<ColumnLineage.Input>> byColumn = new LinkedHashMap<>();
        for (ColumnDraft c : d.columns) {
            String dataset = c.frame == null ? "" : m.heap.label(c.frame, 0);
            byColumn.computeIfAbsent(c.column, k -> new ArrayList<>())
                    .add(new ColumnLineage.Input(dataset, c.from, c.type));
        }
        List<ColumnLineage> found = new ArrayList<>();
        byColumn.forEach((column, inputs) -> found.add(new ColumnLineage(column, inputs)));
        return found;
    }
}
