package dev.trackit.jupyter;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Cell;
import dev.trackit.api.Notebook;
import dev.trackit.jupyter.client.KernelSpecs;
import dev.trackit.jupyter.discovery.DiscoveryOptions;
import dev.trackit.jupyter.discovery.KernelDiscovery;
import dev.trackit.jupyter.notebook.NotebookReader;
import dev.trackit.jupyter.watch.NotebookWatcher;
import dev.trackit.jupyter.watch.WatchOptions;
import dev.trackit.spi.CaptureEvent;
import dev.trackit.spi.CaptureListener;
import dev.trackit.spi.KernelStatus;
import dev.trackit.spi.NotebookSource;
import dev.trackit.spi.ProviderContext;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Notebook files below a folder, and the kernels that run on this machine. Safe for use by several threads. */
final class JupyterNotebookSource implements NotebookSource {
    private final DiscoveryOptions options;
    private final NotebookReader reader = new NotebookReader();
    private final NotebookWatcher watcher;
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile @Nullable CaptureListener listener;
    private volatile @Nullable KernelDiscovery discovery;
    private volatile boolean closed;

    JupyterNotebookSource(ProviderContext context) {
        options = DiscoveryOptions.of(context);
        watcher = new NotebookWatcher(
                context.watchedFolder(),
                WatchOptions.builder().clock(context.clock()).build(),
                reader,
                this::onFile);
    }

    @Override
    public void start(CaptureListener told) {
        requireNonNull(told, "listener");
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("The source was started before");
        }
        listener = told;
        KernelDiscovery made = new KernelDiscovery(options, reader::read, KernelSpecs.system()::languageOf, told);
        discovery = made;
        watcher.start();
        made.start();
    }

    /** What the watcher sees goes on to the listener, and helps to tell which kernel belongs to which notebook. */
    private void onFile(CaptureEvent event) {
        CaptureListener told = listener;
        if (told == null || closed) {
            return;
        }
        told.on(event);
        KernelDiscovery kernels = discovery;
        if (kernels == null) {
            return;
        }
        if (event instanceof CaptureEvent.NotebookSaved saved) {
            kernels.saved(saved.notebook());
        } else if (event instanceof CaptureEvent.NotebookMoved moved) {
            kernels.gone(moved.from());
        } else if (event instanceof CaptureEvent.NotebookDeleted deleted) {
            kernels.gone(deleted.path());
        }
    }

    @Override
    public void follow(Path notebook, List<Cell> known) {
        watcher.follow(notebook, known);
    }

    @Override
    public void unfollow(Path notebook) {
        watcher.unfollow(notebook);
    }

    @Override
    public List<Path> notebooks() {
        return watcher.notebooks();
    }

    @Override
    public boolean reads(Path file) {
        return NotebookWatcher.isNotebook(file);
    }

    @Override
    public Notebook read(Path file) {
        return reader.read(file);
    }

    @Override
    public List<KernelStatus> kernels() {
        KernelDiscovery kernels = discovery;
        return kernels == null ? List.of() : kernels.kernels();
    }

    @Override
    public List<String> warnings() {
        return watcher.warnings();
    }

    @Override
    public void close() {
        closed = true;
        KernelDiscovery kernels = discovery;
        if (kernels != null) {
            kernels.close();
        }
        watcher.close();
    }
}
