package dev.trackit.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackit.api.CaptureException;
import dev.trackit.api.Execution;
import dev.trackit.api.Gap;
import dev.trackit.api.NotebookId;
import dev.trackit.api.NotebookMatch;
import dev.trackit.api.Session;
import dev.trackit.core.record.FaultyStore;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.spi.CaptureEvent;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.ProviderContext;
import dev.trackit.testkit.InMemoryLineageStore;
import dev.trackit.testkit.InMemoryLineageStoreProvider;
import dev.trackit.testkit.ScriptedNotebookSource;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What applications do to a Trackit that they embed: their class loaders, threads, listeners, and the adapters that they bring. */
class HostTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final ScriptedNotebookSource source = new ScriptedNotebookSource();

    /** A whole life; applied by its name within other class loaders, so it uses no type of the test's own. */
    public static final class Life implements Function<Path, String> {
        @Override
        public String apply(Path folder) {
            ScriptedNotebookSource source = new ScriptedNotebookSource();
            try (Trackit trackit = Trackit.builder()
                    .watchedFolder(folder)
                    .store(new InMemoryLineageStore())
                    .source(source)
                    .start()) {
                live(source, folder);
                if (!trackit.flush(PATIENCE)) {
                    return "not durable in time";
                }
                return trackit.reader().find("titanic").executions() + " executions";
            }
        }
    }

    private static void live(ScriptedNotebookSource source, Path folder) {
        source.started(
                Session.builder("s1", "k1").language("python").build(),
                NotebookMatch.of(NotebookMatch.Basis.SERVER, folder.resolve("titanic.ipynb")));
        source.finished(execution(1));
    }

    private static Execution execution(int count) {
        return Execution.builder("e" + count, "s1", "a = " + count)
                .executionCount(count)
                .build();
    }

    @Test
    void afterClosingNoThreadIsLeft() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        assertThat(new Life().apply(folder)).isEqualTo("1 executions");
        await(() -> Thread.getAllStackTraces().keySet().stream()
                .allMatch(thread -> before.contains(thread) || !thread.getName().contains("trackit")));
    }

    @Test
    void aThreadWithoutAContextClassLoaderMayStartIt() {
        Thread current = Thread.currentThread();
        ClassLoader loader = current.getContextClassLoader();
        current.setContextClassLoader(null);
        try {
            assertThat(new Life().apply(folder)).isEqualTo("1 executions");
        } finally {
            current.setContextClassLoader(loader);
        }
    }

    @Test
    void anApplicationServerMayHaveItTwiceAndUnloadIt() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            loaders.add(new WeakReference<>(lifeInALoaderOfItsOwn()));
        }
        // Java 17 itself keeps the loader of the record that was compared last (asTypeCache of a handle in
        // ObjectMethods), one for all.
        await(() -> {
            System.gc();
            return loaders.stream().filter(loader -> loader.get() != null).count() <= 1;
        });
    }

    private ClassLoader lifeInALoaderOfItsOwn() throws ReflectiveOperationException, IOException {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            current.setContextClassLoader(loader);
            @SuppressWarnings("unchecked") // The type's own declaration says so.
            Function<Path, String> life = (Function<Path, String>)
                    loader.loadClass(Life.class.getName()).getConstructor().newInstance();
            assertThat(life.getClass()).isNotEqualTo(Life.class);
            assertThat(life.apply(folder)).isEqualTo("1 executions");
            return loader;
        } finally {
            current.setContextClassLoader(before);
        }
    }

    private static URL[] classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> {
                    try {
                        return Path.of(entry).toUri().toURL();
                    } catch (MalformedURLException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toArray(URL[]::new);
    }

    @Test
    void listenersThatThrowAreNotFeltByOthersNorByTheRecord() {
        List<String> told = new CopyOnWriteArrayList<>();
        try (Trackit trackit = builder(new InMemoryLineageStore())
                .listener(new TrackitListener() {
                    @Override
                    public void onExecution(NotebookId notebook, Execution execution) {
                        throw new IllegalStateException("A fault of the application.");
                    }
                })
                .listener(new TrackitListener() {
                    @Override
                    public void onExecution(NotebookId notebook, Execution execution) {
                        told.add(execution.id());
                    }
                })
                .start()) {
            live(source, folder);
            source.finished(execution(2));
            assertThat(trackit.flush(PATIENCE)).isTrue();
            await(() -> told.size() == 2);
            assertThat(trackit.reader().find("titanic").executions()).isEqualTo(2);
        }
    }

    /** Ends before beginnings, executions of nobody, twice the same, events of the past: what is sure is recorded, once, and nothing throws. */
    @Test
    void aSourceThatLiesAboutOrderHarmsNobody() {
        try (Trackit trackit = builder(new InMemoryLineageStore()).start()) {
            Instant past = Instant.EPOCH;
            source.emit(new CaptureEvent.SessionEnded("s1", "shut down", past));
            source.finished(execution(7));
            source.matched("unknown", NotebookMatch.unknown(), past);
            live(source, folder);
            live(source, folder);
            source.emit(new CaptureEvent.SessionEnded("s1", "shut down", past));
            source.finished(execution(2));
            source.finished(execution(2));
            assertThat(trackit.flush(PATIENCE)).isTrue();
            Map<String, Long> recorded =
                    trackit.reader().timeline(trackit.reader().find("titanic").id()).executions().stream()
                            .collect(Collectors.groupingBy(Execution::id, Collectors.counting()));
            assertThat(recorded).containsEntry("e1", 1L).containsEntry("e2", 1L);
            assertThat(trackit.status().running()).isTrue();
        }
    }

    @Test
    void theStatusNamesAStoreThatFailsAndASourceThatCannotRead() {
        InMemoryLineageStoreProvider disk = new InMemoryLineageStoreProvider();
        InMemoryLineageStore closed = (InMemoryLineageStore) disk.open(
                ProviderContext.builder(folder, folder.resolve(".trackit")).build());
        try (Trackit trackit =
                builder(closed).closeTimeout(Duration.ofMillis(200)).start()) {
            live(source, folder);
            assertThat(trackit.flush(PATIENCE)).isTrue();
            closed.close();
            source.finished(execution(2));
            await(() -> !trackit.status().store().healthy());
            assertThat(trackit.status().store().failures()).isPositive();
            assertThat(trackit.status().store().lastFailure()).isNotBlank();
            assertThatThrownBy(() -> trackit.importNotebook(folder.resolve("missing.ipynb")))
                    .isInstanceOf(CaptureException.class);
        }
    }

    @Test
    void aStoreThatHangsIsNamedByTheStatusAndFeltByNobodyAndWhatWaitedIsRecordedWhenItAnswers() {
        CountDownLatch answers = new CountDownLatch(1);
        LineageStore hanging = new FaultyStore(new InMemoryLineageStore(), (log, records, append) -> {
            awaitLatch(answers);
            return append.get();
        });
        try (Trackit trackit = builder(hanging).start()) {
            live(source, folder);
            for (int i = 2; i <= 500; i++) {
                source.finished(execution(i));
            }
            await(() -> trackit.status().store().stalledSince() != null);
            assertThat(trackit.status().store().healthy()).isFalse();
            assertThat(trackit.status().warnings())
                    .anySatisfy(warning -> assertThat(warning).startsWith("The store has not answered since "));
            assertThat(trackit.status().queue().events()).isPositive();
            assertThat(trackit.flush(Duration.ofMillis(1))).isFalse();

            answers.countDown();
            assertThat(trackit.flush(PATIENCE)).isTrue();
            assertThat(trackit.status().store().healthy()).isTrue();
            assertThat(trackit.status().warnings()).isEmpty();
            assertThat(trackit.reader().find("titanic").executions()).isEqualTo(500);
            assertThat(trackit.reader()
                            .timeline(trackit.reader().find("titanic").id())
                            .gaps())
                    .as("nothing was dropped, so there is no gap")
                    .isEmpty();
        }
    }

    @Test
    void aSlowStoreIsWrittenToInBatchesSoThatItKeepsUp() {
        Semaphore turns = new Semaphore(0);
        AtomicInteger appends = new AtomicInteger();
        LineageStore slow = new FaultyStore(new InMemoryLineageStore(), (log, records, append) -> {
            turns.acquireUninterruptibly();
            appends.incrementAndGet();
            return append.get();
        });
        try (Trackit trackit = builder(slow).start()) {
            live(source, folder);
            for (int i = 2; i <= 2_000; i++) {
                source.finished(execution(i));
            }
            turns.release(100);
            assertThat(trackit.flush(PATIENCE)).isTrue();
            assertThat(appends.get()).isLessThan(100);
            assertThat(trackit.reader().find("titanic").executions()).isEqualTo(2_000);
            turns.release(100);
        }
    }

    @Test
    void aSourceThatFloodsFillsTheQueueAndNotTheMemoryAndTheStatusAndTheLogSayWhatWasDropped() {
        CountDownLatch answers = new CountDownLatch(1);
        LineageStore hanging = new FaultyStore(new InMemoryLineageStore(), (log, records, append) -> {
            awaitLatch(answers);
            return append.get();
        });
        try (Trackit trackit = builder(hanging).queueLimits(100, 64L << 20).start()) {
            live(source, folder);
            for (int i = 2; i <= 5_000; i++) {
                source.finished(execution(i));
            }
            long dropped = trackit.status().queue().dropped();
            assertThat(dropped).isPositive();
            assertThat(trackit.status().queue().events()).isLessThanOrEqualTo(200);

            answers.countDown();
            assertThat(trackit.flush(PATIENCE)).isTrue();
            Timeline timeline =
                    trackit.reader().timeline(trackit.reader().find("titanic").id());
            assertThat(timeline.gaps()).extracting(Gap::reason).contains(Gap.Reason.OVERLOAD);
            assertThat(timeline.gaps().stream()
                            .filter(gap -> gap.reason() == Gap.Reason.OVERLOAD)
                            .mapToLong(Gap::missing)
                            .sum())
                    .isEqualTo(dropped);
            assertThat(timeline.executions()).hasSize((int) (5_000 - dropped));
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Trackit.Builder builder(LineageStore store) {
        return Trackit.builder().watchedFolder(folder).store(store).source(source);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Waited in vain.");
            }
            Thread.onSpinWait();
        }
    }
}
