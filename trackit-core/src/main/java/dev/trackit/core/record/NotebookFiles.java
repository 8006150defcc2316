package dev.trackit.core.record;

import dev.trackit.api.Cell;
import dev.trackit.api.Digest;
import dev.trackit.api.Execution;
import dev.trackit.api.Gap;
import dev.trackit.api.Notebook;
import dev.trackit.api.NotebookId;
import dev.trackit.api.NotebookMatch;
import dev.trackit.api.Session;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the files of notebooks: found, saved, renamed, copied, deleted. Decides whether a file is recorded, gives it its log, and takes what a save
 * says about executions that no kernel reported. Used by one thread.
 */
final class NotebookFiles {
    private static final int FOLLOW_AT_START = 256;

    /** A save that was recorded. @param before the content at the save before, null if none is known */
    record Save(@Nullable Notebook before, Notebook now, boolean changed) {}

    /** A file that was seen, but is not recorded so far. */
    private record Found(Digest digest, SoftReference<Notebook> notebook) {}

    /** The session that stands for the runs of a notebook that only its saves show. */
    private static final class SavedSession {
        final String id;
        int highestCount;
        final Map<Long, NotebookLog.Place> byKey = new HashMap<>();

        SavedSession(String id) {
            this.id = id;
        }
    }

    private final Logs logs;
    private final CaptureScope scope;
    private final RecorderSettings settings;
    private final BiConsumer<NotebookLog, Save> onSave;
    private final Instant startedAt;
    private final Map<Path, Found> found = new HashMap<>();
    private final Map<NotebookId, SavedSession> savedSessions = new HashMap<>();
    private final Set<NotebookId> seen = new HashSet<>();
    private final Set<Path> followed = new HashSet<>();

    NotebookFiles(Logs logs, CaptureScope scope, RecorderSettings settings, BiConsumer<NotebookLog, Save> onSave) {
        this.logs = logs;
        this.scope = scope;
        this.settings = settings;
        this.onSave = onSave;
        this.startedAt = settings.clock.instant();
    }

    CaptureScope scope() {
        return scope;
    }

    void saved(Notebook notebook) {
        Path path = scope.canonical(notebook.path());
        Found before = found.get(path);
        boolean onlyFound =
                before == null && notebook.modifiedAt().isBefore(startedAt.minusSeconds(2)) || isSame(before, notebook);
        boolean hasLog = logs.knows(path);
        if (!scope.recordsSaveOf(path, hasLog, onlyFound)) {
            if (scope.holds(path)) {
                found.put(path, new Found(notebook.digest(), new SoftReference<>(notebook)));
            }
            return;
        }
        NotebookLog log;
        if (hasLog) {
            log = java.util.Objects.requireNonNull(logs.at(path));
            take(log, notebook);
        } else {
            // The content before the first recorded save is the ground on which changes are seen.
            log = begin(path, before == null ? null : before.notebook().get(), notebook);
        }
    }

    private static boolean isSame(@Nullable Found before, Notebook notebook) {
        return before != null && before.digest().equals(notebook.digest());
    }

    /** The log of the notebook at this path, which begins to be recorded now if it was not; what is known of its content is taken. */
    NotebookLog begin(Path path) {
        NotebookLog known = logs.at(path);
        if (known != null) {
            follow(path, known);
            return known;
        }
        Found seenBefore = found.get(path);
        Notebook content = seenBefore == null ? null : seenBefore.notebook().get();
        NotebookLog begun = begin(path, null, content == null ? settings.notebookReader.apply(path) : content);
        follow(path, begun);
        return begun;
    }

    /** Has the sources read this notebook from now on. */
    private void follow(Path path, @Nullable NotebookLog log) {
        if (followed.add(path)) {
            Notebook saved = log == null ? null : log.saved();
            settings.follow.accept(path, saved == null ? List.of() : saved.cells());
        }
    }

    /**
     * Has the sources read the notebooks that have a log already, so that what was changed while nobody watched is seen. If there are very
     * many, as after an import of a whole archive, only those that change from now on are read.
     */
    void followKnown() {
        List<NotebookId> ids = logs.index().ids();
        if (ids.size() > FOLLOW_AT_START) {
            return;
        }
        for (NotebookId id : ids) {
            Path path = logs.index().path(id).orElse(null);
            if (path != null && scope.recordsSaveOf(path, true, true) && settings.fileExists.test(path)) {
                follow(path, logs.at(path));
            }
        }
    }

    private NotebookLog begin(Path path, @Nullable Notebook ground, @Nullable Notebook now) {
        found.remove(path);
        NotebookLog moved = null;
        NotebookId copiedFrom = null;
        if (now != null) {
            NotebookLog original = logs.withContent(SnapshotCodec.contentDigest(ground == null ? now : ground), now);
            Path originalPath = original == null ? null : original.path();
            if (original != null && originalPath != null && !originalPath.equals(path)) {
                if (settings.fileExists.test(originalPath)) {
                    copiedFrom = original.id();
                } else {
                    moved = original;
                }
            }
        }
        NotebookLog log;
        if (moved != null) {
            // A rename that the source saw as a new file.
            log = moved;
            logs.moved(log, path);
        } else {
            log = logs.create(path, settings.clock.instant(), copiedFrom);
        }
        if (ground != null) {
            take(log, ground);
        }
        if (now != null) {
            take(log, now);
        }
        return log;
    }

