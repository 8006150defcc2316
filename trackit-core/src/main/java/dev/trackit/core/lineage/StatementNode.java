package dev.trackit.core.lineage;

import dev.trackit.api.Location;
import dev.trackit.api.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One executed statement in the graph, with what it used and what it made. Compared by identity. */
public final class StatementNode {
    private final ExecutionNode execution;
    private final Statement statement;
    private final int order;
    private final List<Use> uses = new ArrayList<>(4);
    private final List<Version> made = new ArrayList<>(2);
    private final List<ExternalDataset.Access> inputs = new ArrayList<>(0);
    private final Set<String> unresolved = new LinkedHashSet<>(0);
    private @Nullable StatementNode original;

    StatementNode(ExecutionNode execution, Statement statement, int order) {
        this.execution = execution;
        this.statement = statement;
        this.order = order;
    }

    /** The execution it belongs to. */
    public ExecutionNode execution() {
        return execution;
    }

    /** What the analyzer said of it. */
    public Statement statement() {
        return statement;
    }

    /** The place among all statements of the graph, in the order of time. */
    public int order() {
        return order;
    }

    /** What it used, in order. */
    public List<Use> uses() {
        return Collections.unmodifiableList(uses);
    }

    /** What it made, in order. */
    public List<Version> made() {
        return Collections.unmodifiableList(made);
    }

    /** Its reads of external datasets, in order. */
    public List<ExternalDataset.Access> inputs() {
        return Collections.unmodifiableList(inputs);
    }

    /** The names that it read and that nothing recorded bound. */
    public Set<String> unresolved() {
        return Collections.unmodifiableSet(unresolved);
    }

    /** Whether it has the trait. */
    public boolean is(Statement.Trait trait) {
        return statement.traits().contains(trait);
    }

    /**
     * Whether it did again what it had done before, on the same versions, so that no object that was there changed. New names and new
     * objects that it made are equal to those before.
     */
    public boolean isRepeat() {
        return original != null;
    }

    /** The first statement that did the same; itself if it is no repeat. */
    StatementNode original() {
        return original == null ? this : original;
    }

    void repeats(StatementNode first) {
        this.original = first;
        Map<String, Version> before = new HashMap<>();
        first.made.forEach(version -> before.put(identity(version), version));
        for (Version version : made) {
            Version same = before.get(identity(version));
            if (same != null) {
                version.sameAs(same);
            }
        }
    }

    /** New objects have new keys; what an object is called tells it from others that the same statement makes. */
    private static String identity(Version version) {
        Location location = version.location();
        return location.kind() == Location.Kind.OBJECT
                ? "object " + location.label()
                : location.kind() + " " + location.key();
    }

    void addUse(Use use) {
        if (use.version().addReader(this)) {
            uses.add(use);
        } else if (use.kind() != Use.Kind.MUTATION) {
            // A value that is read and changed counts as read.
            for (int i = uses.size() - 1; i >= 0; i--) {
                if (uses.get(i).version() == use.version()) {
                    uses.set(i, use);
                    return;
                }
            }
        }
    }

    void addMade(Version version) {
        made.add(version);
    }

    void addUnresolved(String name) {
        unresolved.add(name);
    }

    void addInput(ExternalDataset.Access access) {
        inputs.add(access);
    }

    @Override
    public String toString() {
        return "#" + execution.sequence() + "." + statement.index();
    }
}
