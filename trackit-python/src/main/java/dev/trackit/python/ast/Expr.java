package dev.trackit.python.ast;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An expression.
 *
 * <p>Differences from CPython's {@code ast}: {@code List} and {@code Tuple} are {@link ListExpr} and {@link TupleExpr},
 * dict displays have {@link DictItem}s, a comparison has one enum for its operators.
 */
public sealed interface Expr extends Node {

    /** Which expression a node is; one constant for each record below. */
    enum Kind {
        BOOL_OP,
        NAMED_EXPR,
        BIN_OP,
        UNARY_OP,
        LAMBDA,
        IF_EXP,
        DICT,
        SET_EXPR,
        LIST_COMP,
        SET_COMP,
        DICT_COMP,
        GENERATOR_EXP,
        AWAIT,
        YIELD,
        YIELD_FROM,
        COMPARE,
        CALL,
        FORMATTED_VALUE,
        JOINED_STR,
        INTERPOLATION,
        TEMPLATE_STR,
        CONSTANT,
        ATTRIBUTE,
        SUBSCRIPT,
        STARRED,
        NAME,
        LIST_EXPR,
        TUPLE_EXPR,
        SLICE
    }

    /** The kind, for a {@code switch}. */
    Kind kind();

    /** Whether an expression is read, bound or deleted. */
    enum Context {
        LOAD,
        STORE,
        DELETE
    }

    /** {@code a and b and c}, {@code a or b}. */
    record BoolOp(Span span, boolean and, List<Expr> values) implements Expr {
        public BoolOp {
            values = List.copyOf(values);
        }

        @Override
        public Kind kind() {
            return Kind.BOOL_OP;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.each(values, action);
        }
    }

    /** {@code target := value}. */
    record NamedExpr(Span span, Expr target, Expr value) implements Expr {
        @Override
        public Kind kind() {
            return Kind.NAMED_EXPR;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(target);
            action.accept(value);
        }
    }

    /** {@code left op right}. */
    record BinOp(Span span, Expr left, Operator op, Expr right) implements Expr {
        @Override
        public Kind kind() {
            return Kind.BIN_OP;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(left);
            action.accept(right);
        }
    }

    /** {@code -operand}, {@code not operand} and so on. */
    record UnaryOp(Span span, UnaryOperator op, Expr operand) implements Expr {
        @Override
        public Kind kind() {
            return Kind.UNARY_OP;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(operand);
        }
    }

    /** {@code lambda arguments: body}. */
    record Lambda(Span span, Arguments arguments, Expr body) implements Expr {
        @Override
        public Kind kind() {
            return Kind.LAMBDA;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(arguments);
            action.accept(body);
        }
    }

    /** {@code body if test else orElse}. */
    record IfExp(Span span, Expr body, Expr test, Expr orElse) implements Expr {
        @Override
        public Kind kind() {
            return Kind.IF_EXP;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(body);
            action.accept(test);
            action.accept(orElse);
        }
    }

    /** {@code {key: value, **other}}. */
    record Dict(Span span, List<DictItem> items) implements Expr {
        public Dict {
            items = List.copyOf(items);
        }

        @Override
        public Kind kind() {
            return Kind.DICT;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.each(items, action);
        }
    }

    /** {@code {a, b}}. */
    record SetExpr(Span span, List<Expr> elements) implements Expr {
        public SetExpr {
            elements = List.copyOf(elements);
        }

        @Override
        public Kind kind() {
            return Kind.SET_EXPR;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.each(elements, action);
        }
    }

    /** {@code [element for …]}. */
    record ListComp(Span span, Expr element, List<Comprehension> generators) implements Expr {
        public ListComp {
            generators = List.copyOf(generators);
        }

        @Override
        public Kind kind() {
            return Kind.LIST_COMP;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(element);
            Children.each(generators, action);
        }
    }

    /** {@code {element for …}}. */
    record SetComp(Span span, Expr element, List<Comprehension> generators) implements Expr {
        public SetComp {
            generators = List.copyOf(generators);
        }

        @Override
        public Kind kind() {
            return Kind.SET_COMP;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(element);
            Children.each(generators, action);
        }
    }

    /** {@code {key: value for …}}. */
    record DictComp(Span span, Expr key, Expr value, List<Comprehension> generators) implements Expr {
        public DictComp {
            generators = List.copyOf(generators);
        }

        @Override
        public Kind kind() {
            return Kind.DICT_COMP;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(key);
            action.accept(value);
            Children.each(generators, action);
        }
    }

    /** {@code (element for …)}. */
    record GeneratorExp(Span span, Expr element, List<Comprehension> generators) implements Expr {
        public GeneratorExp {
            generators = List.copyOf(generators);
        }

        @Override
        public Kind kind() {
            return Kind.GENERATOR_EXP;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(element);
            Children.each(generators, action);
        }
    }

    /** {@code await value}. */
    record Await(Span span, Expr value) implements Expr {
        @Override
        public Kind kind() {
            return Kind.AWAIT;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(value);
        }
    }

    /** {@code yield value}. */
    record Yield(Span span, @Nullable Expr value) implements Expr {
        @Override
        public Kind kind() {
            return Kind.YIELD;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.one(value, action);
        }
    }

