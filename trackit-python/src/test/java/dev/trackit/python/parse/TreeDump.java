package dev.trackit.python.parse;

import dev.trackit.python.ast.Alias;
import dev.trackit.python.ast.Arg;
import dev.trackit.python.ast.Arguments;
import dev.trackit.python.ast.Comprehension;
import dev.trackit.python.ast.DictItem;
import dev.trackit.python.ast.ExceptHandler;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.Keyword;
import dev.trackit.python.ast.MatchCase;
import dev.trackit.python.ast.Node;
import dev.trackit.python.ast.Operator;
import dev.trackit.python.ast.ParsedCell;
import dev.trackit.python.ast.Pattern;
import dev.trackit.python.ast.Span;
import dev.trackit.python.ast.Stmt;
import dev.trackit.python.ast.TypeParam;
import dev.trackit.python.ast.WithItem;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes a tree as {@code dump_ast.py} writes CPython's, columns in UTF-8 bytes, so that the two can be compared. */
final class TreeDump {

    private final StringBuilder out = new StringBuilder();
    private final String source;
    private final int[] lineStarts;
    private final boolean[] ascii;
    private final boolean positionsInFStrings;
    private boolean positions = true;

    private TreeDump(String source, boolean positionsInFStrings) {
        this.source = source;
        this.positionsInFStrings = positionsInFStrings;
        SourceText text = SourceText.plain(source);
        lineStarts = Arrays.copyOf(text.lineStarts, text.lineCount);
        ascii = new boolean[text.lineCount];
        for (int line = 0; line < ascii.length; line++) {
            ascii[line] =
                    text.text(lineStarts[line], text.lineEnd(line)).chars().allMatch(c -> c < 128);
        }
    }

    static String of(ParsedCell cell, boolean positionsInFStrings) {
        TreeDump dump = new TreeDump(cell.source(), positionsInFStrings);
        dump.out.append("(Module");
        dump.list(cell.statements());
        dump.out.append(" )");
        return dump.out.toString();
    }

    private void open(String name, Span span) {
        out.append(" (").append(name);
        if (positions) {
            out.append(' ').append(span.line()).append(':').append(bytes(span.line(), span.column()));
            out.append('-').append(span.endLine()).append(':').append(bytes(span.endLine(), span.endColumn()));
        }
    }

    private int bytes(int line, int column) {
        int start = lineStarts[line - 1];
        if (ascii[line - 1]) {
            return column;
        }
        int bytes = 0;
        for (int i = start; i < start + column; i++) {
            char c = source.charAt(i);
            bytes += c == '\uFEFF' && i == 0 ? 0 : c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    /** A node: name, position, then nodes, lists, strings ({@link #quoted}) and nulls. */
    private void node(String name, Span span, @Nullable Object... fields) {
        open(name, span);
        fields(fields);
        out.append(" )");
    }

    private void plain(String name, @Nullable Object... fields) {
        out.append(" (").append(name);
        fields(fields);
        out.append(" )");
    }

    private void fields(@Nullable Object... fields) {
        for (Object field : fields) {
            if (field == null) {
                out.append(" ~");
            } else if (field instanceof List<?> list) {
                list(list);
            } else if (field instanceof Node node) {
                node(node);
            } else if (field instanceof String text) {
                out.append(' ').append(quoted(text));
            } else {
                out.append(' ').append(field);
            }
        }
    }

    private void list(List<?> items) {
        out.append(" [");
        for (Object item : items) {
            fields(item);
        }
        out.append(" ]");
    }

    /** Text that goes out as it is. */
    private record Raw(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("'");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '.');
            if (plain) {
                quoted.append(c);
            } else {
                quoted.append('\\');
                for (int shift = 12; shift >= 0; shift -= 4) {
                    quoted.append(Character.forDigit(c >> shift & 15, 16));
                }
            }
        }
        return quoted.append('\'').toString();
    }

