package dev.trackit.jupyter.watch;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.CaptureException;
import dev.trackit.api.Cell;
import dev.trackit.api.Digest;
import dev.trackit.api.Notebook;
import dev.trackit.jupyter.notebook.NotebookReader;
import dev.trackit.spi.CaptureEvent;
import dev.trackit.spi.CaptureListener;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices what happens to the notebook files below a folder and reports {@code NotebookSaved}, {@code NotebookMoved} and
 * {@code NotebookDeleted}. Content is read, and so saves are reported, only for notebooks that are followed, and for those that are
 * made or changed while it watches, which are followed from then on; moves and deletions are reported for all. Hidden files and folders are left out, and links to folders are not followed.
 *
 * <p><b>How.</b> File events give speed, looking gives certainty. Where events come, a save is read when Jupyter deletes the copy that it
 * keeps while saving, otherwise when the file has rested for {@link WatchOptions#quiet()}. Besides, the followed notebooks are looked at
 * (size and time only) twice a second, and the whole tree is walked now and then. Where events do not come (network mounts, folders
 * shared with a host, the limit of watches reached), all known notebooks are looked at every {@link WatchOptions#statEvery()}, and the
 * walk finds new ones. A file that cannot be read is tried again until {@link WatchOptions#patience()} is over; then there is a warning
 * until it can be read. A save that changes nothing in the file is not reported.
 *
 * <p><b>Threads.</b> One thread owns all knowledge and reports to the listener; one waits for file events; two read, small and big files
 * apart. They begin with {@link #start()} and end with {@link #close()}. Safe for use by several threads.
 */
public final class NotebookWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NotebookWatcher.class);
    private static final long LOOK_EVERY = Duration.ofMillis(500).toNanos();
    private static final long TICK_WHILE_UNDECIDED = Duration.ofMillis(50).toNanos();
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);
    private static final int TASKS_PER_ROUND = 500;
    private static final String WATCHING = "";

    private final Path folder;
    private final WatchOptions options;
    private final CaptureListener listener;
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Map<String, String> warnings = new ConcurrentSkipListMap<>();
    private final Object reporting = new Object();
    private final NotebookTree tree;
    private final Disappearances disappearances;
    private final Readings readings;
    private final Thread thread;
    private volatile boolean closed;
    private boolean started;
    private volatile @Nullable FolderEvents events;
    private volatile boolean polling;
    private long nextLook;
    private long nextStat;
    private long nextWalk;
    /** Notebooks that are new here, until it is clear that they were not just moved, and when that is. */
    private final Map<Path, Long> newcomers = new HashMap<>();
    /** Notebooks of which the recorder wants nothing. */
    private final Set<Path> left = new HashSet<>();

    private boolean walkedOnce;

    /**
     * A watcher, which does nothing before {@link #start()}.
     *
     * @param folder the folder to watch, with all folders below
     * @param options how
     * @param reader reads the notebooks that are followed
     * @param listener is told, on the watcher's threads
     */
    public NotebookWatcher(Path folder, WatchOptions options, NotebookReader reader, CaptureListener listener) {
        this.folder = requireNonNull(folder, "folder").toAbsolutePath().normalize();
        this.options = requireNonNull(options, "options");
        this.listener = requireNonNull(listener, "listener");
        this.readings = new Readings(requireNonNull(reader, "reader"), options, tasks::add, new Reports());
        this.tree = new NotebookTree(this.folder, new TreeChanges());
        this.disappearances = new Disappearances(tree, new Verdicts(), options.grace());
        this.thread = new Thread(this::run, "trackit-watch");
        thread.setDaemon(true);
    }

    /** Begins to watch, in threads of its own. May be called once; returns soon. */
    public synchronized void start() {
        if (started || closed) {
            throw new IllegalStateException("A watcher is started once, and not after it was closed");
        }
        started = true;
        openEvents();
        thread.start();
    }

    /** See {@link dev.trackit.spi.NotebookSource#follow}. The file may also lie outside the folder; then it is polled. */
    public void follow(Path notebook, List<Cell> known) {
        Path path = requireNonNull(notebook, "notebook").toAbsolutePath().normalize();
        List<Cell> cells = List.copyOf(known);
        tasks.add(() -> {
            left.remove(path);
            readings.follow(path, cells, System.nanoTime());
        });
    }

    /** See {@link dev.trackit.spi.NotebookSource#unfollow}. */
    public void unfollow(Path notebook) {
        Path path = requireNonNull(notebook, "notebook").toAbsolutePath().normalize();
        tasks.add(() -> {
            left.add(path);
            readings.unfollow(path);
        });
    }

    /**
     * The notebook files below the folder now, in order of their paths, by names alone: walks the tree, watching or not.
     *
     * @throws CaptureException if the folder cannot be read
     */
    public List<Path> notebooks() {
        try {
            return NotebookTree.list(folder);
        } catch (IOException e) {
            throw new CaptureException(unreadable(e), e);
        }
    }

    /** Whether the watcher takes this file for a notebook, by its name alone. */
    public static boolean isNotebook(Path file) {
        return NotebookNames.isNotebook(file);
    }

    /** Whether the watcher polls because file events do not come, or not for all folders. */
    public boolean isPolling() {
        return polling;
    }

    /** Warnings for the user, in sentences; empty if all is well. */
    public List<String> warnings() {
        return List.copyOf(warnings.values());
    }

    /** Ends the watcher's threads. Idempotent. Nothing is reported after it returned. */
    @Override
    public synchronized void close() {
        synchronized (reporting) {
            closed = true;
        }
        FolderEvents open = events;
        if (open != null) {
            open.close();
        }
        readings.close();
        thread.interrupt();
        if (Thread.currentThread() != thread) {
            try {
                thread.join(LONGEST_CLOSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void openEvents() {
        Optional<String> silent = Mounts.silentKind(folder);
        if (options.alwaysPoll() || silent.isPresent()) {
            LOG.info(
                    "Polling {}{}",
                    folder,
                    silent.map(kind -> ", which is a mount of type " + kind).orElse(""));
            poll();
            return;
        }
        try {
            FolderEvents open = new FolderEvents(FileSystems.getDefault().newWatchService());
            events = open;
            Thread pump = new Thread(
                    () -> open.pump((key, batch) -> tasks.add(() -> onEvents(key, batch))), "trackit-file-events");
            pump.setDaemon(true);
            pump.start();
        } catch (IOException e) {
            warn("No file events can be had from the system (" + e.getMessage()
                    + "), so TrackIT looks at the files every "
                    + options.statEvery().toMillis() + " ms. On Linux, raise fs.inotify.max_user_instances.");
            poll();
        }
    }

    private void poll() {
        polling = true;
        disappearances.mustWalk(true);
    }

    private void run() {
        nextWalk = System.nanoTime();
        nextStat = nextWalk;
        nextLook = nextWalk;
        while (!closed) {
            try {
                long now = System.nanoTime();
                tick(now);
                Runnable task = tasks.poll(pause(now), TimeUnit.NANOSECONDS);
                for (int i = 0; i < TASKS_PER_ROUND && task != null && !closed; i++) {
                    task.run();
                    task = i < TASKS_PER_ROUND - 1 ? tasks.poll() : null;
                }
            } catch (InterruptedException e) {
                // only close() interrupts
                return;
            } catch (RuntimeException e) {
                if (closed) {
                    return;
                }
                // the watcher must go on, for the other files
                LOG.warn("Watching {} went wrong once; it goes on", folder, e);
            }
        }
    }

    private void tick(long now) {
        if (now - nextWalk >= 0) {
            walk();
        }
        lookAtFollowed(now);
        welcome(now);
        if (polling && now - nextStat >= 0) {
            nextStat = now + options.statEvery().toNanos();
            tree.notebooks().forEach(tree::look);
        }
        disappearances.tick(now);
        if (disappearances.wantsWalk()) {
            nextWalk = Math.min(nextWalk, now);
        }
    }

    private void lookAtFollowed(long now) {
        if (now - nextLook >= 0) {
            nextLook = now + LOOK_EVERY;
            readings.look(now, (path, stamp) -> {
                if (tree.stamp(path) != null) {
                    tree.look(path);
                } else {
                    disappearances.gone(path, stamp, now);
                }
            });
        }
        readings.tick(now);
    }

    private void welcome(long now) {
        List<Path> due = newcomers.entrySet().stream()
                .filter(newcomer -> now - newcomer.getValue() >= 0)
                .map(Map.Entry::getKey)
                .toList();
        for (Path notebook : due) {
            newcomers.remove(notebook);
            if (tree.stamp(notebook) != null) {
                workedOn(notebook, now);
            }
        }
    }

    /** Somebody works on this notebook: from now on it is read. */
    private void workedOn(Path notebook, long now) {
        newcomers.remove(notebook);
        if (!left.contains(notebook)) {
            readings.workedOn(notebook, now);
        }
    }

    private long pause(long now) {
        long pause = Math.min(nextLook - now, Math.min(nextWalk - now, readings.untilDue(now)));
        if (polling) {
            pause = Math.min(pause, nextStat - now);
        }
        if (disappearances.isBusy() || !newcomers.isEmpty()) {
            pause = Math.min(pause, TICK_WHILE_UNDECIDED);
        }
        return Math.max(pause, 0);
    }

    private void walk() {
        long begin = System.nanoTime();
        try {
            tree.walk(folder, below -> {
                watch(below);
                lookAtFollowed(System.nanoTime());
            });
            disappearances.walked(begin);
            walkedOnce = true;
            warnings.remove(folder.toString());
            if (tree.unreadable() > 0) {
                warnings.put(
                        folder.toString(),
                        tree.unreadable() + " folders below " + folder
                                + " cannot be read, so notebooks in them are not seen.");
            }
        } catch (IOException e) {
            warnings.put(folder.toString(), unreadable(e));
            tree.lookBelow(folder);
            disappearances.walked(begin);
        }
        long now = System.nanoTime();
        long most = options.walkEvery().toNanos();
        // where walks alone find new notebooks, walk as often as a twentieth of the time allows
        long next = polling ? Math.max(options.statEvery().toNanos(), 20 * (now - begin)) : most;
        nextWalk = now + Math.min(next, most);
    }

    private void watch(Path below) {
        FolderEvents open = events;
        if (open == null || open.isWatched(below)) {
            return;
        }
        try {
            open.register(below);
        } catch (NoSuchFileException | NotDirectoryException e) {
            // gone again already
        } catch (IOException e) {
            if (!warnings.containsKey(WATCHING) && Files.isReadable(below)) {
                warn("Not all folders below " + folder + " can be watched (" + e.getMessage()
                        + "), so TrackIT also looks at the files every "
                        + options.statEvery().toMillis() + " ms. On Linux, raise fs.inotify.max_user_watches.");
                poll();
            }
        }
    }

    private void warn(String sentence) {
        warnings.put(WATCHING, sentence);
        LOG.warn("{}", sentence);
    }

    private void onEvents(WatchKey key, List<WatchEvent<?>> batch) {
        FolderEvents open = events;
        Path in = open == null ? null : open.taken(key);
        if (open == null || in == null) {
            return;
        }
        for (WatchEvent<?> event : batch) {
            if (event.kind().equals(StandardWatchEventKinds.OVERFLOW)) {
                // the system says so for each folder at once; one walk serves all
                nextWalk = System.nanoTime();
            } else if (event.context() instanceof Path name) {
                onEvent(open, event.kind(), in.resolve(name));
            }
        }
        if (!Files.isDirectory(in)) {
            open.forget(in);
            tree.lookBelow(in);
        }
    }

    private void onEvent(FolderEvents open, WatchEvent.Kind<?> kind, Path path) {
        if (NotebookNames.isNotebook(path)) {
            tree.look(path);
            readings.touched(path, System.nanoTime());
            return;
        }
        boolean deleted = kind.equals(StandardWatchEventKinds.ENTRY_DELETE);
        Optional<Path> saved = NotebookNames.savedBeside(path);
        if (saved.isPresent()) {
            if (deleted) {
                tree.look(saved.get());
                readings.committed(saved.get(), System.nanoTime());
            }
        } else if (NotebookNames.isLeftOut(path)) {
            return;
        } else if (deleted && open.isWatched(path)) {
            open.forget(path);
            tree.lookBelow(path);
        } else if (kind.equals(StandardWatchEventKinds.ENTRY_CREATE)
                && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            rescan(path);
        }
    }

    private void rescan(Path below) {
        try {
            tree.walk(below, this::watch);
        } catch (IOException e) {
            tree.lookBelow(below);
        }
    }

    private void report(CaptureEvent event) {
        synchronized (reporting) {
            if (closed) {
                return;
            }
            try {
                listener.on(event);
            } catch (RuntimeException e) {
                LOG.warn("A listener failed at an event of {}", folder, e);
            }
        }
    }

    private String unreadable(IOException e) {
        String reason = e instanceof NoSuchFileException ? "there is no such folder" : String.valueOf(e.getMessage());
        return "The folder " + folder + " cannot be read: " + reason + ".";
    }

    /** What the tree sees. */
    private final class TreeChanges implements NotebookTree.Changes {
        @Override
        public void appeared(Path notebook, Stamp now) {
            long nanos = System.nanoTime();
            disappearances.appeared(notebook, now, nanos);
            readings.touched(notebook, nanos);
            if (walkedOnce) {
                newcomers.put(notebook, nanos + options.grace().toNanos());
            }
        }

        @Override
        public void changed(Path notebook, Stamp before, Stamp now) {
            if (now.fileKey() != null && !now.fileKey().equals(before.fileKey())) {
                disappearances.replaced(notebook, now);
            }
            workedOn(notebook, System.nanoTime());
            readings.touched(notebook, System.nanoTime());
        }

        @Override
        public void gone(Path notebook, Stamp before) {
            disappearances.gone(notebook, before, System.nanoTime());
        }
    }

    /** What became of missing notebooks. */
    private final class Verdicts implements Disappearances.Decisions {
        @Override
        public void moved(Path from, Path to) {
            newcomers.remove(to);
            if (left.remove(from)) {
                left.add(to);
            }
            report(new CaptureEvent.NotebookMoved(from, to, options.clock().instant()));
            readings.moved(from, to, System.nanoTime());
        }

        @Override
        public void deleted(Path notebook) {
            if (Files.exists(notebook)) {
                tree.look(notebook);
                return;
            }
            readings.deleted(notebook);
            report(new CaptureEvent.NotebookDeleted(notebook, options.clock().instant()));
        }

        @Override
        public @Nullable Digest digest(Path notebook) {
            return readings.digest(notebook);
        }

        @Override
        public void digestOf(Path candidate) {
            readings.digestOf(candidate, digest -> disappearances.digested(candidate, digest));
        }
    }

    /** What was read. */
    private final class Reports implements Readings.Results {
        @Override
        public void saved(Notebook notebook) {
            report(new CaptureEvent.NotebookSaved(notebook, options.clock().instant()));
        }

        @Override
        public void readable(Path notebook, @Nullable String problem) {
            if (problem == null) {
                warnings.remove(notebook.toString());
            } else {
                warnings.put(notebook.toString(), problem);
            }
        }
    }
}
