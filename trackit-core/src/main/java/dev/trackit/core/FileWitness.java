package dev.trackit.core;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Analysis;
import dev.trackit.api.Effect;
import dev.trackit.api.Execution;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.Location;
import dev.trackit.api.NotebookId;
import dev.trackit.api.Output;
import dev.trackit.api.Session;
import dev.trackit.api.Statement;
import dev.trackit.api.TrackitException;
import dev.trackit.core.files.FileStates;
import dev.trackit.core.lineage.DiskObserver;
import dev.trackit.core.lineage.ExternalDataset;
import dev.trackit.core.timeline.SessionSpan;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.spi.LogWriter;
import dev.trackit.spi.SessionAnalyzer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the files that executions name, right after they ran, and records what it saw: so that a later change can be told for sure.
 *
 * <p>It works behind the recording, in one thread of low priority: an execution that was recorded waits in a bounded queue; when the queue is full it is passed over,
 * and nobody will know what its files looked like. What fails is said once, and never reaches the capture. A file that was changed after the execution
 * had ended is not what it read: nothing is recorded of it. Safe for use by several threads.
 */
final class FileWitness implements TrackitListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWitness.class);

    /** Larger files are known by their size and time only. */
    private static final long DIGEST_LIMIT = 64L << 20;

    private static final int MAX_WAITING = 1_024;
    private static final int MAX_SESSIONS = 32;
    private static final int MAX_FILES = 200;
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

    private final TrackitReader reader;
    private final Clock clock;
    /** What ran; empty: look whether this was closed. */
    private final BlockingQueue<Optional<Ran>> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Map<String, Optional<Follower>> followers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Follower>> eldest) {
            return size() > MAX_SESSIONS;
        }
    };
    private final Thread thread = new Thread(this::run, "trackit-files");
    private volatile boolean closed;
    private volatile boolean warned;

    private record Ran(NotebookId notebook, Execution execution) {}

    private record Follower(Session session, SessionAnalyzer analyzer) {}

    /** @param reader whose analyzers and store are used; it is not closed */
    FileWitness(TrackitReader reader, Clock clock) {
        this.reader = requireNonNull(reader, "reader");
        this.clock = requireNonNull(clock, "clock");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    /** Begins. */
    void start() {
        thread.start();
    }

    @Override
    public void onSessionStarted(NotebookId notebook, Session session) {
        sessions.put(session.id(), session);
    }

    @Override
    public void onSessionEnded(NotebookId notebook, String sessionId, String reason) {
        sessions.remove(sessionId);
    }

    @Override
    public void onExecution(NotebookId notebook, Execution execution) {
        if (!closed) {
            // What was printed names no file; the place of an error does tell what ran.
            List<Output> errors = execution.outputs().stream()
                    .filter(o -> o.type() == Output.Type.ERROR)
                    .toList();
            waiting.offer(Optional.of(
                    new Ran(notebook, execution.toBuilder().outputs(errors).build()))); // Full: passed over, see above.
        }
    }

    /** Looks at what waits, for so long at most, and ends. Idempotent. */
    void close(long millis) {
        closed = true;
        waiting.offer(Optional.empty()); // Full: then it does not wait.
        try {
            thread.join(Math.max(1, millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    @Override
    public void close() {
        close(TimeUnit.SECONDS.toMillis(1));
    }

    private void run() {
        try {
            while (!closed || !waiting.isEmpty()) {
                waiting.take().ifPresent(this::look);
            }
        } catch (InterruptedException e) {
            // Closed, and the time is over.
            Thread.currentThread().interrupt();
        }
    }

    private void look(Ran ran) {
        try {
            Optional<Follower> follower = follower(ran);
            if (follower.isPresent()) {
                Analysis analysis = follower.get().analyzer().analyze(ran.execution());
                record(ran, files(analysis, follower.get().session()));
            }
        } catch (RuntimeException | LinkageError e) {
            if (!warned) {
                warned = true;
                LOG.warn("What files looked like could not be recorded; this is said once", e);
            }
        }
    }

    /** An analyzer that knows all that the session ran before. */
    private Optional<Follower> follower(Ran ran) {
        String id = ran.execution().session();
        Optional<Follower> known = followers.get(id);
        if (known != null) {
            return known;
        }
        Timeline timeline = timeline(ran.notebook());
        Session session = session(id, timeline);
        String language = session.language().isEmpty() ? "python" : session.language();
        Optional<Follower> begun = reader.analyzers().stream()
                .filter(a -> a.understands(language))
                .findFirst()
                .map(a -> new Follower(session, a.begin(session)));
        begun.ifPresent(f -> {
            for (Execution earlier : timeline == null ? List.<Execution>of() : timeline.executions()) {
                if (earlier.id().equals(ran.execution().id())) {
                    break;
                }
                if (earlier.session().equals(id)) {
                    f.analyzer().analyze(earlier);
                }
            }
        });
        followers.put(id, begun);
        return begun;
    }

    private @Nullable Timeline timeline(NotebookId notebook) {
        try {
            return reader.timeline(notebook);
        } catch (TrackitException e) {
            // The execution alone tells most of its files.
            return null;
        }
    }

    private Session session(String id, @Nullable Timeline timeline) {
        Session started = sessions.get(id);
        Session recorded = timeline == null
                ? null
                : timeline.sessions().stream()
                        .map(SessionSpan::session)
                        .filter(s -> s.id().equals(id))
                        .findFirst()
                        .orElse(null);
        Session session = recorded != null
                ? recorded
                : started != null ? started : Session.builder(id, "").build();
        if (session.workingFolder().isPresent() || timeline == null) {
            return session;
        }
        // Front ends start a kernel in the folder of its notebook.
        return timeline.path()
                .map(Path::getParent)
                .map(folder -> Session.builder(session.id(), session.kernelId())
                        .kernelName(session.kernelName())
                        .language(session.language())
                        .workingFolder(folder)
                        .live(session.live())
                        .build())
                .orElse(session);
    }

    /** The files that the execution surely or likely read (true) or wrote (false); one that it wrote and read counts as written. */
    private static Map<Path, Boolean> files(Analysis analysis, Session session) {
        Map<Path, Boolean> files = new LinkedHashMap<>();
        for (Statement statement : analysis.statements()) {
            for (Effect effect : statement.effects()) {
                boolean counts = effect.location().kind() == Location.Kind.EXTERNAL
                        && effect.certainty() != Effect.Certainty.POSSIBLE
                        && effect.kind() != Effect.Kind.DELETE
                        && !statement.traits().contains(Statement.Trait.NOT_RUN);
                Path file = counts ? file(session, effect.location().key()) : null;
                if (file != null && files.size() < MAX_FILES) {
                    files.merge(file, effect.kind() == Effect.Kind.READ, Boolean::logicalAnd);
                }
            }
        }
        return files;
    }

    private static @Nullable Path file(Session session, String name) {
        Path folder = session.workingFolder().orElse(null);
        if (name.isEmpty() || name.startsWith("<") || ADDRESS.matcher(name).matches()) {
            return null;
        }
        try {
            Path path = folder == null ? Path.of(name) : folder.resolve(name);
            return path.isAbsolute() ? path.normalize() : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private void record(Ran ran, Map<Path, Boolean> files) {
        if (files.isEmpty()) {
            return;
        }
        Execution execution = ran.execution();
        Instant end = execution.finishedAt().orElse(Instant.MAX);
        DiskObserver disk = new DiskObserver(DIGEST_LIMIT);
        Instant now = clock.instant();
        List<LineageRecord> records = new ArrayList<>();
        files.forEach((file, read) -> {
            Optional<ExternalDataset.State> state = disk.now(file);
            if (state.isPresent() && !state.get().modifiedAt().isAfter(end)) {
                records.add(FileStates.record(execution, file, read, state.get(), now));
            }
        });
        if (!records.isEmpty()) {
            try (LogWriter writer = reader.store().writer(FileStates.log(ran.notebook()))) {
                writer.append(records);
            }
        }
    }
}
