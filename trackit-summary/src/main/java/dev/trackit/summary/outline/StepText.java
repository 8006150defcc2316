package dev.trackit.summary.outline;

import dev.trackit.api.Effect;
import dev.trackit.api.Excerpt;
import dev.trackit.api.Location;
import dev.trackit.api.Statement;
import dev.trackit.api.Transformation;
import dev.trackit.api.TransformationKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Says in words what a statement does to data. Only what the analyzer knows is said; the call itself always stands behind it. */
final class StepText {
    private static final int MAX_ARGUMENT = 80;
    private static final int MAX_ARGUMENTS = 6;
    private static final int MAX_PHRASES = 4;
    private static final int MAX_USED = 3;
    private static final int MAX_PLAIN = 100;

    private final UnaryOperator<String> redaction;
    private final Subjects subjects = new Subjects();

    /** @param redaction applied to each piece of the notebook's text before it is shortened, so that no part of a secret is left */
    StepText(UnaryOperator<String> redaction) {
        this.redaction = redaction;
    }

    /** All transformations of a statement, in order, as one sentence without a full stop, each with its call. */
    String of(Statement statement) {
        if (statement.transformations().isEmpty()) {
            return plain(statement);
        }
        Set<String> phrases = new LinkedHashSet<>();
        for (Transformation t : statement.transformations()) {
            phrases.add(phrase(t, statement) + " (" + t.call() + arguments(t, statement) + ")");
        }
        return String.join("; then ", phrases);
    }

    /** The same without the calls. */
    String brief(Statement statement) {
        if (statement.transformations().isEmpty()) {
            return plain(statement);
        }
        boolean more = statement.transformations().stream().anyMatch(t -> !isAssignment(t));
        Set<String> phrases = new LinkedHashSet<>();
        for (Transformation t : statement.transformations()) {
            phrases.add(more && isAssignment(t) ? placed(t, statement) : phrase(t, statement));
        }
        List<String> few = new ArrayList<>(phrases);
        if (few.size() > MAX_PHRASES) {
            few = new ArrayList<>(few.subList(0, MAX_PHRASES - 1));
            few.add((phrases.size() - MAX_PHRASES + 1) + " further operations");
        }
        return String.join(", then ", few).replace(", then as the column ", " as the column ");
    }

    /** Where a value goes that the same statement computed. */
    private String placed(Transformation t, Statement statement) {
        String column = column(t);
        return column.isEmpty() ? phrase(t, statement) : "as " + column + names(t.outputs(), "data");
    }

    private static boolean isAssignment(Transformation t) {
        return t.kind() == TransformationKind.PROJECTION_MODIFY && t.call().endsWith("= …");
    }

    /** The first line of code that is not a comment, for code whose language is not known. */
    String firstLine(String code) {
        List<String> lines = redaction.apply(code).lines().map(String::strip).toList();
        return lines.stream()
                .filter(l -> !l.isEmpty() && !l.startsWith("#") && !l.startsWith("//"))
                .findFirst()
                .map(l -> oneLine(l, MAX_PLAIN))
                .orElse("comments");
    }

    private String plain(Statement statement) {
        String code = redaction.apply(statement.text()).strip();
        if (statement.traits().contains(Statement.Trait.DEFINITION)) {
            return "defined " + oneLine(code.lines().findFirst().orElse(""), MAX_PLAIN);
        }
        return (assigns(code) ? "set " : "ran ") + oneLine(code, MAX_PLAIN);
    }

    /** Whether the first sign of assignment stands outside of all brackets, strings and comparisons. */
    private static boolean assigns(String code) {
        int depth = 0;
        for (int i = 0; i < code.length() && code.charAt(i) != '\n'; i++) {
            char c = code.charAt(i);
            depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            if (c == '"' || c == '\'') {
                int end = code.indexOf(c, i + 1);
                i = end < 0 ? code.length() : end;
            } else if (c == '=' && depth == 0 && i > 0) {
                boolean compares = code.startsWith("==", i) || "=!<>".indexOf(code.charAt(i - 1)) >= 0;
                return !compares && (Character.isLetter(code.charAt(0)) || "_([*".indexOf(code.charAt(0)) >= 0);
            }
        }
        return false;
    }

