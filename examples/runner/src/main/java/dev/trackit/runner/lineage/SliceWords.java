package dev.trackit.runner.lineage;

import dev.trackit.core.lineage.ExecutionNode;

/** How answers name executions. */
final class SliceWords {
    private SliceWords() {}

    static String place(ExecutionNode node) {
        return node.execution().executionCount().isPresent()
                ? "In [" + node.execution().executionCount().getAsInt() + "]"
                : "#" + node.sequence();
    }
}
