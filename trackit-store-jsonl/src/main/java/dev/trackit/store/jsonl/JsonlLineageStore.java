package dev.trackit.store.jsonl;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Digest;
import dev.trackit.api.LogId;
import dev.trackit.api.NotebookId;
import dev.trackit.api.StoreException;
import dev.trackit.api.Verification;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogReader;
import dev.trackit.spi.LogWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Logs on local disk, one folder per notebook. Creates nothing before the first write. Safe for use by several threads. */
final class JsonlLineageStore implements LineageStore {
    private final FileLayer layer;
    private final Path dataFolder;
    private final Path logs;
    private final Clock clock;
    private final long segmentBytes;
    private final Folders folders;
    private final Set<AutoCloseable> open = new LinkedHashSet<>();
    private boolean closed;

    JsonlLineageStore(FileLayer layer, Path dataFolder, Clock clock, long segmentBytes) {
        this.layer = layer;
        this.dataFolder = dataFolder;
        this.logs = dataFolder.resolve("logs");
        this.clock = clock;
        this.segmentBytes = segmentBytes;
        this.folders = new Folders(layer, dataFolder);
    }

    @Override
    public List<LogId> logs() {
        requireOpen();
        Set<LogId> found = new TreeSet<>(Comparator.comparing(LogId::notebook).thenComparing(LogId::name));
        try {
            for (String name : layer.names(logs)) {
                if (isNotebook(name)) {
                    for (String file : layer.names(logs.resolve(name))) {
                        LogFiles.logOf(file).ifPresent(log -> found.add(new LogId(NotebookId.of(name), log)));
                    }
                }
            }
        } catch (IOException e) {
            throw Faults.of("The logs in " + logs + " could not be listed", e);
        }
        return List.copyOf(found);
    }

    @Override
    public LogWriter writer(LogId log) {
        requireOpen();
        LogHome home = home(log);
        try {
            folders.ensure(home.files().folder());
        } catch (IOException e) {
            throw Faults.of("The folder of the log " + log + " could not be made", e);
        }
        return register(JsonlLogWriter.open(home, this::unregister));
    }

    @Override
    public LogReader reader(LogId log, long position) {
        requireOpen();
        if (position < 0) {
            throw new IllegalArgumentException("A position is at least 0: " + position);
        }
        return register(JsonlLogReader.open(home(log), position, this::unregister));
    }

    @Override
    public long size(LogId log) {
        requireOpen();
        return JsonlLogReader.size(home(log));
    }

    @Override
    public LogReader landmarks(LogId log, Set<String> types) {
        requireOpen();
        return register(LandmarkReader.open(home(log), Set.copyOf(types), this::unregister));
    }

    @Override
    public Digest putPayload(NotebookId notebook, byte[] payload) {
        requireOpen();
        return payloads(notebook).put(requireNonNull(payload, "payload"));
    }

    @Override
    public Optional<InputStream> payload(NotebookId notebook, Digest digest) {
        requireOpen();
        return payloads(notebook).open(requireNonNull(digest, "digest"));
    }

    @Override
    public Verification verify(LogId log) {
        requireOpen();
        return new LogVerifier(home(log)).verify();
    }

    @Override
    public void close() {
        List<AutoCloseable> toClose;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            toClose = new ArrayList<>(open);
        }
        for (AutoCloseable each : toClose) {
            close(each);
        }
    }

    @Override
    public String toString() {
        return "JsonlLineageStore[" + dataFolder + "]";
    }

    private static void close(AutoCloseable writerOrReader) {
        if (writerOrReader instanceof LogWriter writer) {
            writer.close();
        } else if (writerOrReader instanceof LogReader reader) {
            reader.close();
        }
    }

    private synchronized void requireOpen() {
        if (closed) {
            throw new StoreException("The store in " + dataFolder + " is closed.");
        }
    }

    private <T extends AutoCloseable> T register(T opened) {
        boolean late;
        synchronized (this) {
            late = closed;
            if (!late) {
                open.add(opened);
            }
        }
        if (late) {
            close(opened);
            requireOpen();
        }
        return opened;
    }

    private synchronized void unregister(AutoCloseable closing) {
        open.remove(closing);
    }

    private LogHome home(LogId log) {
        Path folder = logs.resolve(requireNonNull(log, "log").notebook().value());
        return new LogHome(layer, new LogFiles(folder, log.name()), log, clock, segmentBytes);
    }

    private PayloadFolder payloads(NotebookId notebook) {
        return new PayloadFolder(layer, folders, notebook, logs.resolve(notebook.value()));
    }

    private static boolean isNotebook(String folder) {
        try {
            NotebookId.of(folder);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
