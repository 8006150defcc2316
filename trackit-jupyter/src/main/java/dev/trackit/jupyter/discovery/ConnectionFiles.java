package dev.trackit.jupyter.discovery;

import dev.trackit.jupyter.wire.ConnectionInfo;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches folders for connection files. A file is created empty, deleted, created, written, and written again by the kernel, so it is read at each
 * event. By events where they come, and by looking again from time to time where they do not. Used on one thread.
 */
final class ConnectionFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionFiles.class);
    private static final int MOST_FILES = 20_000;

    /** A file that says where a kernel listens. */
    record Found(Path file, ConnectionInfo info, Instant modified) {}

    private record Watched(Path folder, Predicate<String> names) {}

    private final List<Watched> folders;
    private final Map<WatchKey, Watched> keys = new HashMap<>();
    private final Map<Path, Watched> registered = new HashMap<>();
    private final @Nullable WatchService service;

    private ConnectionFiles(List<Watched> folders, @Nullable WatchService service) {
        this.folders = folders;
        this.service = service;
    }

    /** Of these runtime folders all {@code .json} files, of these temporary ones those with the names that kernels get there. */
    static ConnectionFiles of(List<Path> runtime, List<Path> temporary) {
        Map<Path, Watched> folders = new LinkedHashMap<>();
        for (Path folder : temporary) {
            folders.put(
                    folder,
                    new Watched(folder, n -> n.endsWith(".json") && (n.startsWith("tmp") || n.startsWith("kernel-"))));
        }
        for (Path folder : runtime) {
            folders.put(
                    folder,
                    new Watched(
                            folder,
                            n -> n.endsWith(".json") && !n.startsWith("jpserver-") && !n.startsWith("nbserver-")));
        }
        return new ConnectionFiles(List.copyOf(folders.values()), open());
    }

    private static @Nullable WatchService open() {
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("File events are not available; folders are looked at from time to time", e);
            return null;
        }
    }

    /** Registers folders that have come to exist; true if one has, and should be scanned. */
    boolean registerNew() {
        boolean any = false;
        for (Watched watched : folders) {
            if (registered.containsKey(watched.folder()) || !Files.isDirectory(watched.folder())) {
                continue;
            }
            any = true;
            registered.put(watched.folder(), watched);
            if (service != null) {
                register(service, watched);
            }
        }
        return any;
    }

    private void register(WatchService watches, Watched watched) {
        try {
            WatchKey key = watched.folder()
                    .register(watches, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            keys.put(key, watched);
        } catch (IOException e) {
            LOG.debug("No file events in {}", watched.folder(), e);
        }
    }

    /**
     * Waits for events; the files that were created or written and parse. Events of other files, of which a temporary folder may see many, do
     * not end the wait.
     */
    Map<Path, Found> await(Duration patience) throws InterruptedException {
        Map<Path, Found> found = new LinkedHashMap<>();
        if (service == null) {
            Thread.sleep(patience.toMillis());
            return found;
        }
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            long left = patience.toNanos();
            while (found.isEmpty() && left > 0) {
                for (WatchKey key = service.poll(left, TimeUnit.NANOSECONDS); key != null; key = service.poll()) {
                    take(key, found);
                }
                left = deadline - System.nanoTime();
            }
        } catch (ClosedWatchServiceException e) {
            LOG.debug("The watch was closed");
        }
        return found;
    }

    private void take(WatchKey key, Map<Path, Found> found) {
        Watched watched = keys.get(key);
        for (WatchEvent<?> event : key.pollEvents()) {
            if (watched == null) {
                continue;
            }
            if (event.context() instanceof Path name) {
                if (watched.names().test(name.toString())) {
                    Path file = watched.folder().resolve(name);
                    read(file).ifPresent(f -> found.put(file, f));
                }
            } else {
                found.putAll(scan(watched)); // events were lost
            }
        }
        if (!key.reset()) {
            keys.remove(key);
            if (watched != null) {
                registered.remove(watched.folder());
            }
        }
    }

    /** All files that parse now. */
    Map<Path, Found> scan() {
        Map<Path, Found> found = new LinkedHashMap<>();
        registered.values().forEach(watched -> found.putAll(scan(watched)));
        return found;
    }

    private static Map<Path, Found> scan(Watched watched) {
        Map<Path, Found> found = new LinkedHashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                watched.folder(), f -> watched.names().test(String.valueOf(f.getFileName())))) {
            int count = 0;
            for (Path file : files) {
                if (++count > MOST_FILES) {
                    break;
                }
                read(file).ifPresent(f -> found.put(file, f));
            }
        } catch (IOException e) {
            LOG.debug("{} cannot be listed", watched.folder(), e);
        }
        return found;
    }

    /** What this file says, if it is a regular file and a whole connection file. */
    static Optional<Found> read(Path file) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile() || attributes.size() == 0 || attributes.size() > 64 * 1024) {
                return Optional.empty();
            }
            Instant modified = attributes.lastModifiedTime().toInstant();
            return ConnectionInfo.parse(Files.readAllBytes(file)).map(info -> new Found(file, info, modified));
        } catch (IOException e) {
            return Optional.empty(); // gone again, or someone else's
        }
    }

    @Override
    public void close() {
        if (service != null) {
            try {
                service.close();
            } catch (IOException e) {
                LOG.debug("Closing the watch failed", e);
            }
        }
    }
}
