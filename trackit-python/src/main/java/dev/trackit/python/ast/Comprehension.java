package dev.trackit.python.ast;

import java.util.List;
import java.util.function.Consumer;

/**
 * One {@code for} clause of a comprehension with its conditions.
 *
 * @param span from {@code for} (or {@code async}) to the last condition
 * @param target what is bound
 * @param iter what is iterated
 * @param ifs the conditions
 * @param async whether it is {@code async for}
 */
public record Comprehension(Span span, Expr target, Expr iter, List<Expr> ifs, boolean async) implements Node {
    public Comprehension {
        ifs = List.copyOf(ifs);
    }

    @Override
    public void forEachChild(Consumer<? super Node> action) {
        action.accept(target);
        action.accept(iter);
        Children.each(ifs, action);
    }
}
