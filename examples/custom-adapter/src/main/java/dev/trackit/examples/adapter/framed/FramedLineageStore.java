package dev.trackit.examples.adapter.framed;

import dev.trackit.api.Digest;
import dev.trackit.api.LogId;
import dev.trackit.api.NotebookId;
import dev.trackit.api.StoreException;
import dev.trackit.api.Verification;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogReader;
import dev.trackit.spi.LogWriter;
import java.io.ByteArrayInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps each log in a file of its own, {@code framed/NOTEBOOK/NAME.log} in the data folder, and each payload in a file named by its digest. See
 * {@link Frames} for what stands in a log. Safe for use by several threads.
 *
 * <p>It is small on purpose: there is no index, so that {@code reader(log, position)} reads what it skips, and damage in a length ends what can be
 * read. Data is durable when a method returns; folders are for their owner only.
 */
public final class FramedLineageStore implements LineageStore {
    private final Path folder;
    private final Clock clock;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private boolean closed;

    FramedLineageStore(Path dataFolder, Clock clock) {
        this.folder = dataFolder.resolve("framed");
        this.clock = clock;
    }

    @Override
    public synchronized List<LogId> logs() {
        requireOpen();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .map(FramedLineageStore::logOf)
                    .sorted(Comparator.comparing(LogId::notebook).thenComparing(LogId::name))
                    .toList();
        } catch (IOException e) {
            throw new StoreException("The logs in " + folder + " cannot be listed.", e);
        }
    }

    @Override
    public synchronized LogWriter writer(LogId log) {
        requireOpen();
        try {
            OwnerOnly.createFolders(folderOf(log.notebook()));
        } catch (IOException e) {
            throw new StoreException("The folder of the log " + log + " cannot be made.", e);
        }
        FramedLogWriter writer = new FramedLogWriter(log, folderOf(log.notebook()), clock);
        opened.add(writer);
        return writer;
    }

    @Override
    public synchronized LogReader reader(LogId log, long position) {
        if (position < 0) {
            throw new IllegalArgumentException("A position is at least 0: " + position);
        }
        requireOpen();
        FramedLogReader reader = new FramedLogReader(log, existing(log));
        opened.add(reader);
        while (reader.position() < position && reader.next().isPresent()) {
            // There is no index: what comes before is read.
        }
        return reader;
    }

    @Override
    public Verification verify(LogId log) {
        requireOpen();
        try (Frames frames = new Frames(existing(log))) {
            List<Verification.Finding> findings = new ArrayList<>();
            long whole = 0;
            for (Frames.Frame frame = frames.next(); frame != null; frame = frames.next()) {
                if (frame.record() != null) {
                    whole++;
                } else {
                    findings.add(new Verification.Finding(
                            Verification.Severity.BROKEN,
                            fileOf(log).getFileName() + ", byte " + frame.start(),
                            "The record is not what was written. It is passed over; restore the file from a backup."));
                }
            }
            return new Verification(log, whole, frames.end(), findings);
        } catch (IOException e) {
            throw new StoreException("The log " + log + " cannot be checked.", e);
        }
    }

    @Override
    public synchronized Digest putPayload(NotebookId notebook, byte[] payload) {
        requireOpen();
        Digest digest = Digest.of(payload);
        Path file = payloadFile(notebook, digest);
        if (Files.exists(file)) {
            return digest;
        }
        try {
            OwnerOnly.createFolders(payloads(notebook));
            Path draft = file.resolveSibling(file.getFileName() + ".draft");
            try (FileOutputStream out = new FileOutputStream(draft.toFile())) {
                out.write(payload);
                out.getFD().sync();
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            OwnerOnly.forceFolder(payloads(notebook));
            return digest;
        } catch (IOException e) {
            throw new StoreException("A payload of " + notebook + " cannot be kept.", e);
        }
    }

    @Override
    public Optional<InputStream> payload(NotebookId notebook, Digest digest) {
        requireOpen();
        try {
            return Optional.of(new ByteArrayInputStream(Files.readAllBytes(payloadFile(notebook, digest))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreException("A payload of " + notebook + " cannot be read.", e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (AutoCloseable each : opened) {
            try {
                each.close();
            } catch (Exception e) {
                throw new StoreException("A log could not be closed.", e);
            }
        }
        opened.clear();
    }

    private synchronized void requireOpen() {
        if (closed) {
            throw new StoreException("The store is closed.");
        }
    }

    private Path folderOf(NotebookId notebook) {
        return folder.resolve(notebook.value());
    }

    private Path payloads(NotebookId notebook) {
        return folderOf(notebook).resolve("payloads");
    }

    private Path fileOf(LogId log) {
        return folderOf(log.notebook()).resolve(log.name() + ".log");
    }

    private Path existing(LogId log) {
        Path file = fileOf(log);
        if (!Files.isRegularFile(file)) {
            throw new StoreException("There is no log " + log + ".");
        }
        return file;
    }

    private static LogId logOf(Path file) {
        String name = file.getFileName().toString();
        String notebook = file.getName(file.getNameCount() - 2).toString();
        return new LogId(NotebookId.of(notebook), name.substring(0, name.length() - ".log".length()));
    }

    private Path payloadFile(NotebookId notebook, Digest digest) {
        return payloads(notebook).resolve(digest.hex());
    }
}
