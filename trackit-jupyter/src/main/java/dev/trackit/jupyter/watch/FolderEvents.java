package dev.trackit.jupyter.watch;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * File events of many folders, by the platform's {@link WatchService}. {@link #pump} runs on a thread of its own; everything else
 * belongs to the watcher's thread.
 *
 * <p>The paths of keys are kept here: on Linux a watch belongs to the inode, so a renamed folder that is registered again gets its old
 * key back, whose own {@code watchable()} still names the old path.
 */
final class FolderEvents implements AutoCloseable {
    /** Batches that the watcher's thread has not yet taken. Beyond that the service itself collapses events to an overflow. */
    private static final int MOST_WAITING = 1_000;

    private final WatchService service;
    private final Map<WatchKey, Path> folders = new HashMap<>();
    private final Map<Path, WatchKey> keys = new HashMap<>();
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    FolderEvents(WatchService service) {
        this.service = service;
    }

    /** Hands over batches of events until the service is closed. */
    void pump(BiConsumer<WatchKey, List<WatchEvent<?>>> handOver) {
        try {
            while (true) {
                WatchKey key = service.take();
                waiting.acquire();
                handOver.accept(key, key.pollEvents());
                key.reset();
            }
        } catch (ClosedWatchServiceException e) {
            // the watcher was closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A batch was taken.
     *
     * @return the folder of its key; null if that is no longer watched
     */
    @Nullable
    Path taken(WatchKey key) {
        waiting.release();
        return folders.get(key);
    }

    /** Watches a folder, not those below it. Once is enough, but again does no harm. @throws IOException if no more can be watched */
    void register(Path folder) throws IOException {
        WatchKey key = folder.register(
                service,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
        WatchKey old = keys.put(folder, key);
        if (old != null && !old.equals(key)) {
            folders.remove(old, folder);
        }
        folders.put(key, folder);
    }

    boolean isWatched(Path folder) {
        WatchKey key = keys.get(folder);
        return key != null && key.isValid() && folder.equals(folders.get(key));
    }

    /** Stops watching a folder that is gone, and those below it. */
    void forget(Path folder) {
        Iterator<Map.Entry<Path, WatchKey>> all = keys.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Path, WatchKey> entry = all.next();
            if (entry.getKey().startsWith(folder)) {
                all.remove();
                // a renamed folder has taken its key along
                if (folders.remove(entry.getValue(), entry.getKey())) {
                    entry.getValue().cancel();
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            // nothing is lost: no event is wanted any more
        }
    }
}
