package dev.trackit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trackit.api.CaptureException;
import dev.trackit.api.Cell;
import dev.trackit.api.CellType;
import dev.trackit.api.Notebook;
import dev.trackit.spi.CaptureEvent;
import dev.trackit.spi.NotebookSource;
import dev.trackit.spi.NotebookSourceProvider;
import dev.trackit.spi.ProviderContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of {@link NotebookSource} as tests; its rules are those of {@code docs/contracts.md}. The author of a source extends this class in a test of their own,
 * and says how a notebook of theirs is written:
 *
 * <pre>{@code
 * class MySourceContractTest extends NotebookSourceContract {
 *     @Override
 *     protected NotebookSourceProvider provider() {
 *         return new MySourceProvider();
 *     }
 *
 *     @Override
 *     protected String fileName(String name) {
 *         return name + ".mynb";
 *     }
 *
 *     @Override
 *     protected void write(Path file, List<String> codeCells) throws IOException {
 *         Files.writeString(file, String.join("\n---\n", codeCells));
 *     }
 * }
 * }</pre>
 *
 * <p>Kernels differ too much for a common test: what the contract says of them is left to the author's own tests.
 */
public abstract class NotebookSourceContract {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private Path watched = Path.of("");
    private final List<NotebookSource> opened = new ArrayList<>();

    /** For subclasses. */
    protected NotebookSourceContract() {}

    /** The provider to test. */
    protected abstract NotebookSourceProvider provider();

    /** The name of a notebook file of this source. @param name without a suffix */
    protected abstract String fileName(String name);

    /** Writes a notebook with these code cells, as the front end would, over what is there. */
    protected abstract void write(Path file, List<String> codeCells) throws IOException;

    /** Options that the source needs. */
    protected ProviderContext.Builder context(ProviderContext.Builder context) {
        return context;
    }

    /** How long the source may take to notice a change; a minute, unless overridden. */
    protected Duration patience() {
        return Duration.ofMinutes(1);
    }

    /** Makes the watched folder. */
    @BeforeEach
    void makeFolder() throws IOException {
        watched = Files.createDirectories(folder.toRealPath().resolve("watched"));
    }

    /** Closes what a test left open. */
    @AfterEach
    void closeSources() {
        opened.forEach(NotebookSource::close);
    }

    @Test
    @DisplayName("1. The provider has a valid id, and always the same.")
    void rule01ProviderHasAValidId() {
        String id = provider().id();
        assertTrue(id.matches("[a-z0-9-]{1,40}"), "look at the provider's id: \"" + id + "\"");
        assertEquals(id, provider().id(), "look at what id() depends on");
    }

    @Test
    @DisplayName("2. Opening starts no thread and creates no file.")
    void rule02OpeningIsCheap() throws IOException {
        Set<Thread> before = threads();
        open();
        Set<Thread> after = threads();
        after.removeAll(before);
        assertTrue(after.isEmpty(), "look at what open() starts; leave it to start(): " + after);
        assertEquals(Set.of(), contents().keySet(), "look at what open() writes");
    }

    @Test
    @DisplayName("3. start returns soon, and a second start throws IllegalStateException.")
    void rule03StartReturnsSoonAndOnce() {
        NotebookSource source = open();
        long began = System.nanoTime();
        source.start(event -> {});
        assertTrue(
                System.nanoTime() - began < SOON.toNanos(),
                "look at what start() waits for; find in a thread of your own");
        assertThrows(
                IllegalStateException.class, () -> source.start(event -> {}), "look at what a second start() does");
    }

    @Test
    @DisplayName("4. notebooks() answers absolute paths in order, those below the watched folder and no others.")
    void rule04NotebooksAreListedInOrder() throws IOException {
        Path second = notebook("b", "x = 1");
        Path first = notebook("a", "x = 1");
        Files.createDirectories(watched.resolve("sub"));
        Path third = notebook("sub/c", "x = 1");
        Files.writeString(watched.resolve("readme.txt"), "not a notebook");
        write(folder.toRealPath().resolve(fileName("outside")), List.of("x = 1"));
        assertEquals(
                List.of(first, second, third), open().notebooks(), "look at what notebooks() walks, and how it sorts");
    }

    @Test
    @DisplayName("5. reads judges by the name alone: the file need not exist.")
    void rule05ReadsJudgesByName() {
        NotebookSource source = open();
        assertTrue(source.reads(watched.resolve(fileName("missing"))), "look at whether reads() opens the file");
        assertFalse(source.reads(watched.resolve("data.csv")), "look at which names reads() accepts");
    }

