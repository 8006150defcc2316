package dev.trackit.python.ast;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One context manager of a {@code with} statement.
 *
 * @param span where it stands
 * @param context the context manager
 * @param target what {@code as} binds
 */
public record WithItem(Span span, Expr context, @Nullable Expr target) implements Node {

    @Override
    public void forEachChild(Consumer<? super Node> action) {
        action.accept(context);
        Children.one(target, action);
    }
}
