package dev.trackit.python.ast;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a function or lambda.
 *
 * @param span the list without its parentheses; empty where there are none
 * @param positionalOnly those before {@code /}
 * @param positional those that can be given by place or by name
 * @param vararg the one after {@code *}
 * @param keywordOnly those by name only
 * @param kwarg the one after {@code **}
 */
public record Arguments(
        Span span,
        List<Arg> positionalOnly,
        List<Arg> positional,
        @Nullable Arg vararg,
        List<Arg> keywordOnly,
        @Nullable Arg kwarg)
        implements Node {
    public Arguments {
        positionalOnly = List.copyOf(positionalOnly);
        positional = List.copyOf(positional);
        keywordOnly = List.copyOf(keywordOnly);
    }

    @Override
    public void forEachChild(Consumer<? super Node> action) {
        Children.each(positionalOnly, action);
        Children.each(positional, action);
        Children.one(vararg, action);
        Children.each(keywordOnly, action);
        Children.one(kwarg, action);
    }
}