    /** {@code yield from value}. */
    record YieldFrom(Span span, Expr value) implements Expr {
        @Override
        public Kind kind() {
            return Kind.YIELD_FROM;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(value);
        }
    }

    /** {@code left < b <= c}: as many operators as comparators. */
    record Compare(Span span, Expr left, List<CompareOperator> ops, List<Expr> comparators) implements Expr {
        public Compare {
            ops = List.copyOf(ops);
            comparators = List.copyOf(comparators);
        }

        @Override
        public Kind kind() {
            return Kind.COMPARE;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(left);
            Children.each(comparators, action);
        }
    }

    /** {@code function(args, *starred, name=value, **more)}. */
    record Call(Span span, Expr function, List<Expr> args, List<Keyword> keywords) implements Expr {
        public Call {
            args = List.copyOf(args);
            keywords = List.copyOf(keywords);
        }

        @Override
        public Kind kind() {
            return Kind.CALL;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(function);
            Children.each(args, action);
            Children.each(keywords, action);
        }
    }

    /** A replacement field of an f-string. {@code conversion} is {@code 's'}, {@code 'r'}, {@code 'a'} or 0. */
    record FormattedValue(
            Span span,
            Expr value,
            char conversion,
            @Nullable JoinedStr formatSpec) implements Expr {
        @Override
        public Kind kind() {
            return Kind.FORMATTED_VALUE;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(value);
            Children.one(formatSpec, action);
        }
    }

    /** An f-string: string constants and {@link FormattedValue}s. */
    record JoinedStr(Span span, List<Expr> values) implements Expr {
        public JoinedStr {
            values = List.copyOf(values);
        }

        @Override
        public Kind kind() {
            return Kind.JOINED_STR;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.each(values, action);
        }
    }

    /** A replacement field of a t-string; {@code text} is the source of the expression. */
    record Interpolation(
            Span span,
            Expr value,
            String text,
            char conversion,
            @Nullable JoinedStr formatSpec) implements Expr {
        @Override
        public Kind kind() {
            return Kind.INTERPOLATION;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(value);
            Children.one(formatSpec, action);
        }
    }

    /** A t-string (Python 3.14): string constants and {@link Interpolation}s. */
    record TemplateStr(Span span, List<Expr> values) implements Expr {
        public TemplateStr {
            values = List.copyOf(values);
        }

        @Override
        public Kind kind() {
            return Kind.TEMPLATE_STR;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.each(values, action);
        }
    }

    /**
     * A constant. By {@code type}, {@code value} is a {@code String} (for bytes with one char of 0 to 255 for each byte),
     * a {@code Long} or, if too large, a {@link java.math.BigInteger}, a {@code Double} (for complex numbers the imaginary
     * part), a {@code Boolean}, or null for {@code None} and {@code ...}.
     */
    record Constant(Span span, Type type, @Nullable Object value) implements Expr {
        /** The types of constants. */
        public enum Type {
            NONE,
            BOOL,
            ELLIPSIS,
            STRING,
            BYTES,
            INT,
            FLOAT,
            COMPLEX
        }

        /** The string, if this is a string constant. */
        public java.util.Optional<String> string() {
            return type == Type.STRING && value instanceof String s
                    ? java.util.Optional.of(s)
                    : java.util.Optional.empty();
        }

        @Override
        public Kind kind() {
            return Kind.CONSTANT;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {}
    }

    /** {@code value.name}. */
    record Attribute(Span span, Expr value, String name, Context context) implements Expr {
        @Override
        public Kind kind() {
            return Kind.ATTRIBUTE;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(value);
        }
    }

    /** {@code value[index]}; {@code x[a, b]} has a tuple as index. */
    record Subscript(Span span, Expr value, Expr index, Context context) implements Expr {
        @Override
        public Kind kind() {
            return Kind.SUBSCRIPT;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(value);
            action.accept(index);
        }
    }

    /** {@code *value}. */
    record Starred(Span span, Expr value, Context context) implements Expr {
        @Override
        public Kind kind() {
            return Kind.STARRED;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(value);
        }
    }

    /** A name. */
    record Name(Span span, String id, Context context) implements Expr {
        @Override
        public Kind kind() {
            return Kind.NAME;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {}
    }

    /** {@code [a, b]}. */
    record ListExpr(Span span, List<Expr> elements, Context context) implements Expr {
        public ListExpr {
            elements = List.copyOf(elements);
        }

        @Override
        public Kind kind() {
            return Kind.LIST_EXPR;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.each(elements, action);
        }
    }

    /** {@code a, b} or {@code (a, b)}. */
    record TupleExpr(Span span, List<Expr> elements, Context context) implements Expr {
        public TupleExpr {
            elements = List.copyOf(elements);
        }

        @Override
        public Kind kind() {
            return Kind.TUPLE_EXPR;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.each(elements, action);
        }
    }

    /** {@code lower:upper:step} within an index. */
    record Slice(
            Span span,
            @Nullable Expr lower,
            @Nullable Expr upper,
            @Nullable Expr step) implements Expr {
        @Override
        public Kind kind() {
            return Kind.SLICE;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.one(lower, action);
            Children.one(upper, action);
            Children.one(step, action);
        }
    }
}