    @Test
    @DisplayName("6. read answers the notebook with its absolute path, cells with unique ids, places counted from 0.")
    void rule06ReadAnswersTheNotebook() throws IOException {
        Path file = notebook("a", "x = 1", "x = 1", "print(x)");
        Notebook notebook = open().read(file);
        assertEquals(file, notebook.path(), "look at the path of what read() answers");
        List<Cell> code = notebook.cells().stream()
                .filter(cell -> cell.type() == CellType.CODE)
                .toList();
        assertEquals(
                List.of("x = 1", "x = 1", "print(x)"),
                code.stream().map(Cell::source).toList(),
                "look at the sources of cells");
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < notebook.cells().size(); i++) {
            assertEquals(i, notebook.cells().get(i).index(), "look at how cells are counted");
            assertTrue(ids.add(notebook.cells().get(i).id()), "look at the ids of cells with the same source");
        }
    }

    @Test
    @DisplayName("7. read of what is not there or not a notebook throws CaptureException.")
    void rule07ReadOfSomethingElseThrows() throws IOException {
        NotebookSource source = open();
        Path missing = watched.resolve(fileName("missing"));
        assertThrows(CaptureException.class, () -> source.read(missing), "look at how read() treats a missing file");
        Path directory = Files.createDirectory(watched.resolve(fileName("folder")));
        assertThrows(CaptureException.class, () -> source.read(directory), "look at how read() treats a folder");
    }

    @Test
    @DisplayName(
            "8. A notebook that is made or changed after the start is reported as saved, with the content it has then.")
    void rule08SavesAreReported() throws IOException {
        NotebookSource source = open();
        List<CaptureEvent> events = new CopyOnWriteArrayList<>();
        source.start(events::add);
        Path file = notebook("a", "x = 1");
        await(() -> saved(events, file, "x = 1"), "look at how new files are noticed");
        write(file, List.of("x = 2"));
        await(() -> saved(events, file, "x = 2"), "look at how changed files are noticed");
    }

    @Test
    @DisplayName("9. Watching changes nothing in the watched folder.")
    void rule09WatchingIsPassive() throws IOException {
        Path file = notebook("a", "x = 1");
        Set<Path> files = contents().keySet();
        NotebookSource source = open();
        List<CaptureEvent> events = new CopyOnWriteArrayList<>();
        source.start(events::add);
        write(file, List.of("x = 2"));
        TreeMap<Path, List<Byte>> before = contents();
        await(() -> saved(events, file, "x = 2"), "look at how changed files are noticed");
        source.close();
        assertEquals(files, contents().keySet(), "look at what the source writes beside the notebooks");
        assertEquals(before, contents(), "look at what the source writes beside the notebooks");
    }

    @Test
    @DisplayName("10. kernels() and warnings() answer at any time, before the start too.")
    void rule10StateCanBeAskedAtAnyTime() {
        NotebookSource source = open();
        assertTrue(source.kernels().isEmpty(), "look at kernels() before start()");
        source.warnings().forEach(warning -> assertFalse(warning.isBlank(), "look at empty warnings"));
        source.start(event -> {});
        source.kernels().forEach(kernel -> assertFalse(kernel.kernelId().isEmpty(), "look at kernels without an id"));
        source.warnings().forEach(warning -> assertFalse(warning.isBlank(), "look at empty warnings"));
    }

    @Test
    @DisplayName("11. A listener that throws does not stop the source.")
    void rule11AThrowingListenerDoesNotStopTheSource() throws IOException {
        NotebookSource source = open();
        List<CaptureEvent> events = new CopyOnWriteArrayList<>();
        source.start(event -> {
            events.add(event);
            throw new IllegalStateException("a listener's fault");
        });
        Path first = notebook("a", "x = 1");
        await(() -> saved(events, first, "x = 1"), "look at how new files are noticed");
        Path second = notebook("b", "y = 1");
        await(() -> saved(events, second, "y = 1"), "look at what an exception of the listener ends");
    }

    @Test
    @DisplayName(
            "12. After close returned, nothing is reported, and the source's threads end; closing twice does nothing.")
    void rule12NothingIsReportedAfterClose() throws IOException {
        Set<Thread> before = threads();
        NotebookSource source = open();
        List<CaptureEvent> events = new CopyOnWriteArrayList<>();
        source.start(events::add);
        Path file = notebook("a", "x = 1");
        await(() -> saved(events, file, "x = 1"), "look at how new files are noticed");
        source.close();
        source.close();
        int reported = events.size();
        write(file, List.of("x = 2"));
        await(
                () -> {
                    Set<Thread> left = threads();
                    left.removeAll(before);
                    return left.isEmpty();
                },
                "look at which threads close() leaves behind");
        assertEquals(reported, events.size(), "look at what reports after close()");
    }

    @Test
    @DisplayName("13. A source that was never started can be closed.")
    void rule13CloseWithoutStart() {
        NotebookSource source = open();
        source.close();
        source.close();
    }

    private NotebookSource open() {
        NotebookSource source = provider()
                .open(context(ProviderContext.builder(watched, watched.resolve(".trackit")))
                        .build());
        opened.add(source);
        return source;
    }

    private Path notebook(String name, String... codeCells) throws IOException {
        Path file = watched.resolve(fileName(name));
        write(file, List.of(codeCells));
        return file;
    }

    private static boolean saved(List<CaptureEvent> events, Path file, String source) {
        return events.stream()
                .anyMatch(event -> event instanceof CaptureEvent.NotebookSaved saved
                        && saved.notebook().path().equals(file)
                        && saved.notebook().cells().stream()
                                .anyMatch(cell -> cell.source().equals(source)));
    }

    private void await(BooleanSupplier condition, String hint) {
        long deadline = System.nanoTime() + patience().toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, hint);
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }

    /** The threads that run, those of the JVM and of JUnit included. */
    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    private TreeMap<Path, List<Byte>> contents() throws IOException {
        TreeMap<Path, List<Byte>> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(watched)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                List<Byte> bytes = new ArrayList<>();
                for (byte b : Files.readAllBytes(file)) {
                    bytes.add(b);
                }
                contents.put(file, bytes);
            }
        }
        return contents;
    }
}
