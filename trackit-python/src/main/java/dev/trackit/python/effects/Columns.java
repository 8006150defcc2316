package dev.trackit.python.effects;

import dev.trackit.api.ColumnLineage;
import dev.trackit.api.TransformationKind;
import dev.trackit.python.knowledge.CallKnowledge;
import dev.trackit.python.knowledge.ClassKnowledge.Trait;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From which columns the columns of a call's result come, as far as constants in its arguments tell. */
final class Columns {
    private static final List<String> KEYS =
            List.of("by", "on", "left_on", "right_on", "subset", "keys", "columns", "index", "values");

    private final Machine m;

    Columns(Machine machine) {
        this.m = machine;
    }

    void of(Steps.Draft d, CallKnowledge k, @Nullable HeapObject self, CallArguments args) {
        if (self == null || !self.is(Trait.COLUMNS)) {
            return;
        }
        if (d.kind == TransformationKind.RENAME) {
            renamed(d, k, self, args);
            return;
        }
        ColumnLineage.Type type = indirect(d.kind);
        if (type != null) {
            d.columns.add(new Steps.ColumnDraft(
                    "*",
                    self,
                    "*",
                    d.kind == TransformationKind.GROUP_AND_AGGREGATE
                            ? ColumnLineage.Type.AGGREGATION
                            : ColumnLineage.Type.IDENTITY));
            for (String key : KEYS) {
                for (String column : names(m.libraryCalls.valueOf(k, args, key))) {
                    d.columns.add(new Steps.ColumnDraft("*", self, column, type));
                }
            }
        }
    }

    private static ColumnLineage.@Nullable Type indirect(TransformationKind kind) {
        return switch (kind) {
            case JOIN -> ColumnLineage.Type.JOIN;
            case GROUP_AND_AGGREGATE -> ColumnLineage.Type.GROUP_BY;
            case SORT -> ColumnLineage.Type.SORT;
            case DROP_MISSING, DEDUPLICATE, SELECTION -> ColumnLineage.Type.FILTER;
            case WINDOW -> ColumnLineage.Type.WINDOW;
            default -> null;
        };
    }

    private void renamed(Steps.Draft d, CallKnowledge k, HeapObject self, CallArguments args) {
        HeapObject mapping = m.libraryCalls.valueOf(k, args, "columns").single();
        if (mapping == null || mapping.parts == null) {
            return;
        }
        for (Map.Entry<String, Value> e : mapping.parts.entrySet()) {
            String to = e.getValue().text();
            if (to != null) {
                d.columns.add(new Steps.ColumnDraft(to, self, Heap.columnOf(e.getKey()), ColumnLineage.Type.IDENTITY));
            }
        }
    }

    private List<String> names(Value v) {
        String one = v.text();
        if (one != null) {
            return List.of(one);
        }
        List<String> several = m.subscripts.strings(v);
        return several == null ? List.of() : several;
    }
}
