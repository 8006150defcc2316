package dev.trackit.python.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A node of the syntax tree.
 *
 * <p>To act on the kind of a node, switch over {@link Stmt#kind()}, {@link Expr#kind()} or {@link Pattern#kind()} and
 * cast, or use {@code instanceof} patterns. No tree that the parser returns is deeper than {@link #MAX_DEPTH}, so a
 * recursive walk is safe.
 */
public sealed interface Node
        permits Stmt,
                Expr,
                Pattern,
                Alias,
                Arg,
                Arguments,
                Comprehension,
                DictItem,
                ExceptHandler,
                Keyword,
                MatchCase,
                TypeParam,
                WithItem {

    /** No node of a parsed cell lies deeper than this below its top-level statement. */
    int MAX_DEPTH = 1_000;

    /** Where the node stands in the cell. */
    Span span();

    /** Calls {@code action} with each direct child, in the order of the source. */
    void forEachChild(Consumer<? super Node> action);

    /** The direct children, in the order of the source. */
    default List<Node> children() {
        List<Node> children = new ArrayList<>();
        forEachChild(children::add);
        return children;
    }

    /** The text of this node, cut out of {@code source}, the source of the cell. */
    default String text(String source) {
        return span().text(source);
    }
}
