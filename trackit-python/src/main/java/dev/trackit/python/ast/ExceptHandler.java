package dev.trackit.python.ast;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One {@code except} (or {@code except*}) clause.
 *
 * @param span where it stands
 * @param type the exception class or a tuple of them; none for a bare {@code except}
 * @param name the name after {@code as}, bound in the body and deleted after it
 * @param body the body
 */
public record ExceptHandler(
        Span span, @Nullable Expr type, @Nullable String name, List<Stmt> body) implements Node {
    public ExceptHandler {
        body = List.copyOf(body);
    }

    @Override
    public void forEachChild(Consumer<? super Node> action) {
        Children.one(type, action);
        Children.each(body, action);
    }
}
