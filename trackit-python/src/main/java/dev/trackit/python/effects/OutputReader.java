package dev.trackit.python.effects;

import dev.trackit.api.Execution;
import dev.trackit.api.FrameState;
import dev.trackit.python.ast.ParsedCell;
import dev.trackit.python.ast.Stmt;
import java.util.List;

/** What recorded outputs reveal about data. */
final class OutputReader {
    private final Machine m;

    OutputReader(Machine machine) {
        this.m = machine;
    }

    void begin() {}

    void ran(Stmt s) {
        m.budget.step();
    }

    List<FrameState> frames(Execution execution, ParsedCell cell) {
        return List.of();
    }
}
