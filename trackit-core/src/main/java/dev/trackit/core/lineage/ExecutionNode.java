package dev.trackit.core.lineage;

import dev.trackit.api.Analysis;
import dev.trackit.api.Execution;
import dev.trackit.api.Session;
import java.util.Collections;
import java.util.List;

/** One execution in the graph. Compared by identity. */
public final class ExecutionNode {
    private final String notebook;
    private final Session session;
    private final Execution execution;
    private final Analysis analysis;
    private final int order;
    private final List<StatementNode> statements;

    ExecutionNode(
            String notebook,
            Session session,
            Execution execution,
            Analysis analysis,
            int order,
            List<StatementNode> statements) {
        this.notebook = notebook;
        this.session = session;
        this.execution = execution;
        this.analysis = analysis;
        this.order = order;
        this.statements = statements;
    }

    /** The notebook, as the graph was told. */
    public String notebook() {
        return notebook;
    }

    /** The session in which it ran. */
    public Session session() {
        return session;
    }

    /** The record. */
    public Execution execution() {
        return execution;
    }

    /** What the analyzer said of it. */
    public Analysis analysis() {
        return analysis;
    }

    /** The place in the order of this notebook's executions, from 1. */
    public long sequence() {
        return execution.sequence();
    }

    /** The place among all executions of the graph, from 0, in the order in which they were added. */
    public int order() {
        return order;
    }

    /** Its statements, in order. */
    public List<StatementNode> statements() {
        return Collections.unmodifiableList(statements);
    }

    @Override
    public String toString() {
        return notebook + "#" + execution.sequence();
    }
}
