package dev.trackit.python.knowledge;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a call returns, as the knowledge files write it.
 *
 * <p>The grammar: alternatives joined by {@code |}; each is one of {@code none}, {@code unknown}, {@code scalar} (some immutable
 * value), {@code self} (the object itself), {@code same} (a new object of the object's type), {@code element} (something that the object
 * holds), {@code arg NAME} (the argument itself), {@code element NAME} (something that the argument holds), {@code like NAME} (a new
 * object of the argument's type), {@code instance NAME} (a new object of the class that is the argument), or the name of a class,
 * qualified or short, with what it holds in parentheses: {@code list(DataFrame)}, {@code tuple(Figure, Axes)}.
 *
 * @param form which of these
 * @param name the parameter's or class's name; empty if none
 * @param held what a new container holds, place by place
 */
public record Returned(Form form, String name, List<List<Returned>> held) {

    /** The forms of an alternative. */
    public enum Form {
        NONE,
        UNKNOWN,
        SCALAR,
        SELF,
        SAME,
        ELEMENT,
        ARGUMENT,
        ELEMENT_OF,
        LIKE,
        INSTANCE,
        CLASS
    }

    /** Checks and copies. */
    public Returned {
        requireNonNull(form, "form");
        requireNonNull(name, "name");
        held = List.copyOf(held);
    }

    /** Parses alternatives. @throws IllegalArgumentException if the text does not follow the grammar */
    static List<Returned> parse(String text) {
        List<Returned> alternatives = new ArrayList<>();
        for (String part : splitTop(text, '|')) {
            alternatives.add(parseOne(part.trim()));
        }
        return alternatives;
    }

    private static Returned parseOne(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an empty alternative in what is returned");
        }
        int open = text.indexOf('(');
        if (open > 0) {
            if (!text.endsWith(")")) {
                throw new IllegalArgumentException("a closing parenthesis is missing in \"" + text + "\"");
            }
            List<List<Returned>> held = new ArrayList<>();
            for (String part : splitTop(text.substring(open + 1, text.length() - 1), ',')) {
                held.add(parse(part.trim()));
            }
            return new Returned(Form.CLASS, text.substring(0, open).trim(), held);
        }
        int space = text.indexOf(' ');
        if (space > 0) {
            String name = text.substring(space + 1).trim();
            return switch (text.substring(0, space)) {
                case "arg" -> new Returned(Form.ARGUMENT, name, List.of());
                case "element" -> new Returned(Form.ELEMENT_OF, name, List.of());
                case "like" -> new Returned(Form.LIKE, name, List.of());
                case "instance" -> new Returned(Form.INSTANCE, name, List.of());
                default -> throw new IllegalArgumentException("\"" + text + "\" is not something that can be returned");
            };
        }
        return switch (text) {
            case "none" -> new Returned(Form.NONE, "", List.of());
            case "unknown" -> new Returned(Form.UNKNOWN, "", List.of());
            case "scalar" -> new Returned(Form.SCALAR, "", List.of());
            case "self" -> new Returned(Form.SELF, "", List.of());
            case "same" -> new Returned(Form.SAME, "", List.of());
            case "element" -> new Returned(Form.ELEMENT, "", List.of());
            default -> new Returned(Form.CLASS, text, List.of());
        };
    }

    private static List<String> splitTop(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == separator && depth == 0) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        if (depth != 0) {
            throw new IllegalArgumentException("parentheses do not match in \"" + text + "\"");
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** The same with class names replaced, at any depth. */
    Returned withClasses(UnaryOperator<String> qualified) {
        if (form != Form.CLASS) {
            return this;
        }
        List<List<Returned>> places = new ArrayList<>();
        for (List<Returned> place : held) {
            places.add(place.stream().map(r -> r.withClasses(qualified)).toList());
        }
        return new Returned(form, qualified.apply(name), places);
    }
}
