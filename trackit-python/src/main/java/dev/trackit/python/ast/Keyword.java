package dev.trackit.python.ast;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A keyword argument of a call or class definition: {@code name=value}, or {@code **value}.
 *
 * @param span where it stands
 * @param name the name; none for {@code **value}
 * @param value the value
 */
public record Keyword(Span span, @Nullable String name, Expr value) implements Node {

    @Override
    public void forEachChild(Consumer<? super Node> action) {
        action.accept(value);
    }
}
