package dev.trackit.core.lineage;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Analysis;
import dev.trackit.api.Effect;
import dev.trackit.api.Execution;
import dev.trackit.api.Location;
import dev.trackit.api.Session;
import dev.trackit.api.Statement;
import dev.trackit.api.Variable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What came from what, over any number of executions, sessions and notebooks.
 *
 * <p>The graph has statements and versions. A statement <em>uses</em> versions and <em>makes</em> versions. Each location (the binding
 * of a name, the content of an object, a column, a file, hidden state) has a chain of versions in the order of time: a sure write
 * begins a new chain, anything less adds a link to the old one. So a use is one edge to the newest link, however often the location
 * was changed, and what a use really rests on is found by walking down the chain. This is what keeps adding an execution as cheap as
 * the execution itself: nothing is looked at but the newest links of the locations that it names.
 *
 * <p>Sessions have locations of their own; files are shared by all. A read of a file uses its last write, if that came before.
 *
 * <p>The graph knows no programming language: it believes what {@link Analysis} says. Not safe for use by several threads while
 * executions are added; afterwards any number may read.
 */
public final class LineageGraph {
    private static final Location UNKNOWN =
            new Location(Location.Kind.HIDDEN, "<unknown>", "statements whose effects are not known", "");

    /** Names that IPython itself binds. */
    private static final Pattern HISTORY = Pattern.compile("_+|_i*\\d*|_[oid]h|In|Out|get_ipython|__\\w+__");

    private final ExternalObserver observer;
    private final Map<String, SessionState> sessions = new LinkedHashMap<>();
    private final Externals externals = new Externals();
    private final List<ExecutionNode> executions = new ArrayList<>();
    private final Map<String, ExecutionNode> byId = new HashMap<>();
    /** What stood where the statement that is being added makes its versions, in their order. */
    private final List<@Nullable Version> overwritten = new ArrayList<>();

    private int statementCount;
    private int versionCount;
    private long touched;

    /** A graph that looks at no files. */
    public LineageGraph() {
        this(ExternalObserver.noop());
    }

    /** A graph that notes what files look like when an execution that read them is added. */
    public LineageGraph(ExternalObserver observer) {
        this.observer = requireNonNull(observer, "observer");
    }

    /**
     * Makes a session known. Must be called before its first execution is added; a second call for the same session does nothing.
     *
     * @param notebook how the notebook is called in answers: its path as the user knows it
     */
    public void open(String notebook, Session session) {
        requireNonNull(notebook, "notebook");
        sessions.computeIfAbsent(session.id(), id -> new SessionState(notebook, session));
    }

    /**
     * Adds an execution. Executions must come in the order of time: those of a session in the order in which they ran, and where
     * sessions share files, also among sessions.
     *
     * @throws IllegalArgumentException if the session is not open, or if the analysis is of another execution
     */
    public ExecutionNode add(Execution execution, Analysis analysis) {
        SessionState session = sessions.get(execution.session());
        if (session == null) {
            throw new IllegalArgumentException("The session of " + execution + " is not open: " + execution.session());
        }
        if (!analysis.execution().equals(execution.id())) {
            throw new IllegalArgumentException("The analysis of " + analysis.execution() + " is not of " + execution);
        }
        List<StatementNode> statements = new ArrayList<>(analysis.statements().size());
        ExecutionNode node = new ExecutionNode(
                session.notebook(), session.session(), execution, analysis, executions.size(), statements);
        for (Statement statement : analysis.statements()) {
            StatementNode added = new StatementNode(node, statement, statementCount++);
            statements.add(added);
            addEffects(session, added);
        }
        for (Variable variable : analysis.variables()) {
            session.note(node.order(), variable);
        }
        session.executions().add(node);
        executions.add(node);
        byId.put(execution.id(), node);
        return node;
    }

