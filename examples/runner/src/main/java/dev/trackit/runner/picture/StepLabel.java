package dev.trackit.runner.picture;

import dev.trackit.api.Effect;
import dev.trackit.api.Excerpt;
import dev.trackit.api.Location;
import dev.trackit.api.Statement;
import dev.trackit.api.Transformation;
import dev.trackit.api.TransformationKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a step is called: its kinds in words, and what is called with which literal arguments. */
final class StepLabel {
    private static final int MAX = 200;
    private static final Pattern ASSIGNMENT = Pattern.compile("^[\\w, ()*]{1,80}?=(?!=) ?");

    private StepLabel() {}

    /** The calls of a statement in their order; its first line if no call is known. */
    static String of(Statement statement, UnaryOperator<String> redaction) {
        Set<String> known = known(statement);
        Set<String> calls = new LinkedHashSet<>();
        for (Transformation transformation : statement.transformations()) {
            if (transformation.kind() != TransformationKind.INSPECT) {
                calls.add(call(transformation, known));
            }
        }
        String text = calls.isEmpty() ? expression(statement.text()) : String.join(" · ", calls);
        String redacted = redaction.apply(text);
        return Excerpt.of(redacted, MAX);
    }

    /** The source on one line, without the names that it binds: the arrow says those. */
    private static String expression(String text) {
        String begin = text.length() > 4 * MAX ? text.substring(0, 4 * MAX) : text;
        String line = begin.strip().replaceAll("\\s+", " ");
        Matcher assignment = ASSIGNMENT.matcher(line);
        return assignment.find() ? line.substring(assignment.end()) : line;
    }

    /** What edges of the picture say already: the data and the files that go in. */
    private static Set<String> known(Statement statement) {
        Set<String> known = new HashSet<>();
        for (Effect effect : statement.effects()) {
            Location location = effect.location();
            if (location.kind() == Location.Kind.EXTERNAL) {
                known.add("'" + location.label() + "'");
                known.add('"' + location.label() + '"');
            } else if (location.kind() == Location.Kind.BINDING) {
                known.add(location.label());
            }
        }
        return known;
    }

    private static String call(Transformation transformation, Set<String> known) {
        String call = transformation.call();
        Map<String, String> arguments = transformation.arguments();
        if (call.contains("[")) {
            String column = arguments.getOrDefault("column", arguments.getOrDefault("columns", ""));
            return switch (transformation.kind()) {
                case PROJECTION_MODIFY -> column.isEmpty() ? "set values" : "[" + column + "] = …";
                case PROJECTION -> column.isEmpty() ? "columns" : "[" + column.replaceAll("[\\[\\]]", "") + "]";
                case SELECTION -> "rows where …";
                default -> call.substring(call.indexOf('['));
            };
        }
        String name = call.substring(call.lastIndexOf('.') + 1);
        List<String> told = new ArrayList<>();
        arguments.forEach((key, value) -> {
            if (!value.isBlank() && !known.contains(value)) {
                told.add(Character.isDigit(key.charAt(0)) ? value : key + "=" + value);
            }
        });
        return name + "(" + String.join(", ", told) + ")";
    }

    /** The kinds of a step in words, the first letter large: {@code Drop missing, sort}. */
    static String kinds(Set<TransformationKind> kinds) {
        String words = kinds.stream().map(StepLabel::word).distinct().collect(Collectors.joining(", "));
        return words.isEmpty() ? "Compute" : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String word(TransformationKind kind) {
        return switch (kind) {
            case SOURCE -> "read";
            case SINK -> "write";
            case SELECTION -> "filter rows";
            case PROJECTION -> "select columns";
            case PROJECTION_MODIFY -> "compute column";
            case JOIN -> "join";
            case CONCATENATE -> "concatenate";
            case GROUP_AND_AGGREGATE -> "aggregate";
            case SORT -> "sort";
            case DEDUPLICATE -> "drop duplicates";
            case DROP_MISSING -> "drop missing";
            case IMPUTE -> "fill missing";
            case RENAME -> "rename";
            case CAST -> "change type";
            case ENCODE -> "encode";
            case SCALE -> "scale";
            case BIN -> "bin";
            case SAMPLE -> "sample";
            case SPLIT -> "split";
            case RESHAPE -> "reshape";
            case WINDOW -> "window";
            case FEATURE_EXTRACT -> "extract features";
            case FIT -> "fit";
            case PREDICT -> "predict";
            case EVALUATE -> "evaluate";
            case PLOT -> "plot";
            case INSPECT -> "inspect";
            case OTHER -> "transform";
        };
    }
}
