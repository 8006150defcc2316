package dev.trackit.python.ast;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A type parameter: {@code T: bound = default}, {@code *Ts} or {@code **P}.
 *
 * @param span where it stands
 * @param kind which of the three
 * @param name the name
 * @param bound the bound or tuple of constraints of a type variable
 * @param defaultValue the default (Python 3.13)
 */
public record TypeParam(
        Span span,
        Kind kind,
        String name,
        @Nullable Expr bound,
        @Nullable Expr defaultValue) implements Node {
    /** The three kinds of type parameters. */
    public enum Kind {
        TYPE_VAR,
        TYPE_VAR_TUPLE,
        PARAM_SPEC
    }

    @Override
    public void forEachChild(Consumer<? super Node> action) {
        Children.one(bound, action);
        Children.one(defaultValue, action);
    }
}
