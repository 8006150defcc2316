package dev.trackit.core.record;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Digest;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.Notebook;
import dev.trackit.api.NotebookId;
import dev.trackit.api.Session;
import dev.trackit.spi.LineageStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The logs that a recorder writes, and the agent's own log, which says which notebook is where. Gives notebooks their ids, loads what a log already
 * holds when it is first needed, and brings all that waits into the store. Used by one thread.
 */
final class Logs {
    private static final int MAX_OPEN_WRITERS = 128;
    private static final int MAX_LOADED = 512;

    private final LineageStore store;
    private final RecorderCounters counters;
    private final RecorderSettings settings;
    private final NotebookIndex index;
    private final Map<NotebookId, NotebookLog> logs = new LinkedHashMap<>();
    private final @Nullable LogAppender agentLog;
    private long uses;

    /** @param agent whether to write the agent's log */
    Logs(LineageStore store, RecorderCounters counters, RecorderSettings settings, boolean agent) {
        this.store = store;
        this.counters = counters;
        this.settings = settings;
        this.index = NotebookIndex.read(store);
        this.agentLog = agent ? new LogAppender(store, RecordTypes.AGENT_LOG, counters, settings) : null;
    }

    NotebookIndex index() {
        return index;
    }

    /** Takes the lock that keeps a second agent away. @throws dev.trackit.api.LogLockedException if another holds it */
    void lockAgentLog() {
        if (agentLog != null) {
            agentLog.open();
        }
    }

    Collection<NotebookLog> loaded() {
        return logs.values();
    }

    /** The log of the notebook at this path, if it has one. */
    @Nullable
    NotebookLog at(Path path) {
        Optional<NotebookId> id = index.at(path);
        return id.isEmpty() ? null : log(id.get(), path, false);
    }

    boolean knows(Path path) {
        return index.at(path).isPresent();
    }

    /** The log of the notebook at this path, which gets one if it has none. */
    NotebookLog create(Path path, Instant firstSeen, @Nullable NotebookId copiedFrom) {
        NotebookLog known = at(path);
        if (known != null) {
            return known;
        }
        index.refresh(store);
        known = at(path);
        if (known != null) {
            return known;
        }
        NotebookId id = newId(path, firstSeen);
        NotebookLog log = log(id, path, false);
        Map<String, @Nullable Object> more = new LinkedHashMap<>();
        more.put("created", firstSeen.toString());
        if (copiedFrom != null) {
            more.put("copiedFrom", copiedFrom.value());
        }
        log.identify(more);
        announce(RecordTypes.NOTEBOOK, inOrder("notebook", id.value(), "path", path.toString()));
        return log;
    }

    /** The log of a kernel whose notebook is not known. */
    NotebookLog kernelLog(Session session) {
        String name = slug(session.kernelName().isEmpty() ? session.language() : session.kernelName());
        NotebookId id = NotebookId.of("kernel-" + (name.isEmpty() ? "" : name + "-")
                + Digest.ofText(session.id()).hex().substring(0, 8));
        return log(id, null, true);
    }

    /** Writes the head of a kernel's log, once it is sure that there is something to record in it. */
    void identifyKernelLog(NotebookLog log, Session session) {
        log.identify(
                inOrder("session", session.id(), "kernel", session.kernelId(), "kernelName", session.kernelName()));
        if (!index.contains(log.id())) {
            announce(RecordTypes.KERNEL, inOrder("notebook", log.id().value()));
        }
    }

    NotebookLog log(NotebookId id, @Nullable Path path, boolean provisional) {
        NotebookLog log = logs.get(id);
        if (log == null) {
            log = new NotebookLog(id, path, provisional, store, counters, settings);
            if (index.contains(id)) {
                counters.enter(settings.clock.instant());
                try {
                    log.restore(LogLoader.load(store, id));
                } finally {
                    counters.exit();
                }
            }
            logs.put(id, log);
        }
        log.touch(++uses);
        return log;
    }

    /** The log with this id, which must exist. */
    NotebookLog existing(NotebookId id) {
        Path path = index.path(id).orElse(null);
        return log(id, path, path == null);
    }

    void moved(NotebookLog log, Path to) {
        String from = log.path() == null ? "" : log.path().toString();
        log.moved(to);
        announce(RecordTypes.NOTEBOOK_MOVED, inOrder("notebook", log.id().value(), "from", from, "to", to.toString()));
    }

    void deleted(NotebookLog log) {
        log.deleted();
        announce(RecordTypes.NOTEBOOK_DELETED, inOrder("notebook", log.id().value()));
    }

    void sessionStarted(NotebookLog log, String session) {
        announce(RecordTypes.SESSION_STARTED, inOrder("notebook", log.id().value(), "session", session));
    }

    void sessionEnded(NotebookLog log, String session) {
        announce(RecordTypes.SESSION_ENDED, inOrder("notebook", log.id().value(), "session", session));
    }

