package dev.trackit.runner.record;

import dev.trackit.api.Notebook;
import dev.trackit.spi.CaptureListener;
import dev.trackit.spi.KernelStatus;
import dev.trackit.spi.NotebookSource;
import java.nio.file.Path;
import java.util.List;

/** A source that reads files as another one does, and watches nothing: for an import, which must not attach to kernels. */
final class FilesOnlySource implements NotebookSource {
    private final NotebookSource reader;

    FilesOnlySource(NotebookSource reader) {
        this.reader = reader;
    }

    @Override
    public void start(CaptureListener listener) {}

    @Override
    public List<Path> notebooks() {
        return List.of();
    }

    @Override
    public boolean reads(Path file) {
        return reader.reads(file);
    }

    @Override
    public Notebook read(Path file) {
        return reader.read(file);
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
        reader.close();
    }
}
