package dev.trackit.core.slice;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Execution;
import dev.trackit.api.Statement;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.ExternalDataset;
import dev.trackit.core.lineage.StatementNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a slice of Python executions as a script: a header that says what it makes and what speaks against it, then the statements, in
 * the order in which they must run, under comments that name the execution each came from. It is meant to be run from the folder in
 * which the notebook's kernel ran.
 *
 * <p>Imports are cut down to the names that are needed, IPython syntax is said in plain Python as far as Python can say it, and a
 * statement that failed in the session is allowed to fail again. Immutable.
 */
public final class PythonScript {
    private static final Pattern HISTORY_NAME = Pattern.compile("_{1,3}|_\\d+");
    private static final Pattern DISPLAY_CALL = Pattern.compile("\\bdisplay\\s*\\(");
    private static final Pattern OUT_USE = Pattern.compile("\\bOut\\[");
    private static final Pattern FUTURE = Pattern.compile("from\\s+__future__\\s+import\\b.*", Pattern.DOTALL);

    private final Slice slice;
    private final List<Part> parts;
    private final List<String> warnings;

    /**
     * The statements of one execution.
     *
     * @param execution the execution
     * @param code what to run; complete lines
     */
    public record Part(ExecutionNode execution, String code) {
        /** Checks. */
        public Part {
            requireNonNull(execution, "execution");
            requireNonNull(code, "code");
        }
    }

    private PythonScript(Slice slice, List<Part> parts, List<String> warnings) {
        this.slice = slice;
        this.parts = List.copyOf(parts);
        this.warnings = List.copyOf(warnings);
    }

    /** Writes the slice. */
    public static PythonScript of(Slice slice) {
        return new Writer(slice).script();
    }

    /** The slice. */
    public Slice slice() {
        return slice;
    }

    /** The code, execution by execution. */
    public List<Part> parts() {
        return parts;
    }

    /** The slice's warnings, and those about what plain Python cannot do. */
    public List<String> warnings() {
        return warnings;
    }

    /** What the script makes, from what, and what speaks against it: lines without comment signs. */
    public List<String> header() {
        List<String> lines = new ArrayList<>();
        Slice.Target target = slice.target();
        Execution at = target.at().execution();
        String what = target.kind() == Slice.Target.Kind.VARIABLE ? "variable " : "file ";
        lines.add("The " + what + target.name() + " of " + target.notebook() + ", as it was after "
                + Warnings.place(target.at())
                + at.finishedAt().map(time -> " at " + time).orElse("") + ".");
        if (!slice.inputs().isEmpty()) {
            lines.add("Reads: "
                    + String.join(", ", slice.inputs().stream().map(this::shown).toList()));
        }
        for (String warning : warnings) {
            lines.add("Warning: " + warning);
        }
        return lines;
    }

    private String shown(ExternalDataset dataset) {
        Path folder = slice.target().session().workingFolder().orElse(null);
        return dataset.path()
                .filter(path -> folder != null && path.startsWith(folder.toAbsolutePath()))
                .map(path ->
                        requireNonNull(folder).toAbsolutePath().relativize(path).toString())
                .orElse(dataset.key());
    }

    /** The whole script. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (String line : header()) {
            text.append("# ").append(line.replaceAll("[\\r\\n]+", " ")).append('\n');
        }
        for (Part part : parts) {
            text.append('\n').append("# ").append(origin(part.execution())).append('\n');
            text.append(part.code());
        }
        return text.toString();
    }

    /** How a comment names an execution. */
    public String origin(ExecutionNode node) {
        Execution execution = node.execution();
        StringBuilder origin = new StringBuilder(Warnings.place(node));
        if (execution.cell().cellIndex() >= 0) {
            origin.append(", cell ").append(execution.cell().cellIndex());
        }
        if (execution.executionCount().isPresent()) {
            origin.append(", execution ").append(execution.sequence());
        }
        if (!node.notebook().equals(slice.target().notebook())) {
            origin.append(" of ").append(node.notebook());
        }
        return origin.toString();
    }

