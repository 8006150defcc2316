package dev.trackit.python.ast;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One item of a dict display: {@code key: value}, or {@code **value}.
 *
 * @param span where it stands
 * @param key the key; none for {@code **value}
 * @param value the value
 */
public record DictItem(Span span, @Nullable Expr key, Expr value) implements Node {

    @Override
    public void forEachChild(Consumer<? super Node> action) {
        Children.one(key, action);
        action.accept(value);
    }
}
