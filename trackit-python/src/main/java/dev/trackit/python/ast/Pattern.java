package dev.trackit.python.ast;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of a {@code match} statement.
 */
public sealed interface Pattern extends Node {

    /** Which pattern a node is; one constant for each record below. */
    enum Kind {
        MATCH_VALUE,
        MATCH_SINGLETON,
        MATCH_SEQUENCE,
        MATCH_MAPPING,
        MATCH_CLASS,
        MATCH_STAR,
        MATCH_AS,
        MATCH_OR
    }

    /** The kind, for a {@code switch}. */
    Kind kind();

    /** A value to compare with: {@code 3}, {@code Color.RED}. */
    record MatchValue(Span span, Expr value) implements Pattern {
        @Override
        public Kind kind() {
            return Kind.MATCH_VALUE;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(value);
        }
    }

    /** {@code None}, {@code True} or {@code False}. */
    record MatchSingleton(Span span, Expr.Constant value) implements Pattern {
        @Override
        public Kind kind() {
            return Kind.MATCH_SINGLETON;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {}
    }

    /** {@code [a, b, *rest]}. */
    record MatchSequence(Span span, List<Pattern> patterns) implements Pattern {
        public MatchSequence {
            patterns = List.copyOf(patterns);
        }

        @Override
        public Kind kind() {
            return Kind.MATCH_SEQUENCE;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.each(patterns, action);
        }
    }

    /** {@code {key: pattern, **rest}}: as many keys as patterns. */
    record MatchMapping(
            Span span,
            List<Expr> keys,
            List<Pattern> patterns,
            @Nullable String rest) implements Pattern {
        public MatchMapping {
            keys = List.copyOf(keys);
            patterns = List.copyOf(patterns);
        }

        @Override
        public Kind kind() {
            return Kind.MATCH_MAPPING;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.each(keys, action);
            Children.each(patterns, action);
        }
    }

    /** {@code Point(a, y=b)}: as many keyword names as keyword patterns. */
    record MatchClass(
            Span span, Expr type, List<Pattern> patterns, List<String> keywordNames, List<Pattern> keywordPatterns)
            implements Pattern {
        public MatchClass {
            patterns = List.copyOf(patterns);
            keywordNames = List.copyOf(keywordNames);
            keywordPatterns = List.copyOf(keywordPatterns);
        }

        @Override
        public Kind kind() {
            return Kind.MATCH_CLASS;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(type);
            Children.each(patterns, action);
            Children.each(keywordPatterns, action);
        }
    }

    /** {@code *name} within a sequence; no name for {@code *_}. */
    record MatchStar(Span span, @Nullable String name) implements Pattern {
        @Override
        public Kind kind() {
            return Kind.MATCH_STAR;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {}
    }

    /** {@code pattern as name}; a bare name has no pattern, {@code _} has neither. */
    record MatchAs(
            Span span, @Nullable Pattern pattern, @Nullable String name) implements Pattern {
        @Override
        public Kind kind() {
            return Kind.MATCH_AS;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.one(pattern, action);
        }
    }

    /** {@code a | b}. */
    record MatchOr(Span span, List<Pattern> patterns) implements Pattern {
        public MatchOr {
            patterns = List.copyOf(patterns);
        }

        @Override
        public Kind kind() {
            return Kind.MATCH_OR;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.each(patterns, action);
        }
    }
}
