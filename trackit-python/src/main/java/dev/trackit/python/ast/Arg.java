package dev.trackit.python.ast;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a function, with its default: {@code x: int = 3}.
 *
 * @param span name and annotation, as CPython has it; the default lies outside
 * @param name the name
 * @param annotation the annotation, if any
 * @param defaultValue the default, if any (CPython keeps defaults in lists of their own)
 */
public record Arg(
        Span span,
        String name,
        @Nullable Expr annotation,
        @Nullable Expr defaultValue) implements Node {

    @Override
    public void forEachChild(Consumer<? super Node> action) {
        Children.one(annotation, action);
        Children.one(defaultValue, action);
    }
}
