package dev.trackit.testkit;

import dev.trackit.api.CaptureException;
import dev.trackit.api.Cell;
import dev.trackit.api.CellType;
import dev.trackit.api.Digest;
import dev.trackit.api.Notebook;
import dev.trackit.spi.CaptureEvent;
import dev.trackit.spi.CaptureListener;
import dev.trackit.spi.KernelStatus;
import dev.trackit.spi.NotebookSource;
import dev.trackit.spi.NotebookSourceProvider;
import dev.trackit.spi.ProviderContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A small source of a made-up format: cells of text, parted by lines of three hyphens. It can have one fault. */
final class TextCellsSource implements NotebookSource {
    private final ProviderContext context;
    private final Fault fault;
    private final Map<Path, Digest> seen = new HashMap<>();
    private @Nullable Thread thread;
    private volatile boolean closed;
    private volatile List<Path> atStart = List.of();

    /** What the source does wrong, and which rules that breaks. */
    enum Fault {
        NONE,
        HAS_NO_VALID_ID(1),
        CREATES_A_FILE_WHEN_OPENED(2, 9),
        STARTS_A_THREAD_WHEN_OPENED(2),
        MAY_BE_STARTED_TWICE(3),
        LISTS_BACKWARDS(4),
        READS_TABLES_TOO(5),
        OPENS_THE_FILE_TO_JUDGE(5),
        GIVES_EQUAL_CELLS_ONE_ID(6),
        READS_WHAT_IS_NOT_THERE(7),
        OVERLOOKS_NEW_NOTEBOOKS(8, 11, 12),
        WRITES_BESIDE_THE_NOTEBOOKS(9),
        FAILS_TO_ANSWER_BEFORE_THE_START(10),
        ENDS_WHEN_A_LISTENER_THROWS(11),
        LEAVES_ITS_THREAD_RUNNING(12),
        REPORTS_AFTER_CLOSE(12),
        CANNOT_BE_CLOSED_UNSTARTED(2, 4, 5, 6, 7, 13);

        private final List<String> rules;

        Fault(int... rules) {
            this.rules = Arrays.stream(rules).mapToObj(Integer::toString).toList();
        }

        List<String> rules() {
            return rules;
        }
    }

    /** Opens such sources. */
    record Provider(Fault fault) implements NotebookSourceProvider {
        @Override
        public String id() {
            return fault == Fault.HAS_NO_VALID_ID ? "Text cells" : "text-cells";
        }

        @Override
        public NotebookSource open(ProviderContext context) {
            if (fault == Fault.CREATES_A_FILE_WHEN_OPENED) {
                write(context.watchedFolder().resolve("index"));
            } else if (fault == Fault.STARTS_A_THREAD_WHEN_OPENED) {
                Thread idle = new Thread(() -> sleep(Duration.ofSeconds(3)), "idle");
                idle.setDaemon(true);
                idle.start();
            }
            return new TextCellsSource(context, fault);
        }
    }

    private TextCellsSource(ProviderContext context, Fault fault) {
        this.context = context;
        this.fault = fault;
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "index");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void start(CaptureListener listener) {
        if (thread != null && fault != Fault.MAY_BE_STARTED_TWICE) {
            throw new IllegalStateException("A source is started once.");
        }
        atStart = notebooks();
        Thread watching = new Thread(() -> watch(listener), "text-cells");
        watching.setDaemon(true);
        thread = watching;
        if (fault == Fault.WRITES_BESIDE_THE_NOTEBOOKS) {
            write(context.watchedFolder().resolve("index"));
        }
        watching.start();
    }

    private void watch(CaptureListener listener) {
        try {
            while (!closed) {
                for (Path file : notebooks()) {
                    report(listener, file);
                }
                LockSupport.parkNanos(5_000_000);
            }
            if (fault == Fault.LEAVES_ITS_THREAD_RUNNING) {
                sleep(Duration.ofSeconds(30));
            } else if (fault == Fault.REPORTS_AFTER_CLOSE) {
                reportOneMore(listener);
            }
        } catch (ListenerFailedException e) {
            // This source has the fault that it ends here.
        }
    }