    private static Raw camel(Enum<?> constant) {
        StringBuilder name = new StringBuilder();
        for (String word : constant.name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return new Raw(name.toString());
    }

    private static Object operator(Enum<?> operator) {
        return new Raw("(" + camel(operator) + " )");
    }

    private static Raw context(Expr.Context context) {
        return new Raw(
                context == Expr.Context.LOAD ? "(Load )" : context == Expr.Context.STORE ? "(Store )" : "(Del )");
    }

    private void node(Node node) {
        if (node instanceof Stmt stmt) {
            statement(stmt);
        } else if (node instanceof Expr expr) {
            expression(expr);
        } else if (node instanceof Pattern pattern) {
            pattern(pattern);
        } else if (node instanceof Alias n) {
            node("alias", n.span(), n.name(), n.asName());
        } else if (node instanceof Arg n) {
            node("arg", n.span(), n.name(), n.annotation());
        } else if (node instanceof Arguments n) {
            arguments(n);
        } else if (node instanceof Comprehension n) {
            plain("comprehension", n.target(), n.iter(), n.ifs(), new Raw(n.async() ? "i1" : "i0"));
        } else if (node instanceof ExceptHandler n) {
            node("ExceptHandler", n.span(), n.type(), n.name(), n.body());
        } else if (node instanceof Keyword n) {
            node("keyword", n.span(), n.name(), n.value());
        } else if (node instanceof MatchCase n) {
            plain("match_case", n.pattern(), n.guard(), n.body());
        } else if (node instanceof TypeParam n) {
            typeParam(n);
        } else if (node instanceof WithItem n) {
            plain("withitem", n.context(), n.target());
        } else if (node instanceof DictItem) {
            throw new IllegalStateException("dict items are written by their dict");
        }
    }

    private void typeParam(TypeParam n) {
        switch (n.kind()) {
            case TYPE_VAR -> node("TypeVar", n.span(), n.name(), n.bound(), n.defaultValue());
            case TYPE_VAR_TUPLE -> node("TypeVarTuple", n.span(), n.name(), n.defaultValue());
            case PARAM_SPEC -> node("ParamSpec", n.span(), n.name(), n.defaultValue());
        }
    }

    private void arguments(Arguments n) {
        List<@Nullable Object> defaults = new ArrayList<>();
        for (List<Arg> list : List.of(n.positionalOnly(), n.positional())) {
            for (Arg arg : list) {
                if (arg.defaultValue() != null) {
                    defaults.add(arg.defaultValue());
                }
            }
        }
        List<@Nullable Object> keywordDefaults = new ArrayList<>();
        n.keywordOnly().forEach(arg -> keywordDefaults.add(arg.defaultValue()));
        plain(
                "arguments",
                n.positionalOnly(),
                n.positional(),
                n.vararg(),
                n.keywordOnly(),
                keywordDefaults,
                n.kwarg(),
                defaults);
    }

    private void statement(Stmt stmt) {
        Span s = stmt.span();
        if (stmt instanceof Stmt.FunctionDef n) {
            String name = n.async() ? "AsyncFunctionDef" : "FunctionDef";
            node(name, s, n.name(), n.arguments(), n.body(), n.decorators(), n.returns(), n.typeParams());
        } else if (stmt instanceof Stmt.ClassDef n) {
            node("ClassDef", s, n.name(), n.bases(), n.keywords(), n.body(), n.decorators(), n.typeParams());
        } else if (stmt instanceof Stmt.Return n) {
            node("Return", s, n.value());
        } else if (stmt instanceof Stmt.Delete n) {
            node("Delete", s, n.targets());
        } else if (stmt instanceof Stmt.Assign n) {
            node("Assign", s, n.targets(), n.value());
        } else if (stmt instanceof Stmt.AugAssign n) {
            node("AugAssign", s, n.target(), binary(n.op()), n.value());
        } else if (stmt instanceof Stmt.AnnAssign n) {
            node("AnnAssign", s, n.target(), n.annotation(), n.value(), new Raw(n.simple() ? "i1" : "i0"));
        } else if (stmt instanceof Stmt.TypeAlias n) {
            node("TypeAlias", s, n.name(), n.typeParams(), n.value());
        } else if (stmt instanceof Stmt.For n) {
            node(n.async() ? "AsyncFor" : "For", s, n.target(), n.iter(), n.body(), n.orElse());
        } else if (stmt instanceof Stmt.While n) {
            node("While", s, n.test(), n.body(), n.orElse());
        } else if (stmt instanceof Stmt.If n) {
            node("If", s, n.test(), n.body(), n.orElse());
        } else if (stmt instanceof Stmt.With n) {
            node(n.async() ? "AsyncWith" : "With", s, n.items(), n.body());
        } else if (stmt instanceof Stmt.Match n) {
            node("Match", s, n.subject(), n.cases());
        } else if (stmt instanceof Stmt.Raise n) {
            node("Raise", s, n.exception(), n.cause());
        } else if (stmt instanceof Stmt.Try n) {
            node(n.star() ? "TryStar" : "Try", s, n.body(), n.handlers(), n.orElse(), n.finalBody());
        } else if (stmt instanceof Stmt.Assert n) {
            node("Assert", s, n.test(), n.message());
        } else if (stmt instanceof Stmt.Import n) {
            node("Import", s, n.names());
        } else if (stmt instanceof Stmt.ImportFrom n) {
            node("ImportFrom", s, n.module(), n.names(), new Raw("i" + Integer.toHexString(n.level())));
        } else if (stmt instanceof Stmt.Global n) {
            node("Global", s, n.names());
        } else if (stmt instanceof Stmt.Nonlocal n) {
            node("Nonlocal", s, n.names());
        } else if (stmt instanceof Stmt.ExprStmt n) {
            node("Expr", s, n.value());
        } else {
            node(camel(stmt.kind()).text(), s);
        }
    }

    private static Object binary(Operator operator) {
        return new Raw(
                switch (operator) {
                    case L_SHIFT -> "(LShift )";
                    case R_SHIFT -> "(RShift )";
                    default -> operator(operator).toString();
                });
    }

    private void expression(Expr expr) {
        Span s = expr.span();
        if (expr instanceof Expr.BoolOp n) {
            node("BoolOp", s, new Raw(n.and() ? "(And )" : "(Or )"), n.values());
        } else if (expr instanceof Expr.NamedExpr n) {
            node("NamedExpr", s, n.target(), n.value());
        } else if (expr instanceof Expr.BinOp n) {
            node("BinOp", s, n.left(), binary(n.op()), n.right());
        } else if (expr instanceof Expr.UnaryOp n) {
            node("UnaryOp", s, operator(n.op()), n.operand());
        } else if (expr instanceof Expr.Lambda n) {
            node("Lambda", s, n.arguments(), n.body());
        } else if (expr instanceof Expr.IfExp n) {
            node("IfExp", s, n.test(), n.body(), n.orElse());
        } else if (expr instanceof Expr.Dict n) {
            List<@Nullable Object> keys = new ArrayList<>();
            n.items().forEach(item -> keys.add(item.key()));
            node("Dict", s, keys, n.items().stream().map(DictItem::value).toList());
        } else if (expr instanceof Expr.SetExpr n) {
            node("Set", s, n.elements());
        } else if (expr instanceof Expr.ListComp n) {
            node("ListComp", s, n.element(), n.generators());
        } else if (expr instanceof Expr.SetComp n) {
            node("SetComp", s, n.element(), n.generators());
        } else if (expr instanceof Expr.DictComp n) {
            node("DictComp", s, n.key(), n.value(), n.generators());
        } else if (expr instanceof Expr.GeneratorExp n) {
            node("GeneratorExp", s, n.element(), n.generators());
        } else if (expr instanceof Expr.Await n) {
            node("Await", s, n.value());
        } else if (expr instanceof Expr.Yield n) {
            node("Yield", s, n.value());
        } else if (expr instanceof Expr.YieldFrom n) {
            node("YieldFrom", s, n.value());
        } else {
            leafOrChain(expr, s);
        }
    }

    private void leafOrChain(Expr expr, Span s) {
        if (expr instanceof Expr.Compare n) {
            node(
                    "Compare",
                    s,
                    n.left(),
                    n.ops().stream().map(TreeDump::operator).toList(),
                    n.comparators());
        } else if (expr instanceof Expr.Call n) {
            node("Call", s, n.function(), n.args(), n.keywords());
        } else if (expr instanceof Expr.Attribute n) {
            node("Attribute", s, n.value(), n.name(), context(n.context()));
        } else if (expr instanceof Expr.Subscript n) {
            node("Subscript", s, n.value(), n.index(), context(n.context()));
        } else if (expr instanceof Expr.Starred n) {
            node("Starred", s, n.value(), context(n.context()));
        } else if (expr instanceof Expr.Name n) {
            node("Name", s, n.id(), context(n.context()));
        } else if (expr instanceof Expr.ListExpr n) {
            node("List", s, n.elements(), context(n.context()));
        } else if (expr instanceof Expr.TupleExpr n) {
            node("Tuple", s, n.elements(), context(n.context()));
        } else if (expr instanceof Expr.Slice n) {
            node("Slice", s, n.lower(), n.upper(), n.step());
        } else if (expr instanceof Expr.Constant n) {
            node("Constant", s, new Raw(constant(n)));
        } else {
            formatted(expr, s);
        }
    }

    private void formatted(Expr expr, Span s) {
        boolean before = positions;
        if (expr instanceof Expr.JoinedStr n) {
            open("JoinedStr", s);
            positions = before && positionsInFStrings;
            list(n.values());
            positions = before;
            out.append(" )");
        } else if (expr instanceof Expr.TemplateStr n) {
            node("TemplateStr", s, n.values());
        } else if (expr instanceof Expr.FormattedValue n) {
            node("FormattedValue", s, n.value(), conversion(n.conversion()), n.formatSpec());
        } else if (expr instanceof Expr.Interpolation n) {
            node("Interpolation", s, n.value(), conversion(n.conversion()), n.formatSpec());
        }
    }

    private static Raw conversion(char conversion) {
        return new Raw(conversion == 0 ? "i-1" : "i" + Integer.toHexString(conversion));
    }

    private static String constant(Expr.Constant n) {
        Object value = Objects.requireNonNullElse(n.value(), "");
        return switch (n.type()) {
            case NONE -> "None";
            case ELLIPSIS -> "...";
            case BOOL -> Boolean.TRUE.equals(value) ? "True" : "False";
            case STRING -> quoted((String) value);
            case BYTES -> "b" + quoted((String) value);
            case INT -> "i" + (value instanceof BigInteger big ? big.toString(16) : Long.toHexString((Long) value));
            case FLOAT -> "f" + bits((Double) value);
            case COMPLEX -> "c" + bits((Double) value);
        };
    }

    private static String bits(double value) {
        return String.format("%016x", Double.doubleToRawLongBits(value));
    }

    private void pattern(Pattern pattern) {
        Span s = pattern.span();
        if (pattern instanceof Pattern.MatchValue n) {
            node("MatchValue", s, n.value());
        } else if (pattern instanceof Pattern.MatchSingleton n) {
            node("MatchSingleton", s, new Raw(constant(n.value())));
        } else if (pattern instanceof Pattern.MatchSequence n) {
            node("MatchSequence", s, n.patterns());
        } else if (pattern instanceof Pattern.MatchMapping n) {
            node("MatchMapping", s, n.keys(), n.patterns(), n.rest());
        } else if (pattern instanceof Pattern.MatchClass n) {
            node("MatchClass", s, n.type(), n.patterns(), n.keywordNames(), n.keywordPatterns());
        } else if (pattern instanceof Pattern.MatchStar n) {
            node("MatchStar", s, n.name());
        } else if (pattern instanceof Pattern.MatchAs n) {
            node("MatchAs", s, n.pattern(), n.name());
        } else if (pattern instanceof Pattern.MatchOr n) {
            node("MatchOr", s, n.patterns());
        }
    }
}