    private void addEffects(SessionState session, StatementNode node) {
        overwritten.clear();
        for (Effect effect : node.statement().effects()) {
            touched++;
            if (effect.location().kind() == Location.Kind.EXTERNAL) {
                addExternal(session, node, effect);
            } else if (effect.kind() == Effect.Kind.READ) {
                addRead(session, node, effect.location());
            } else {
                addChange(session, node, effect);
            }
        }
        if (node.is(Statement.Trait.OPAQUE)) {
            History unknown = session.unknown();
            Effect effect = new Effect(Effect.Kind.MUTATE, UNKNOWN, Effect.Certainty.POSSIBLE, false);
            unknown.add(new Version(versionCount++, UNKNOWN, node, effect, unknown.head()));
        }
        session.repeats().look(node, overwritten);
    }

    private void addRead(SessionState session, StatementNode node, Location location) {
        History history = session.find(location.key());
        Version head = history == null ? null : history.head();
        if (head != null) {
            use(node, head, null);
        } else if (location.kind() == Location.Kind.BINDING
                && !HISTORY.matcher(location.label()).matches()) {
            use(node, session.unknown().head(), Use.Kind.UNKNOWN);
            node.addUnresolved(location.label());
        }
    }

    private void addChange(SessionState session, StatementNode node, Effect effect) {
        Location location = effect.location();
        History history = session.history(location.key());
        Version head = history.head();
        boolean replaces = Version.replaces(effect) && !addsToImport(node, location, head);
        if (head != null && (effect.kind() == Effect.Kind.MUTATE || effect.kind() == Effect.Kind.DELETE)) {
            use(node, head, Use.Kind.MUTATION);
        }
        Version version = new Version(versionCount++, location, node, effect, replaces ? null : head);
        overwritten.add(head);
        history.add(version);
        node.addMade(version);
        if (location.kind() == Location.Kind.BINDING) {
            session.bound(location.name().isEmpty() ? location.label() : location.name(), history);
        }
    }

    /** {@code import scipy.stats} after {@code import scipy.linalg} binds the same name to the same module, which now has both. */
    private static boolean addsToImport(StatementNode node, Location location, @Nullable Version head) {
        return head != null
                && location.kind() == Location.Kind.BINDING
                && node.is(Statement.Trait.IMPORT)
                && head.writer().is(Statement.Trait.IMPORT)
                && (isDotted(node, location) || isDotted(head.writer(), location));
    }

    private static boolean isDotted(StatementNode node, Location location) {
        return node.statement().text().contains(location.label() + ".");
    }

    private static void use(StatementNode node, @Nullable Version head, Use.@Nullable Kind kind) {
        Version version = head;
        while (version != null && version.writer() == node) {
            version = version.prior();
        }
        if (version != null) {
            node.addUse(new Use(kind == null ? kindOf(version) : kind, version));
        }
    }

    private static Use.Kind kindOf(Version version) {
        return switch (version.location().kind()) {
            case HIDDEN -> Use.Kind.HIDDEN;
            case EXTERNAL -> Use.Kind.FILE;
            case BINDING ->
                version.writer().is(Statement.Trait.IMPORT) || version.writer().is(Statement.Trait.DEFINITION)
                        ? Use.Kind.DEFINITION
                        : Use.Kind.VALUE;
            case OBJECT, PART -> Use.Kind.VALUE;
        };
    }

    private void addExternal(SessionState session, StatementNode node, Effect effect) {
        String label = effect.location().label();
        ExternalDataset dataset = externals.dataset(session.session(), effect.location());
        if (effect.kind() == Effect.Kind.READ) {
            for (ExternalDataset source : externals.matching(dataset)) {
                Version head = externals.history(source).head();
                use(node, head, Use.Kind.FILE);
                boolean own = head != null && head.writer() == node;
                ExternalDataset.State state = look(node, source);
                ExternalDataset.Access access = new ExternalDataset.Access(source, node, label, head, state);
                source.addRead(access);
                if (!own) {
                    node.addInput(access);
                }
            }
            return;
        }
        History history = externals.history(dataset);
        Version head = history.head();
        if (effect.kind() != Effect.Kind.WRITE) {
            use(node, head, Use.Kind.FILE); // What is added to, or removed, must be there.
        }
        Version version =
                new Version(versionCount++, effect.location(), node, effect, Version.replaces(effect) ? null : head);
        overwritten.add(head);
        history.add(version);
        node.addMade(version);
        externals.written(dataset);
        dataset.addWrite(new ExternalDataset.Access(dataset, node, label, version, null));
    }

