package dev.trackit.python.ast;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One {@code case} of a {@code match} statement.
 *
 * @param span from {@code case} to the end of the body
 * @param pattern the pattern
 * @param guard the condition after {@code if}
 * @param body the body
 */
public record MatchCase(
        Span span, Pattern pattern, @Nullable Expr guard, List<Stmt> body) implements Node {
    public MatchCase {
        body = List.copyOf(body);
    }

    @Override
    public void forEachChild(Consumer<? super Node> action) {
        action.accept(pattern);
        Children.one(guard, action);
        Children.each(body, action);
    }
}
