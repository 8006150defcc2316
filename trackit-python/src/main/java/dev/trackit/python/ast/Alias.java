package dev.trackit.python.ast;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One name of an {@code import} statement: {@code numpy as np}.
 *
 * @param span where it stands
 * @param name the dotted name, or {@code *}
 * @param asName the name it is bound to, if given
 */
public record Alias(Span span, String name, @Nullable String asName) implements Node {

    @Override
    public void forEachChild(Consumer<? super Node> action) {}
}