    private void take(NotebookLog log, Notebook notebook) {
        Notebook before = log.saved();
        boolean first = seen.add(log.id());
        if (first && before != null && changedWhileAway(log, notebook)) {
            log.gap(Gap.builder(
                            Gap.Reason.AGENT_STOPPED,
                            "The notebook was changed while TrackIT was not running. What was executed meanwhile is known"
                                    + " only as far as the saved notebook still holds it.")
                    .between(log.lastRecordAt(), startedAt)
                    .build());
        }
        boolean changed = log.snapshot(
                notebook, EventQueue.size(new dev.trackit.spi.CaptureEvent.NotebookSaved(notebook, startedAt)));
        onSave.accept(log, new Save(before, notebook, changed));
    }

    private boolean changedWhileAway(NotebookLog log, Notebook notebook) {
        return log.liveSessions().isEmpty()
                && notebook.modifiedAt().isBefore(startedAt)
                && !SnapshotCodec.contentDigest(notebook).equals(log.savedDigest())
                && !logs.index().openSessions().containsValue(log.id());
    }

    void moved(Path from, Path to) {
        Path old = scope.canonical(from);
        Path now = scope.canonical(to);
        scope.moved(old, now);
        if (followed.remove(old)) {
            followed.add(now);
        }
        Found before = found.remove(old);
        if (before != null) {
            found.put(now, before);
        }
        NotebookLog log = logs.at(old);
        if (log != null && !old.equals(now)) {
            NotebookLog replaced = logs.at(now);
            if (replaced != null && replaced != log) {
                logs.deleted(replaced);
            }
            logs.moved(log, now);
        }
    }

    void deleted(Path path) {
        Path old = scope.canonical(path);
        found.remove(old);
        if (logs.knows(old)) {
            NotebookLog log = logs.at(old);
            if (log != null) {
                logs.deleted(log);
            }
        }
    }

    void track(Path path) {
        Path canonical = scope.canonical(path);
        scope.name(canonical);
        follow(canonical, logs.at(canonical));
        if (found.containsKey(canonical)) {
            begin(canonical);
        }
    }

    void untrack(Path path) {
        Path canonical = scope.canonical(path);
        scope.exclude(canonical);
        followed.remove(canonical);
        settings.unfollow.accept(canonical);
    }

    /** Records the executions that a save shows and no kernel reported. */
    void recordSaved(NotebookLog log, List<Cell> executed) {
        if (executed.isEmpty()) {
            return;
        }
        int lowest = executed.get(0).executionCount().orElseThrow();
        SavedSession session = savedSessions.get(log.id());
        if (session == null || lowest <= session.highestCount) {
            // Counts that begin again: the kernel was restarted.
            Instant now = settings.clock.instant();
            String id = "saved-"
                    + Digest.ofText(log.id() + "\n" + now + "\n" + log.sequence())
                            .hex()
                            .substring(0, 16);
            session = new SavedSession(id);
            savedSessions.put(log.id(), session);
            log.sessionStarted(savedSession(log, id, now), NotebookMatch.unknown());
        }
        for (Cell cell : executed) {
            Execution execution =
                    log.execution(SavedCells.execution(log.id(), session.id, session.id, cell), Map.of(), null);
            session.highestCount =
                    Math.max(session.highestCount, cell.executionCount().orElseThrow());
            session.byKey.put(
                    SessionState.key(execution), new NotebookLog.Place(execution.id(), execution.sequence(), false));
        }
    }

    private static Session savedSession(NotebookLog log, String id, Instant startedAt) {
        return importSession(log, log.saved(), id, startedAt);
    }

    /** The session that stands for the counts of a saved notebook. */
    static Session importSession(NotebookLog log, @Nullable Notebook saved, String id, Instant startedAt) {
        Path path = log.path();
        return Session.builder(id, path == null ? log.id().value() : path.toString())
                .kernelName(saved == null ? "" : saved.kernelName())
                .language(saved == null ? "" : saved.language())
                .workingFolder(path == null ? null : path.getParent())
                .startedAt(startedAt)
                .live(false)
                .build();
    }

    /** The record of a run that was read from a save before its kernel was found; it is replaced by what the kernel says. */
    NotebookLog.@Nullable Place takeSavedTwin(NotebookLog log, Session session, Execution execution) {
        SavedSession saved = savedSessions.get(log.id());
        if (saved == null || execution.executionCount().isEmpty()) {
            return null;
        }
        boolean startedLater = session.startedAt()
                .map(at -> at.isAfter(settings.clock.instant()))
                .orElse(false);
        return startedLater ? null : saved.byKey.remove(SessionState.key(execution));
    }
}