    /** The files that a reading or writing statement names, for analyzers that do not count them among a step's inputs. */
    private static List<Location> externals(Statement statement, TransformationKind kind) {
        boolean source = kind == TransformationKind.SOURCE;
        if (!source && kind != TransformationKind.SINK) {
            return List.of();
        }
        return statement.effects().stream()
                .filter(e -> e.location().kind() == Location.Kind.EXTERNAL)
                .filter(e -> source == (e.kind() == Effect.Kind.READ))
                .map(Effect::location)
                .toList();
    }

    private String phrase(Transformation t, Statement statement) {
        List<Location> externals = externals(statement, t.kind());
        boolean source = t.kind() == TransformationKind.SOURCE;
        String in = source
                ? names(t.inputs().isEmpty() ? externals : t.inputs(), "data")
                : names(subjects.of(t, statement), used(statement)) + names(subjects.means(t), "", " with ");
        String out = names(t.kind() == TransformationKind.SINK && !externals.isEmpty() ? externals : t.outputs(), "");
        String into = out.isEmpty() || out.equals(in) ? "" : " into " + out;
        return switch (t.kind()) {
            case SOURCE -> in.equals("data") ? brought(t) + (out.isEmpty() ? " data" : " " + out) : "read " + in + into;
            case SINK -> "wrote " + in + (out.isEmpty() ? "" : " to " + out);
            case SELECTION -> (t.call().endsWith(".drop") ? "dropped rows of " : "kept some rows of ") + in + into;
            case PROJECTION -> projection(t) + " columns of " + in + into;
            case PROJECTION_MODIFY -> "computed " + column(t) + (out.isEmpty() ? "values" : out) + from(in, out);
            case JOIN -> "joined " + in + into;
            case CONCATENATE -> "put together " + in + into;
            case GROUP_AND_AGGREGATE -> "aggregated " + in + into;
            case SORT -> "sorted " + in + into;
            case DEDUPLICATE -> "dropped repeated rows of " + in + into;
            case DROP_MISSING -> "dropped missing values of " + in + into;
            case IMPUTE -> "filled missing values of " + in + into;
            case RENAME -> "renamed " + renamed(t) + in + into;
            case CAST -> "changed types in " + in + into;
            case ENCODE -> "encoded categories of " + in + into;
            case SCALE -> "scaled " + in + into;
            case BIN -> "cut " + in + " into intervals" + into;
            case SAMPLE -> "took some rows of " + in + into;
            case SPLIT -> "split " + in + into;
            case RESHAPE -> "reshaped " + in + into;
            case WINDOW -> "computed over a window of " + in + into;
            case FEATURE_EXTRACT -> "extracted features from " + in + into;
            case FIT -> "fitted " + (out.isEmpty() ? "a model" : out) + to(t);
            case PREDICT -> "predicted from " + in + into;
            case EVALUATE -> "measured " + in + into;
            case PLOT -> "plotted " + in;
            case INSPECT -> "looked at " + in;
            case OTHER -> "used " + t.call() + " on " + in + into;
        };
    }

    /** A library brings some data of its own; all other data that comes from no file is made. */
    private static String brought(Transformation t) {
        String name = t.call().substring(t.call().lastIndexOf('.') + 1);
        return name.startsWith("load") || name.startsWith("fetch_") ? "loaded" : "made";
    }

    private static String renamed(Transformation t) {
        boolean columns = t.arguments().containsKey("columns") || t.call().endsWith(".columns = …");
        return columns ? "columns of " : t.arguments().containsKey("index") ? "the index of " : "parts of ";
    }

    private String names(List<Location> locations, String otherwise, String before) {
        String names = names(locations, otherwise);
        return names.isEmpty() ? "" : before + names;
    }

    private String column(Transformation t) {
        String column = t.arguments().getOrDefault("column", "");
        return column.isEmpty() || !isAssignment(t)
                ? ""
                : "the column " + oneLine(argument("column", column), MAX_ARGUMENT) + " of ";
    }