    private ExternalDataset.@Nullable State look(StatementNode node, ExternalDataset file) {
        return file.path()
                .flatMap(path -> observer.look(node.execution().execution(), path))
                .orElse(null);
    }

    /** What was seen of the file that a statement read or wrote. What was written is looked up only when asked for. */
    public Optional<ExternalDataset.State> seen(ExternalDataset.Access access) {
        return Optional.ofNullable(
                access.state() == null ? look(access.statement(), access.dataset()) : access.state());
    }

    /** All executions, in the order in which they were added. */
    public List<ExecutionNode> executions() {
        return Collections.unmodifiableList(executions);
    }

    /** The execution with this id. */
    public Optional<ExecutionNode> execution(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The notebooks, in the order in which they were opened. */
    public List<String> notebooks() {
        return sessions.values().stream().map(SessionState::notebook).distinct().toList();
    }

    /** The sessions of a notebook that have executions, in the order in which they were opened. */
    public List<Session> sessions(String notebook) {
        return sessions.values().stream()
                .filter(s -> s.notebook().equals(notebook) && !s.executions().isEmpty())
                .map(SessionState::session)
                .toList();
    }

    /** The executions of a session, in order. */
    public List<ExecutionNode> executions(Session session) {
        return Collections.unmodifiableList(state(session).executions());
    }

    /** All external datasets, in the order in which they were first met. */
    public Collection<ExternalDataset> externals() {
        return externals.all();
    }

    /**
     * The external dataset of this name as code in the session would find it.
     *
     * @param path a path or an address; a relative path is taken from the session's working folder
     */
    public Optional<ExternalDataset> external(Session session, String path) {
        return externals.find(session, path);
    }

    /** The external dataset whose version this is; nothing if it is not one of an external dataset. */
    public Optional<ExternalDataset> writtenAs(Version version) {
        return version.location().kind() == Location.Kind.EXTERNAL
                ? Optional.of(externals.dataset(version.writer().execution().session(), version.location()))
                : Optional.empty();
    }

    /** The names that are bound in the session after its last execution, in the order in which they were first bound. */
    public List<String> names(Session session) {
        List<String> names = new ArrayList<>();
        state(session).bindings().forEach((name, history) -> {
            Version head = history.head();
            if (head != null && head.effect().kind() != Effect.Kind.DELETE) {
                names.add(name);
            }
        });
        return names;
    }

    /** What the name stands for after the session's last execution; nothing if it is not bound then. */
    public Optional<NamedValue> value(Session session, String name) {
        return value(session, name, Integer.MAX_VALUE);
    }

    /** What the name stood for when the execution had ended; nothing if it was not bound then. */
    public Optional<NamedValue> valueAfter(ExecutionNode execution, String name) {
        return value(execution.session(), name, execution.order() + 1);
    }

    /** What the name stood for when the execution began; nothing if it was not bound then. */
    public Optional<NamedValue> valueBefore(ExecutionNode execution, String name) {
        return value(execution.session(), name, execution.order());
    }

    private Optional<NamedValue> value(Session session, String name, int limit) {
        SessionState state = state(session);
        History history = state.bindings().get(name);
        Version binding = history == null ? null : history.before(limit);
        if (binding == null
                || (binding.effect().kind() == Effect.Kind.DELETE
                        && binding.effect().sure())) {
            return Optional.empty();
        }
        Variable variable = state.variable(name, limit);
        List<Version> content = new ArrayList<>();
        if (variable != null) {
            for (Location location : variable.content()) {
                History part = location.kind() == Location.Kind.EXTERNAL ? null : state.find(location.key());
                Version version = part == null ? null : part.before(limit);
                if (version != null) {
                    content.add(version);
                }
            }
        }
        return Optional.of(new NamedValue(name, variable == null ? "" : variable.type(), binding, content));
    }

    private SessionState state(Session session) {
        SessionState state = sessions.get(session.id());
        if (state == null) {
            throw new IllegalArgumentException("Not a session of this graph: " + session);
        }
        return state;
    }

    /** How many effects were looked at so far: the cost of adding, for tests. */
    long touched() {
        return touched;
    }
}
