package dev.trackit.python.effects;

import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.Output;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where an execution failed, as its recorded traceback tells. */
final class Failures {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final Pattern CELL =
            Pattern.compile("(<ipython-input-|Input In \\[|In \\[\\d|Cell In ?\\[|/tmp/ipykernel_|/ipykernel_\\d+/)");
    private static final Pattern ARROW = Pattern.compile("^-+> ?(\\d+)\\b");
    private static final Pattern LINE = Pattern.compile("(?:line:? |\\.py:)(\\d+)");
    private static final Pattern DASHED = Pattern.compile("^-----+$");

    /** It did not fail. */
    static final int NONE = 0;

    /** It failed, and where is not known. */
    static final int UNKNOWN = -1;

    /** It failed before anything ran: a syntax error. */
    static final int BEFORE = -2;

    private Failures() {}

    /** The line of the cell where it failed, from 1, or one of the constants. */
    static int lineOf(Execution execution) {
        return lineOf(execution, execution.code());
    }

    private static int lineOf(Execution execution, String code) {
        if (execution.status() == ExecutionStatus.OK) {
            return NONE;
        }
        for (Output o : execution.outputs()) {
            if (o.type() == Output.Type.ERROR) {
                if (o.name().equals("SyntaxError")
                        || o.name().equals("IndentationError")
                        || o.name().equals("TabError")) {
                    return fromSyntaxError(o);
                }
                String text = COLOUR.matcher(o.text()).replaceAll("");
                return sameText(code, fromTraceback(text), shown(text));
            }
        }
        return UNKNOWN;
    }

    /** A syntax error of the cell itself, and not of something that the cell runs or imports. */
    private static int fromSyntaxError(Output o) {
        int line = fromTraceback(COLOUR.matcher(o.text()).replaceAll(""));
        return o.text().contains("-> ") && line > 0 ? line : BEFORE;
    }

    /** The first part of the traceback that speaks of a cell is that of the running one. */
    private static int fromTraceback(String text) {
        boolean inCell = false;
        int fromHead = UNKNOWN;
        for (String line : text.split("\n")) {
            if (DASHED.matcher(line.strip()).matches()) {
                continue;
            }
            Matcher head = CELL.matcher(line);
            if (head.find()) {
                if (inCell && fromHead > 0) {
                    return fromHead;
                }
                inCell = true;
                Matcher number = LINE.matcher(line);
                if (number.find()) {
                    fromHead = parse(number.group(1));
                }
                continue;
            }
            Matcher arrow = ARROW.matcher(line.strip());
            if (inCell && arrow.find()) {
                return parse(arrow.group(1));
            }
        }
        return fromHead;
    }

    /** The source line at which the first arrow of the traceback points. */
    private static String shown(String text) {
        for (String line : text.split("\n")) {
            Matcher arrow = ARROW.matcher(line.strip());
            if (arrow.find()) {
                return line.strip().substring(arrow.end()).strip();
            }
        }
        return "";
    }

    /**
     * The line that looks as the traceback shows it, nearest to the number that it gives: the number is another where blank lines at the
     * head of the cell were cut, or where the cell was edited after it ran.
     */
    private static int sameText(String code, int number, String shown) {
        if (shown.isEmpty() || number <= 0) {
            return number;
        }
        String[] lines = code.split("\n", -1);
        int best = number;
        int distance = Integer.MAX_VALUE;
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].strip().equals(shown) && Math.abs(i + 1 - number) < distance) {
                best = i + 1;
                distance = Math.abs(i + 1 - number);
            }
        }
        return best;
    }

    private static int parse(String digits) {
        return digits.length() > 7 ? UNKNOWN : Integer.parseInt(digits);
    }
}