    private void reportOneMore(CaptureListener listener) {
        long deadline = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        while (System.nanoTime() - deadline < 0) {
            try {
                for (Path file : notebooks()) {
                    Notebook notebook = read(file);
                    if (!notebook.digest().equals(seen.get(file))) {
                        listener.on(new CaptureEvent.NotebookSaved(notebook, Instant.now()));
                        return;
                    }
                }
            } catch (CaptureException e) {
                return;
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static void sleep(Duration duration) {
        long deadline = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(50_000_000);
        }
    }

    private void report(CaptureListener listener, Path file) {
        if (fault == Fault.OVERLOOKS_NEW_NOTEBOOKS && !atStart.contains(file)) {
            return;
        }
        try {
            Notebook notebook = read(file);
            if (!notebook.digest().equals(seen.put(file, notebook.digest())) && !closed) {
                listener.on(new CaptureEvent.NotebookSaved(notebook, Instant.now()));
            }
        } catch (CaptureException e) {
            // Half-written or gone: it is read again at the next turn.
            seen.remove(file);
        } catch (IllegalStateException e) {
            // A listener must not throw; one that does must not stop us.
            if (fault == Fault.ENDS_WHEN_A_LISTENER_THROWS) {
                throw new ListenerFailedException(e);
            }
            seen.putIfAbsent(file, Digest.ofText(""));
        }
    }

    @Override
    public List<Path> notebooks() {
        try (Stream<Path> files = Files.walk(context.watchedFolder())) {
            return files.filter(file -> Files.isRegularFile(file) && reads(file))
                    .sorted(
                            fault == Fault.LISTS_BACKWARDS
                                    ? Comparator.<Path>reverseOrder()
                                    : Comparator.<Path>naturalOrder())
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new CaptureException("Cannot list " + context.watchedFolder(), e);
        }
    }

    @Override
    public boolean reads(Path file) {
        String name = file.toString();
        if (fault == Fault.OPENS_THE_FILE_TO_JUDGE && !Files.exists(file)) {
            return false;
        }
        return name.endsWith(".cells") || fault == Fault.READS_TABLES_TOO && name.endsWith(".csv");
    }

    @Override
    public Notebook read(Path file) {
        if (fault == Fault.READS_WHAT_IS_NOT_THERE && !Files.exists(file)) {
            return Notebook.builder(file, Digest.ofText("")).build();
        }
        try {
            String text = Files.readString(file);
            List<Cell> cells = new ArrayList<>();
            for (String source : text.split("\n---\n", -1)) {
                String id = fault == Fault.GIVES_EQUAL_CELLS_ONE_ID ? "cell-" + source : "cell-" + cells.size();
                cells.add(Cell.builder(id, cells.size(), CellType.CODE, source).build());
            }
            return Notebook.builder(file, Digest.ofText(text)).cells(cells).build();
        } catch (IOException e) {
            throw new CaptureException("Cannot read " + file, e);
        }
    }

    @Override
    public synchronized List<KernelStatus> kernels() {
        if (fault == Fault.FAILS_TO_ANSWER_BEFORE_THE_START && thread == null) {
            throw new IllegalStateException("Not started.");
        }
        return List.of();
    }

    @Override
    public List<String> warnings() {
        return List.of();
    }

    @Override
    public void close() {
        closed = true;
        Thread watching;
        synchronized (this) {
            watching = thread;
        }
        if (watching == null && fault == Fault.CANNOT_BE_CLOSED_UNSTARTED) {
            throw new IllegalStateException("Not started.");
        }
        if (watching != null && fault != Fault.LEAVES_ITS_THREAD_RUNNING && fault != Fault.REPORTS_AFTER_CLOSE) {
            try {
                watching.join(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends the watching of a source with that fault. */
    private static final class ListenerFailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ListenerFailedException(Throwable cause) {
            super(cause);
        }
    }
}