    /** Writes a record into the agent's log, and takes it into the index. */
    void announce(String type, Map<String, ?> fields) {
        LineageRecord record = LineageRecord.of(type, settings.clock.instant(), fields);
        index.take(record);
        if (agentLog != null) {
            agentLog.add(new LogAppender.Entry(record, List.of(), null, 400));
        }
    }

    /** A notebook whose last save held exactly this, if one is known that is worth calling an original. */
    @Nullable
    NotebookLog withContent(Digest content, Notebook notebook) {
        if (notebook.cells().stream().allMatch(cell -> cell.source().isBlank())) {
            return null;
        }
        for (NotebookLog log : logs.values()) {
            if (content.equals(log.savedDigest()) && log.path() != null) {
                return log;
            }
        }
        return null;
    }

    /** Appends what waits, log by log. */
    void commit(boolean force, Consumer<Recorded> durable) {
        long now = System.nanoTime();
        if (agentLog != null) {
            agentLog.commit(now, force, durable);
        }
        for (NotebookLog log : logs.values()) {
            log.appender().commit(now, force, durable);
        }
        closeIdleWriters();
    }

    /** Appends what waits, and throws what the store throws. Without the agent's log: it can be rebuilt, and may be held by an agent. */
    void commitOrThrow(Consumer<Recorded> durable) {
        for (NotebookLog log : logs.values()) {
            log.appender().commitOrThrow(durable);
        }
    }

    boolean isIdle() {
        return (agentLog == null || agentLog.isIdle())
                && logs.values().stream().allMatch(log -> log.appender().isIdle());
    }

    private void closeIdleWriters() {
        List<NotebookLog> open = new ArrayList<>();
        for (NotebookLog log : logs.values()) {
            if (log.appender().isOpen()) {
                open.add(log);
            }
        }
        if (open.size() > MAX_OPEN_WRITERS) {
            open.sort(Comparator.comparingLong(NotebookLog::lastUsed));
            for (NotebookLog log : open.subList(0, open.size() - MAX_OPEN_WRITERS)) {
                if (log.appender().isIdle()) {
                    log.appender().closeWriter();
                }
            }
        }
    }

    /** Forgets logs that were not needed for long, if there are many; they are loaded again when they are. */
    void forgetIdle(Predicate<NotebookLog> inUse) {
        if (logs.size() <= MAX_LOADED) {
            return;
        }
        List<NotebookLog> idle = logs.values().stream()
                .filter(log -> log.appender().isIdle() && !inUse.test(log))
                .sorted(Comparator.comparingLong(NotebookLog::lastUsed))
                .toList();
        for (NotebookLog log : idle.subList(0, Math.min(idle.size(), logs.size() - MAX_LOADED / 2))) {
            log.appender().closeWriter();
            logs.remove(log.id());
        }
    }

    /** Forgets all logs, their writers closed; the agent's log stays. */
    void forgetAll() {
        logs.values().forEach(log -> log.appender().closeWriter());
        logs.clear();
    }

    void close() {
        logs.values().forEach(log -> log.appender().closeWriter());
        if (agentLog != null) {
            agentLog.closeWriter();
        }
    }

    private NotebookId newId(Path path, Instant firstSeen) {
        Path fileName = path.getFileName();
        String name = slug(fileName == null ? "" : fileName.toString().replaceFirst("\\.ipynb$", ""));
        for (int attempt = 0; ; attempt++) {
            String hash =
                    Digest.ofText(path + "\n" + firstSeen + "\n" + attempt).hex();
            NotebookId id = NotebookId.of((name.isEmpty() ? "notebook" : name) + "-" + hash.substring(0, 6));
            if (!index.contains(id)) {
                return id;
            }
        }
    }

    /** Names and texts by turns, in this order: that of {@code Map.of} changes from run to run. */
    private static Map<String, @Nullable Object> inOrder(String... namesAndTexts) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            fields.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return fields;
    }

    /** The part of a name that an id can hold. */
    static String slug(String name) {
        StringBuilder slug = new StringBuilder();
        String plain = java.text.Normalizer.normalize(
                        requireNonNull(name, "name").toLowerCase(Locale.ROOT), java.text.Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "");
        for (int i = 0; i < plain.length() && slug.length() < 60; i++) {
            char c = plain.charAt(i);
            boolean kept = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '.';
            if (kept && (slug.length() > 0 || (c != '_' && c != '.'))) {
                slug.append(c);
            } else if (!kept && slug.length() > 0 && slug.charAt(slug.length() - 1) != '-') {
                slug.append('-');
            }
        }
        while (slug.length() > 0 && "-._".indexOf(slug.charAt(slug.length() - 1)) >= 0) {
            slug.setLength(slug.length() - 1);
        }
        return slug.toString();
    }
}