    /** Turns pieces into text. Used once. */
    private static final class Writer {
        private final Slice slice;
        private final List<Part> parts = new ArrayList<>();
        private final List<String> warnings;
        private @Nullable Path folder;
        private final boolean usesOut;
        private boolean out;
        private boolean display;

        Writer(Slice slice) {
            this.usesOut = slice.pieces().stream().anyMatch(piece -> OUT_USE.matcher(
                            piece.statement().statement().text())
                    .find());
            this.slice = slice;
            this.warnings = new ArrayList<>(slice.warnings());
            this.folder = slice.target().session().workingFolder().orElse(null);
        }

        PythonScript script() {
            ExecutionNode current = null;
            StringBuilder code = new StringBuilder();
            for (Slice.Piece piece : slice.pieces()) {
                ExecutionNode execution = piece.statement().execution();
                if (current != null && current != execution) {
                    flush(current, code);
                }
                current = execution;
                enter(execution, code);
                String text = text(piece);
                if (!text.isEmpty()) {
                    code.append(text).append('\n');
                }
            }
            if (current != null) {
                flush(current, code);
            }
            return new PythonScript(slice, parts, warnings);
        }

        private void flush(ExecutionNode execution, StringBuilder code) {
            if (code.length() > 0) {
                parts.add(new Part(execution, code.toString()));
                code.setLength(0);
            }
        }

        /** A session that ran in another folder finds its files there. */
        private void enter(ExecutionNode execution, StringBuilder code) {
            Path next = execution.session().workingFolder().orElse(folder);
            if (next != null && folder != null && !next.equals(folder)) {
                String relative = folder.toAbsolutePath()
                        .relativize(next.toAbsolutePath())
                        .toString()
                        .replace('\\', '/');
                code.append("__import__(\"os\").chdir(")
                        .append(IpythonText.quoted(relative.isEmpty() ? "." : relative))
                        .append(")\n");
                folder = next;
            }
        }

        private String text(Slice.Piece piece) {
            StatementNode statement = piece.statement();
            String text = trimmed(statement.statement().text());
            if (statement.is(Statement.Trait.IMPORT)) {
                if (FUTURE.matcher(text).matches()) {
                    return "";
                }
                text = ImportText.keep(text, piece.names());
            }
            if (statement.is(Statement.Trait.IPYTHON)) {
                IpythonText.Translation translation = IpythonText.of(text);
                if (!translation.plain()) {
                    warnings.add(Warnings.place(statement.execution()) + " line "
                            + statement.statement().firstLine() + " runs only in IPython.");
                }
                text = trimmed(translation.text());
            }
            return text.isEmpty() ? text : finished(piece, text);
        }

        private String finished(Slice.Piece piece, String statement) {
            String text = statement;
            if (!display && DISPLAY_CALL.matcher(text).find()) {
                display = true;
                text = "from IPython.display import display\n" + text;
            }
            List<String> history = historyNames(piece);
            if (!history.isEmpty() && piece.statement().is(Statement.Trait.DISPLAY)) {
                text = String.join(" = ", history) + " = (" + text + ")";
                if (usesOut && !out) {
                    out = true;
                    text = "Out = {}\n" + text;
                }
            }
            return piece.statement().is(Statement.Trait.FAILED) ? PythonLines.tolerated(text) : text;
        }

        /** A script keeps no history: what a later statement takes from it gets its names here. */
        private List<String> historyNames(Slice.Piece piece) {
            List<String> names = new ArrayList<>();
            for (String name : piece.names()) {
                if (HISTORY_NAME.matcher(name).matches()) {
                    names.add(name);
                } else if (name.startsWith("Out[")) {
                    names.add("_");
                    names.add("_" + name.replaceAll("\\D", ""));
                    if (usesOut) {
                        names.add(name);
                    }
                }
            }
            return names;
        }

        private static String trimmed(String text) {
            String trimmed = text.strip();
            while (trimmed.endsWith(";")) {
                trimmed = trimmed.substring(0, trimmed.length() - 1).stripTrailing();
            }
            return trimmed.replace("\r\n", "\n");
        }
    }
}
