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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The contract holds for a small source of a made-up format: cells of text, parted by lines of three hyphens. */
class NotebookSourceContractTest extends NotebookSourceContract {

    @Override
    protected NotebookSourceProvider provider() {
        return new NotebookSourceProvider() {
            @Override
            public String id() {
                return "text-cells";
            }

            @Override
            public NotebookSource open(ProviderContext context) {
                return new TextCellsSource(context);
            }
        };
    }

    @Override
    protected String fileName(String name) {
        return name + ".cells";
    }

    @Override
    protected void write(Path file, List<String> codeCells) throws IOException {
        Files.writeString(file, String.join("\n---\n", codeCells));
    }

    private static final class TextCellsSource implements NotebookSource {
        private final ProviderContext context;
        private final Map<Path, Digest> seen = new HashMap<>();
        private @Nullable Thread thread;
        private volatile boolean closed;

        TextCellsSource(ProviderContext context) {
            this.context = context;
        }

        @Override
        public synchronized void start(CaptureListener listener) {
            if (thread != null) {
                throw new IllegalStateException("A source is started once.");
            }
            Thread watching = new Thread(() -> watch(listener), "text-cells");
            watching.setDaemon(true);
            thread = watching;
            watching.start();
        }

        private void watch(CaptureListener listener) {
            while (!closed) {
                for (Path file : notebooks()) {
                    report(listener, file);
                }
                java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
            }
        }

        private void report(CaptureListener listener, Path file) {
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
                seen.putIfAbsent(file, Digest.ofText(""));
            }
        }

        @Override
        public List<Path> notebooks() {
            try (Stream<Path> files = Files.walk(context.watchedFolder())) {
                return files.filter(file -> Files.isRegularFile(file) && reads(file))
                        .sorted()
                        .toList();
            } catch (IOException | UncheckedIOException e) {
                throw new CaptureException("Cannot list " + context.watchedFolder(), e);
            }
        }

        @Override
        public boolean reads(Path file) {
            return file.toString().endsWith(".cells");
        }

        @Override
        public Notebook read(Path file) {
            try {
                String text = Files.readString(file);
                List<Cell> cells = new ArrayList<>();
                for (String source : text.split("\n---\n", -1)) {
                    cells.add(Cell.builder("cell-" + cells.size(), cells.size(), CellType.CODE, source)
                            .build());
                }
                return Notebook.builder(file, Digest.ofText(text)).cells(cells).build();
            } catch (IOException e) {
                throw new CaptureException("Cannot read " + file, e);
            }
        }

        @Override
        public List<KernelStatus> kernels() {
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
            if (watching != null) {
                try {
                    watching.join(10_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
