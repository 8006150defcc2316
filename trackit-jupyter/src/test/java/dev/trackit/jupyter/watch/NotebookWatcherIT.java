package dev.trackit.jupyter.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.jupyter.notebook.NotebookReader;
import dev.trackit.spi.CaptureEvent.NotebookDeleted;
import dev.trackit.spi.CaptureEvent.NotebookMoved;
import dev.trackit.spi.CaptureEvent.NotebookSaved;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Real files, changed as front ends and editors change them; once with file events, once by polling alone. */
@ParameterizedClass(name = "polling alone: {0}")
@ValueSource(booleans = {false, true})
class NotebookWatcherIT {
    @TempDir
    Path folder;

    private final Seen seen = new Seen();
    private final WatchOptions options;
    private @Nullable NotebookWatcher running;

    NotebookWatcherIT(boolean alwaysPoll) {
        options = WatchOptions.builder()
                .alwaysPoll(alwaysPoll)
                .statEvery(Duration.ofMillis(200))
                .patience(Duration.ofSeconds(2))
                .build();
    }

    @AfterEach
    void close() {
        if (running != null) {
            running.close();
        }
    }

    @Test
    void theFirstContentOfAFollowedNotebookIsReported() throws IOException {
        Path file = write("a.ipynb", "x = 1");
        NotebookWatcher watcher = start();
        watcher.follow(file, List.of());
        NotebookSaved saved = seen.awaitSaved(file);
        assertThat(saved.notebook().cells().get(0).source()).isEqualTo("x = 1");
        assertThat(watcher.warnings()).isEmpty();
    }

    @Test
    void aSaveAsJupyterMakesItIsReportedOnce() throws IOException {
        Path file = write("a.ipynb", "x = 1");
        NotebookWatcher watcher = start();
        watcher.follow(file, List.of());
        seen.awaitSaved(file);
        saveAsJupyter(file, "x = 2");
        seen.awaitSaved(file, "x = 2");
        saveAsJupyter(file, "x = 3");
        seen.awaitSaved(file, "x = 3");
        assertThat(seen.all(NotebookSaved.class)).hasSize(3);
        assertThat(seen.all(NotebookDeleted.class)).isEmpty();
    }

    @Test
    void anUnchangedSaveIsNotReported() throws IOException {
        Path file = write("a.ipynb", "x = 1");
        NotebookWatcher watcher = start();
        watcher.follow(file, List.of());
        seen.awaitSaved(file);
        saveAsJupyter(file, "x = 1");
        saveAsJupyter(file, "x = 2");
        seen.awaitSaved(file, "x = 2");
        assertThat(seen.all(NotebookSaved.class)).hasSize(2);
    }

