package dev.trackit.jupyter.watch;

import dev.trackit.api.CaptureException;
import dev.trackit.api.Cell;
import dev.trackit.api.Digest;
import dev.trackit.api.Notebook;
import dev.trackit.jupyter.notebook.NotebookReader;
import dev.trackit.jupyter.notebook.NotebookReading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the notebooks that are followed when they were changed, each on one of two threads: one for small files, one for big ones,
 * so that a notebook of a gigabyte does not keep others waiting. Belongs to the watcher's thread, but for the reading itself.
 */
final class Readings implements AutoCloseable {
    private static final long BIG = 32L << 20;
    private static final long MOST_HELD = 16L << 20;

    /** Is told the results, on the watcher's thread. */
    interface Results {
        /** A notebook was saved with content that was not reported before. */
        void saved(Notebook notebook);

        /** A notebook is whole again, or unreadable for longer than patience lasts (with the reason). */
        void readable(Path notebook, @Nullable String problem);
    }

    private final NotebookReader reader;
    private final WatchOptions options;
    private final Consumer<Runnable> toWatcher;
    private final Results results;
    private final ExecutorService small;
    private final ExecutorService big;
    private final Map<Path, FollowedNotebook> followed = new HashMap<>();
    private final FormerReadings former = new FormerReadings(MOST_HELD);

    /**
     * Nothing is followed yet.
     *
     * @param toWatcher runs something on the watcher's thread
     */
    Readings(NotebookReader reader, WatchOptions options, Consumer<Runnable> toWatcher, Results results) {
        this.reader = reader;
        this.options = options;
        this.toWatcher = toWatcher;
        this.results = results;
        this.small = Executors.newSingleThreadExecutor(daemon("trackit-read"));
        this.big = Executors.newSingleThreadExecutor(daemon("trackit-read-big"));
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    void follow(Path notebook, List<Cell> known, long now) {
        FollowedNotebook file = followed.get(notebook);
        if (file != null) {
            file.known = known;
            return;
        }
        file = new FollowedNotebook(notebook, known, options);
        followed.put(notebook, file);
        file.stamp = Stamp.of(notebook);
        if (file.stamp != null) {
            file.commit(now);
        }
    }

    /** It is followed from now on, if it was not; what it holds is news once it rests. */
    void workedOn(Path notebook, long now) {
        if (!followed.containsKey(notebook)) {
            FollowedNotebook file = new FollowedNotebook(notebook, List.of(), options);
            followed.put(notebook, file);
            file.stamp = Stamp.of(notebook);
            file.touch(now);
        }
    }

    void unfollow(Path notebook) {
        FollowedNotebook file = followed.remove(notebook);
        if (file != null) {
            former.take(file);
        }
        results.readable(notebook, null);
    }

    void touched(Path notebook, long now) {
        FollowedNotebook file = followed.get(notebook);
        Stamp stamp = file == null ? null : Stamp.of(notebook);
        // one that is gone keeps its stamp, by which the next look notices
        if (file != null && stamp != null) {
            file.stamp = stamp;
            if (!file.wasRead(stamp)) {
                file.touch(now);
            }
        }
    }

    void committed(Path notebook, long now) {
        FollowedNotebook file = followed.get(notebook);
        if (file != null) {
            file.commit(now);
        }
    }

    /** The digest that was reported last of this notebook; null if it is not followed or was never read. */
    @Nullable
    Digest digest(Path notebook) {
        FollowedNotebook file = followed.get(notebook);
        return file == null ? null : file.reported;
    }

    void moved(Path from, Path to, long now) {
        FollowedNotebook file = followed.remove(from);
        results.readable(from, null);
        if (file != null) {
            file.path = to;
            file.stamp = Stamp.of(to);
            followed.put(to, file);
            file.touch(now);
        }
    }

    /** It stays followed, for it may come back; then it is news. */
    void deleted(Path notebook) {
        FollowedNotebook file = followed.get(notebook);
        if (file != null) {
            file.reported = null;
            file.stamp = null;
        }
        results.readable(notebook, null);
    }

    /**
     * Looks at each followed notebook, in case no event came.
     *
     * @param onGone is told those that are not there any more
     */
    void look(long now, BiConsumer<Path, Stamp> onGone) {
        for (FollowedNotebook file : List.copyOf(followed.values())) {
            Stamp before = file.stamp;
            Stamp stamp = Stamp.of(file.path);
            if (stamp == null && before != null) {
                file.stamp = null;
                onGone.accept(file.path, before);
            } else if (stamp != null && !stamp.equals(before)) {
                file.stamp = stamp;
                file.touch(now);
            }
        }
    }

    /** Begins to read what is due. */
    void tick(long now) {
        for (FollowedNotebook file : followed.values()) {
            if (file.begin(now)) {
                Path path = file.path;
                List<Cell> known = file.known;
                NotebookReading before = former.take(file);
                executorFor(file.stamp).execute(() -> read(file, path, known, before));
            }
        }
    }

    /** How long until something is due, in nanoseconds. */
    long untilDue(long now) {
        long least = Long.MAX_VALUE;
        for (FollowedNotebook file : followed.values()) {
            least = Math.min(least, file.untilDue(now));
        }
        return least;
    }

    /**
     * Finds the digest of a file's bytes.
     *
     * @param onDigest is told it on the watcher's thread, null if the file cannot be read
     */
    void digestOf(Path file, Consumer<@Nullable Digest> onDigest) {
        executorFor(Stamp.of(file)).execute(() -> {
            Digest digest = rawDigest(file);
            toWatcher.accept(() -> onDigest.accept(digest));
        });
    }

    @Override
    public void close() {
        small.shutdownNow();
        big.shutdownNow();
    }

    private ExecutorService executorFor(@Nullable Stamp stamp) {
        return stamp != null && stamp.size() >= BIG ? big : small;
    }

    private void read(FollowedNotebook file, Path path, List<Cell> known, @Nullable NotebookReading before) {
        // whatever happens, also a lack of memory, the file must not count as being read for ever
        Runnable outcome = () -> failed(file, path, "Cannot read notebook " + path + ": reading it was broken off.");
        try {
            Stamp stamp = Stamp.of(path);
            Instant begin = options.clock().instant();
            NotebookReading reading = reader.read(path, known, before);
            outcome = () -> succeeded(file, reading, stamp, begin);
        } catch (CaptureException e) {
            outcome = () -> failed(file, path, String.valueOf(e.getMessage()));
        } finally {
            toWatcher.accept(outcome);
        }
    }

    private void succeeded(FollowedNotebook file, NotebookReading reading, @Nullable Stamp stamp, Instant begin) {
        long now = System.nanoTime();
        file.succeeded(now, stamp, begin);
        if (followed.get(file.path) != file) {
            return;
        }
        former.put(file, reading);
        Notebook notebook = reading.notebook();
        if (!file.path.equals(notebook.path())) {
            // it moved while it was read
            file.touch(now);
            return;
        }
        results.readable(file.path, null);
        if (!notebook.digest().equals(file.reported)) {
            file.reported = notebook.digest();
            file.known = notebook.cells();
            results.saved(notebook);
        }
    }

    private void failed(FollowedNotebook file, Path path, String problem) {
        boolean givesUp = file.failed(System.nanoTime());
        if (givesUp && followed.get(path) == file && Files.exists(path)) {
            results.readable(path, problem);
        }
    }

    private static @Nullable Digest rawDigest(Path file) {
        MessageDigest sha256 = Digest.sha256();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                sha256.update(buffer, 0, got);
            }
            return Digest.of(sha256);
        } catch (IOException e) {
            return null;
        }
    }
}
