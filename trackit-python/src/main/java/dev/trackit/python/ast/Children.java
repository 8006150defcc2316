package dev.trackit.python.ast;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the nodes' {@code forEachChild} share. */
final class Children {

    private Children() {}

    static void each(List<? extends Node> nodes, Consumer<? super Node> action) {
        for (int i = 0; i < nodes.size(); i++) {
            action.accept(nodes.get(i));
        }
    }

    static void one(@Nullable Node node, Consumer<? super Node> action) {
        if (node != null) {
            action.accept(node);
        }
    }
}