    @Test
    void aSaveByAtomicRenameIsASaveAndNoDeletion() throws IOException {
        Path file = write("a.ipynb", "x = 1");
        NotebookWatcher watcher = start();
        watcher.follow(file, List.of());
        seen.awaitSaved(file);
        Path temporary = Files.writeString(folder.resolve("a.ipynb.tmp"), json("x = 2"));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        seen.awaitSaved(file, "x = 2");
        // a temporary file that itself looks like a notebook
        Path notebook = Files.writeString(folder.resolve("tmp123.ipynb"), json("x = 3"));
        Files.move(notebook, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        seen.awaitSaved(file, "x = 3");
        awaitMarkerDeletion(watcher);
        assertThat(seen.all(NotebookMoved.class)).isEmpty();
        assertThat(seen.all(NotebookDeleted.class)).hasSize(1);
    }

    @Test
    void anEditorThatKeepsTheOldFileUnderAnotherNameSavesAndDoesNotMove() throws IOException {
        Path file = write("a.ipynb", "x = 1");
        NotebookWatcher watcher = start();
        watcher.follow(file, List.of());
        seen.awaitSaved(file);
        Files.move(file, folder.resolve("a-backup.ipynb"));
        Files.writeString(file, json("x = 2"));
        seen.awaitSaved(file, "x = 2");
        awaitMarkerDeletion(watcher);
        assertThat(seen.all(NotebookMoved.class)).isEmpty();
        assertThat(seen.all(NotebookDeleted.class)).hasSize(1);
    }

    @Test
    void aHalfWrittenFileIsReadAgain() throws IOException {
        Path file = write("a.ipynb", "x = 1");
        NotebookWatcher watcher = start();
        watcher.follow(file, List.of());
        seen.awaitSaved(file);
        byte[] whole = json("x = 2").getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.TRUNCATE_EXISTING)) {
            out.write(whole, 0, 20);
            out.flush();
            // the rest comes when the watcher has surely tried
            await(() -> !watcher.warnings().isEmpty());
            out.write(whole, 20, whole.length - 20);
        }
        seen.awaitSaved(file, "x = 2");
        await(() -> watcher.warnings().isEmpty());
    }

    @Test
    void aFileThatStaysBrokenBecomesAWarning() throws IOException {
        Path file = write("a.ipynb", "x = 1");
        Files.writeString(file, "{\"cells\": [");
        NotebookWatcher watcher = start();
        watcher.follow(file, List.of());
        await(() -> !watcher.warnings().isEmpty());
        assertThat(watcher.warnings().get(0)).contains(file.toString()).contains("ends too early");
        assertThat(seen.all()).isEmpty();
    }

    @Test
    void aRenamedNotebookIsAMoveAndStaysFollowed() throws IOException {
        Path file = write("a.ipynb", "x = 1");
        Path other = write("other.ipynb", "y = 1");
        NotebookWatcher watcher = start();
        watcher.follow(file, List.of());
        seen.awaitSaved(file);
        Path renamed = folder.resolve("b.ipynb");
        Files.move(file, renamed);
        NotebookMoved moved = seen.await(1, NotebookMoved.class, e -> true);
        assertThat(moved.from()).isEqualTo(file);
        assertThat(moved.to()).isEqualTo(renamed);
        saveAsJupyter(renamed, "x = 2");
        seen.awaitSaved(renamed, "x = 2");
        assertThat(seen.all(NotebookDeleted.class)).isEmpty();
        // those that nobody follows are reported too
        Path elsewhere = Files.createDirectory(folder.resolve("sub")).resolve("other.ipynb");
        Files.move(other, elsewhere);
        seen.await(1, NotebookMoved.class, e -> e.to().equals(elsewhere));
    }

    @Test
    void aRenamedFolderMovesItsNotebooks() throws IOException {
        Files.createDirectories(folder.resolve("x/deep"));
        Path first = write("x/a.ipynb", "x = 1");
        Path second = write("x/deep/b.ipynb", "y = 1");
        NotebookWatcher watcher = start();
        watcher.follow(first, List.of());
        watcher.follow(second, List.of());
        seen.awaitSaved(first);
        seen.awaitSaved(second);
        Files.move(folder.resolve("x"), folder.resolve("z"));
        seen.await(2, NotebookMoved.class, e -> true);
        assertThat(seen.all(NotebookMoved.class).stream().map(NotebookMoved::to))
                .containsExactlyInAnyOrder(folder.resolve("z/a.ipynb"), folder.resolve("z/deep/b.ipynb"));
        saveAsJupyter(folder.resolve("z/deep/b.ipynb"), "y = 2");
        seen.awaitSaved(folder.resolve("z/deep/b.ipynb"), "y = 2");
        assertThat(seen.all(NotebookDeleted.class)).isEmpty();
    }

    @Test
    void aCopyWhoseOriginalIsThenDeletedIsAMove() throws IOException {
        Path file = write("a.ipynb", "x = 1");
        NotebookWatcher watcher = start();
        watcher.follow(file, List.of());
        seen.awaitSaved(file);
        Path copy = folder.resolve("b.ipynb");
        Files.copy(file, copy);
        Files.delete(file);
        NotebookMoved moved = seen.await(1, NotebookMoved.class, e -> true);
        assertThat(moved.to()).isEqualTo(copy);
    }

    @Test
    void aCopyIsNothingAndADeletionIsReported() throws IOException {
        Path file = write("a.ipynb", "x = 1");
        NotebookWatcher watcher = start();
        watcher.follow(file, List.of());
        seen.awaitSaved(file);
        Path copy = folder.resolve("b.ipynb");
        Files.copy(file, copy);
        watcher.follow(copy, List.of());
        seen.awaitSaved(copy);
        Files.delete(copy);
        NotebookDeleted deleted = seen.await(1, NotebookDeleted.class, e -> true);
        assertThat(deleted.path()).isEqualTo(copy);
        assertThat(seen.all(NotebookMoved.class)).isEmpty();
        // it comes back: that is news, even with the same content
        Files.writeString(copy, json("x = 1"));
        seen.await(2, NotebookSaved.class, e -> e.notebook().path().equals(copy));
    }

    @Test
    void notebooksInNewFoldersAreSeen() throws IOException {
        NotebookWatcher watcher = start();
        Path deep = Files.createDirectories(folder.resolve("one/two/three"));
        Path file = Files.writeString(deep.resolve("a.ipynb"), json("x = 1"));
        watcher.follow(file, List.of());
        seen.awaitSaved(file);
        Files.writeString(deep.resolve("unfollowed.ipynb"), json("y = 1"));
        saveAsJupyter(file, "x = 2");
        seen.awaitSaved(file, "x = 2");
        awaitSeenByTree(watcher, deep.resolve("unfollowed.ipynb"));
        Files.delete(deep.resolve("unfollowed.ipynb"));
        seen.await(1, NotebookDeleted.class, e -> e.path().equals(deep.resolve("unfollowed.ipynb")));
    }

    @Test
    void hiddenAndCheckpointFilesAreLeftOut() throws IOException {
        Files.createDirectories(folder.resolve(".ipynb_checkpoints"));
        write(".ipynb_checkpoints/a-checkpoint.ipynb", "x = 1");
        write(".hidden.ipynb", "x = 1");
        Path file = write("a.ipynb", "x = 1");
        NotebookWatcher watcher = start();
        assertThat(watcher.notebooks()).containsExactly(file);
        assertThat(NotebookWatcher.isNotebook(Path.of(".~a.ipynb"))).isFalse();
        assertThat(NotebookWatcher.isNotebook(Path.of("a.ipynb"))).isTrue();
        assertThat(NotebookWatcher.isNotebook(Path.of("a.txt"))).isFalse();
    }

    @Test
    void circlesOfLinksEndAndALinkedNotebookIsOne() throws IOException {
        Path file = write("a.ipynb", "x = 1");
        Files.createSymbolicLink(folder.resolve("loop"), folder);
        Files.createSymbolicLink(folder.resolve("self.ipynb"), folder.resolve("self.ipynb"));
        Path link = Files.createSymbolicLink(folder.resolve("link.ipynb"), file);
        Files.createDirectory(folder.resolve("folder.ipynb"));
        NotebookWatcher watcher = start();
        assertThat(watcher.notebooks()).containsExactly(file, link);
    }

    @Test
    void aFollowedNotebookOutsideTheFolderIsPolled(@TempDir Path outside) throws IOException {
        Path file = Files.writeString(outside.resolve("far.ipynb"), json("x = 1"));
        NotebookWatcher watcher = start();
        watcher.follow(file, List.of());
        seen.awaitSaved(file);
        saveAsJupyter(file, "x = 2");
        seen.awaitSaved(file, "x = 2");
        Files.delete(file);
        seen.await(1, NotebookDeleted.class, e -> e.path().equals(file));
    }

    @Test
    void cellsKeepTheirIdsOverSaves() throws IOException {
        Path file = write("a.ipynb", "value = compute(data)");
        NotebookWatcher watcher = start();
        watcher.follow(file, List.of());
        String id = seen.awaitSaved(file).notebook().cells().get(0).id();
        saveAsJupyter(file, "value = compute(data, 2)");
        assertThat(seen.awaitSaved(file, "value = compute(data, 2)")
                        .notebook()
                        .cells()
                        .get(0)
                        .id())
                .isEqualTo(id);
    }

    @Test
    void nothingIsReportedAfterUnfollowAndClose() throws IOException {
        Path file = write("a.ipynb", "x = 1");
        Path other = write("b.ipynb", "y = 1");
        NotebookWatcher watcher = start();
        watcher.follow(file, List.of());
        watcher.follow(other, List.of());
        seen.awaitSaved(file);
        seen.awaitSaved(other);
        watcher.unfollow(file);
        saveAsJupyter(file, "x = 2");
        saveAsJupyter(other, "y = 2");
        seen.awaitSaved(other, "y = 2");
        watcher.close();
        watcher.close();
        int before = seen.all().size();
        saveAsJupyter(other, "y = 3");
        assertThat(seen.all()).hasSize(before);
        assertThat(seen.all(NotebookSaved.class)).hasSize(3);
    }

    /** Both ways of watching use a sentinel: when its deletion is reported, all that was undecided before it is decided. */
    private void awaitMarkerDeletion(NotebookWatcher watcher) throws IOException {
        Path marker = Files.writeString(folder.resolve("marker.ipynb"), json("marker"));
        awaitSeenByTree(watcher, marker);
        Files.delete(marker);
        seen.await(1, NotebookDeleted.class, e -> e.path().equals(marker));
    }

    /** A follow and its answer show that the watcher knows the file. */
    private void awaitSeenByTree(NotebookWatcher watcher, Path file) {
        watcher.follow(file, List.of());
        seen.awaitSaved(file);
    }

    private NotebookWatcher start() {
        NotebookWatcher watcher = new NotebookWatcher(folder, options, new NotebookReader(), seen);
        running = watcher;
        watcher.start();
        assertThat(watcher.isPolling()).isEqualTo(options.alwaysPoll());
        return watcher;
    }

    private Path write(String name, String source) throws IOException {
        return Files.writeString(folder.resolve(name), json(source));
    }

    private static void saveAsJupyter(Path file, String source) throws IOException {
        Path copy = file.resolveSibling(".~" + file.getFileName());
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(file, json(source), StandardOpenOption.TRUNCATE_EXISTING);
        Files.delete(copy);
    }

    private static String json(String source) {
        return "{\"cells\":[{\"cell_type\":\"code\",\"source\":\"" + source
                + "\",\"outputs\":[],\"execution_count\":1,\"metadata\":{}}],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":4}";
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
