package dev.trackit.core.slice;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Session;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.ExternalDataset;
import dev.trackit.core.lineage.StatementNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The statements that together make a variable or a file as the session made it, in the order in which they must run.
 *
 * @param target what is made
 * @param pieces the statements
 * @param inputs the external datasets that are read and that the slice does not write itself
 * @param warnings why the result may differ from the session's, in sentences; empty if nothing speaks against it
 */
public record Slice(Target target, List<Piece> pieces, List<ExternalDataset> inputs, List<String> warnings) {

    /** Checks and copies. */
    public Slice {
        requireNonNull(target, "target");
        pieces = List.copyOf(pieces);
        inputs = List.copyOf(inputs);
        warnings = List.copyOf(warnings);
    }

    /**
     * What a slice makes.
     *
     * @param kind a variable or a file
     * @param name the variable's name, or the file's path as the user gave it
     * @param notebook the notebook of the variable, or of the last statement that wrote the file
     * @param session the session in which the result stood
     * @param at the last execution that counts
     */
    public record Target(Kind kind, String name, String notebook, Session session, ExecutionNode at) {

        /** What is made. */
        public enum Kind {
            /** The value of a variable. */
            VARIABLE,
            /** The content of a file. */
            FILE
        }

        /** Checks. */
        public Target {
            requireNonNull(kind, "kind");
            requireNonNull(name, "name");
            requireNonNull(notebook, "notebook");
            requireNonNull(session, "session");
            requireNonNull(at, "at");
        }
    }

    /**
     * One statement of a slice.
     *
     * @param statement the statement
     * @param names those of the names it binds that the rest of the slice needs: an import need not bind the others
     */
    public record Piece(StatementNode statement, Set<String> names) {
        /** Checks and copies. */
        public Piece {
            requireNonNull(statement, "statement");
            names = Collections.unmodifiableSet(new TreeSet<>(names));
        }
    }

    /** The executions that the pieces come from, in the order of the script, each with its lines, from 1, in order. */
    public Map<ExecutionNode, List<Integer>> executions() {
        Map<ExecutionNode, Set<Integer>> lines = new LinkedHashMap<>();
        for (Piece piece : pieces) {
            Set<Integer> of = lines.computeIfAbsent(piece.statement().execution(), e -> new TreeSet<>());
            for (int line = piece.statement().statement().firstLine();
                    line <= piece.statement().statement().lastLine();
                    line++) {
                of.add(line);
            }
        }
        Map<ExecutionNode, List<Integer>> result = new LinkedHashMap<>();
        lines.forEach((execution, of) -> result.put(execution, new ArrayList<>(of)));
        return result;
    }
}