    /**
     * What a statement reads, for steps on values without a name: the few parts that it reads, such as columns, else the things that these are
     * parts of.
     */
    private String used(Statement statement) {
        Set<String> parts = new LinkedHashSet<>();
        Set<String> wholes = new LinkedHashSet<>();
        for (Effect effect : statement.effects()) {
            Location location = effect.location();
            boolean data = location.kind() == Location.Kind.PART || location.kind() == Location.Kind.OBJECT;
            if (effect.kind() == Effect.Kind.READ
                    && effect.sure()
                    && data
                    && !location.name().isEmpty()) {
                wholes.add(location.name());
                if (location.kind() == Location.Kind.PART) {
                    parts.add(location.label());
                }
            }
        }
        for (Set<String> read : List.of(parts, wholes)) {
            if (!read.isEmpty() && read.size() <= MAX_USED) {
                return listed(read);
            }
        }
        return "data";
    }

    private static String projection(Transformation t) {
        if (t.call().endsWith("[columns]") || t.call().endsWith(".filter")) {
            return "chose";
        }
        return t.call().endsWith(".drop") || t.call().endsWith(".pop") ? "dropped" : "chose or dropped";
    }

    /** What a model is fitted to: not itself. */
    private String to(Transformation t) {
        String data =
                names(t.inputs().stream().filter(l -> !t.outputs().contains(l)).toList(), "");
        return data.isEmpty() ? "" : " to " + data;
    }

    private static String from(String in, String out) {
        return in.equals(out) || in.equals("data") ? "" : " from " + in;
    }

    String names(List<Location> locations, String otherwise) {
        Set<String> labels = new LinkedHashSet<>();
        for (Location location : locations) {
            if (isNamed(location)) {
                labels.add(location.label());
            }
        }
        return labels.isEmpty() ? otherwise : listed(labels);
    }

    private String listed(Set<String> labels) {
        List<String> list = new ArrayList<>();
        labels.forEach(label -> list.add(oneLine(redaction.apply(label), MAX_ARGUMENT)));
        if (list.size() > 5) {
            int more = list.size() - 4;
            list.subList(4, list.size()).clear();
            list.add(more + " more");
        }
        return list.size() == 1
                ? list.get(0)
                : String.join(", ", list.subList(0, list.size() - 1)) + " and " + list.get(list.size() - 1);
    }

    /** Not what passes between two calls of one expression, which has a type but no name. */
    static boolean isNamed(Location location) {
        boolean passing = location.kind() == Location.Kind.OBJECT
                && location.name().isEmpty()
                && location.label().matches("[A-Za-z_.]+");
        return !location.label().isBlank() && location.kind() != Location.Kind.HIDDEN && !passing;
    }

    /** Without those that the phrase has named: what is read or written, what goes in. */
    private String arguments(Transformation t, Statement statement) {
        Set<String> named = new LinkedHashSet<>();
        externals(statement, t.kind()).forEach(l -> named.add(l.label()));
        subjects.of(t, statement).forEach(l -> named.add(l.label()));
        subjects.means(t).forEach(l -> named.add(l.label()));
        List<String> shown = new ArrayList<>();
        for (Map.Entry<String, String> argument : t.arguments().entrySet()) {
            boolean said = named.contains(argument.getValue().strip().replaceAll("^[rbu]?['\"]|['\"]$", ""))
                    || argument.getKey().equals("column") && isAssignment(t);
            if (said) {
                continue;
            } else if (shown.size() == MAX_ARGUMENTS) {
                shown.add("…");
                break;
            }
            boolean byPlace = argument.getKey().chars().allMatch(Character::isDigit);
            String value = oneLine(argument(argument.getKey(), argument.getValue()), MAX_ARGUMENT);
            shown.add(byPlace ? value : argument.getKey() + "=" + value);
        }
        return shown.isEmpty() ? "" : ": " + String.join(", ", shown);
    }

    /** Redacted together with its name, which may be what tells that it is a secret. */
    private String argument(String name, String value) {
        String whole = redaction.apply(name + "=" + value);
        return whole.startsWith(name + "=") ? whole.substring(name.length() + 1) : redaction.apply(value);
    }

    static String oneLine(String text, int most) {
        return Excerpt.of(text.strip().replaceAll("\\s+", " "), most);
    }
}
