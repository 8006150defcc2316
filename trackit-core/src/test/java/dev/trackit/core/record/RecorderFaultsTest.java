package dev.trackit.core.record;

import static dev.trackit.core.record.Capture.FOLDER;
import static dev.trackit.core.record.Capture.NOTEBOOK;
import static dev.trackit.core.record.Capture.execution;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.Execution;
import dev.trackit.api.Gap;
import dev.trackit.api.Output;
import dev.trackit.api.StoreException;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.spi.ProviderContext;
import dev.trackit.testkit.InMemoryLineageStoreProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class RecorderFaultsTest {
    private final InMemoryLineageStoreProvider disk = new InMemoryLineageStoreProvider();

    private Capture capture(FaultyStore.Fault fault) {
        return new Capture(
                disk,
                new FaultyStore(
                        disk.open(ProviderContext.builder(FOLDER, FOLDER.resolve(".trackit"))
                                .build()),
                        fault));
    }

    @Test
    void aStoreThatFailsForAWhileLosesNothing() {
        AtomicInteger calls = new AtomicInteger();
        Capture capture = capture((log, records, append) -> {
            if (log.equals(RecordTypes.AGENT_LOG) || calls.incrementAndGet() > 5) {
                return append.get();
            }
            throw new StoreException("Disk full.");
        });
        try (capture) {
            capture.started("s1", NOTEBOOK);
            for (int i = 1; i <= 100; i++) {
                capture.ran(execution("e" + i, "s1", i, "a" + i));
            }
            assertThat(capture.timeline(NOTEBOOK).executions()).hasSize(100);
            assertThat(capture.recorder().counters().failures()).isGreaterThanOrEqualTo(5);
            assertThat(capture.recorder().counters().failing()).isEmpty();
        }
    }

    @Test
    void recordsThatArrivedThoughTheAppendFailedAreNotAppendedAgain() {
        AtomicInteger calls = new AtomicInteger();
        Capture capture = capture((log, records, append) -> {
            long position = append.get();
            if (!log.equals(RecordTypes.AGENT_LOG) && calls.incrementAndGet() <= 3) {
                throw new StoreException("Force failed.");
            }
            return position;
        });
        try (capture) {
            capture.started("s1", NOTEBOOK);
            for (int i = 1; i <= 50; i++) {
                capture.ran(execution("e" + i, "s1", i, "a" + i));
            }
            capture.flushed();
            List<String> ids = RecorderTest.records(capture, NOTEBOOK).stream()
                    .filter(f -> f.hasText("codeDigest"))
                    .map(f -> f.text("id"))
                    .toList();
            assertThat(ids).hasSize(50).doesNotHaveDuplicates();
        }
    }

    @Test
    void whatAFailingStoreCouldNotTakeIsCountedAndLeavesAGapWhenItIsBack() {
        CountDownLatch broken = new CountDownLatch(1);
        Capture capture = capture((log, records, append) -> {
            if (log.equals(RecordTypes.AGENT_LOG) || broken.getCount() == 0) {
                return append.get();
            }
            throw new StoreException("Disk full.");
        });
        capture.settings.queueLimits(50, 64L << 20);
        try (capture) {
            capture.started("s1", NOTEBOOK);
            for (int i = 1; i <= 500; i++) {
                capture.ran(execution("e" + i, "s1", i, "a" + i));
                if (i % 40 == 0) {
                    await(() -> capture.recorder().waitingEvents() >= 50
                            || capture.recorder().counters().failures() > 0);
                }
            }
            await(() -> capture.recorder().counters().failing().size() == 1);
            assertThat(capture.recorder().counters().lastFailure()).contains("Disk full.");
            broken.countDown();
            capture.flushed().flushed();
            await(() -> capture.recorder().waitingEvents() == 0);
            Timeline timeline = capture.timeline(NOTEBOOK);
            long missing = timeline.gaps().stream().mapToLong(Gap::missing).sum();
            assertThat(timeline.gaps()).isNotEmpty();
            assertThat(timeline.executions().size() + missing).isEqualTo(500);
            assertThat(capture.recorder().counters().dropped()).isEqualTo(missing);
        }
    }

    @Test
    void aFullQueueDropsAndSaysWhereHowManyExecutionsAreMissing() throws InterruptedException {
        CountDownLatch hang = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(1);
        Capture capture = capture((log, records, append) -> {
            if (!log.equals(RecordTypes.AGENT_LOG)) {
                hanging.countDown();
                awaitLatch(hang);
            }
            return append.get();
        });
        capture.settings.queueLimits(100, 64L << 20);
        try (capture) {
            capture.started("s1", NOTEBOOK).ran(execution("e0", "s1", 1, "first"));
            assertThat(hanging.await(60, TimeUnit.SECONDS)).isTrue();
            for (int i = 1; i <= 400; i++) {
                capture.ran(execution("e" + i, "s1", i + 1, "a" + i));
            }
            assertThat(capture.recorder().flush(Duration.ofMillis(50))).isFalse();
            hang.countDown();
            capture.flushed().ran(execution("last", "s1", 500, "last"));
            Timeline timeline = capture.timeline(NOTEBOOK);
            assertThat(timeline.gaps()).singleElement().satisfies(gap -> {
                assertThat(gap.reason()).isEqualTo(Gap.Reason.OVERLOAD);
                assertThat(gap.missing() + timeline.executions().size()).isEqualTo(402);
                assertThat(gap.session()).isEqualTo("s1");
            });
            assertThat(timeline.executions()).extracting(Execution::id).endsWith("last");
        }
    }

    @Test
    void aStoreThatHangsHoldsUpNeitherTheSourceNorClosing() {
        CountDownLatch never = new CountDownLatch(1);
        Capture capture = capture((log, records, append) -> {
            if (!log.equals(RecordTypes.AGENT_LOG)) {
                awaitLatch(never);
            }
            return append.get();
        });
        Recorder recorder = capture.recorder();
        capture.started("s1", NOTEBOOK);
        for (int i = 1; i <= 1_000; i++) {
            capture.ran(execution("e" + i, "s1", i, "a"));
        }
        assertThat(recorder.close(Duration.ofMillis(100))).isFalse();
        assertThat(recorder.waitingEvents()).isPositive();
        never.countDown();
    }

    @Test
    void closingTwiceIsHarmlessAndEventsAfterwardsAreIgnored() {
        Capture capture = capture((log, records, append) -> append.get());
        capture.started("s1", NOTEBOOK).ran(execution("e1", "s1", 1, "a"));
        Recorder recorder = capture.recorder();
        assertThat(recorder.close(Capture.PATIENCE)).isTrue();
        capture.ran(execution("e2", "s1", 2, "b"));
        assertThat(recorder.close(Capture.PATIENCE)).isTrue();
        assertThat(Timeline.read(capture.store, capture.id(NOTEBOOK)).executions())
                .hasSize(1);
        assertThat(recorder.flush(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void closingWritesWhatWaits() {
        Capture capture = capture((log, records, append) -> append.get());
        capture.started("s1", NOTEBOOK);
        for (int i = 1; i <= 20_000; i++) {
            capture.ran(execution("e" + i, "s1", i, "a" + i));
        }
        assertThat(capture.recorder().close(Capture.PATIENCE)).isTrue();
        assertThat(Timeline.read(capture.store, capture.id(NOTEBOOK)).executions())
                .hasSize(20_000);
    }

    @Test
    void anInterruptedThreadStaysInterruptedAfterFlushAndClose() {
        Capture capture = capture((log, records, append) -> append.get());
        capture.started("s1", NOTEBOOK).ran(execution("e1", "s1", 1, "a"));
        Thread.currentThread().interrupt();
        capture.recorder().flush(Duration.ofSeconds(1));
        assertThat(Thread.interrupted()).isTrue();
        Thread.currentThread().interrupt();
        capture.recorder().close(Duration.ofSeconds(30));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whenBytesRunShortPayloadsAreLeftBehindBeforeExecutions() {
        RecorderCounters counters = new RecorderCounters();
        EventQueue queue = new EventQueue(10, 4_000, counters);
        Execution execution = execution("e1", "s1", 1, "plot()")
                .outputs(List.of(Output.stream("stdout", "x")))
                .build();
        queue.offer(new dev.trackit.spi.CaptureEvent.ExecutionFinished(
                execution, java.util.Map.of(execution.outputs().get(0).digest(), new byte[10_000])));
        assertThat(queue.poll()).isInstanceOfSatisfying(EventQueue.Event.class, event -> assertThat(
                        ((dev.trackit.spi.CaptureEvent.ExecutionFinished) event.event()).payloads())
                .isEmpty());
        assertThat(counters.dropped()).isZero();
    }

    /** Random sessions, notebooks, saves, moves and store failures: each execution once, in the order of its session, or counted in a gap. */
    @Test
    void whateverHappensEachExecutionIsRecordedOnceAndInOrderOrInAGap() {
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            InMemoryLineageStoreProvider own = new InMemoryLineageStoreProvider();
            Random faults = new Random(seed);
            boolean limited = seed % 3 == 2;
            Capture capture = new Capture(
                    own,
                    new FaultyStore(
                            own.open(ProviderContext.builder(FOLDER, FOLDER.resolve(".trackit"))
                                    .build()),
                            (log, records, append) -> {
                                int chance = faults.nextInt(10);
                                if (chance == 0) {
                                    throw new StoreException("Refused.");
                                }
                                long position = append.get();
                                if (chance == 1) {
                                    throw new StoreException("Taken, but not said so.");
                                }
                                return position;
                            }));
            capture.settings.queueLimits(limited ? 40 : 100_000, 64L << 20);
            RandomScript script = new RandomScript(random, capture);
            try (capture) {
                script.play(600);
                capture.flushed();
                script.check("seed " + seed);
            }
        }
    }

    private static final class RandomScript {
        private final Random random;
        private final Capture capture;
        private final List<String> sessions = new ArrayList<>();
        private final List<List<String>> reported = new ArrayList<>();
        private final List<java.nio.file.Path> paths = new ArrayList<>();
        private int executions;

        RandomScript(Random random, Capture capture) {
            this.random = random;
            this.capture = capture;
            for (int i = 0; i < 3; i++) {
                paths.add(FOLDER.resolve("n" + i + ".ipynb"));
            }
        }

        void play(int steps) {
            for (int i = 0; i < steps; i++) {
                int what = sessions.isEmpty() ? 0 : random.nextInt(20);
                if (what == 0) {
                    begin();
                } else if (what == 1) {
                    int s = random.nextInt(sessions.size());
                    capture.on(new dev.trackit.spi.CaptureEvent.SessionMatched(
                            sessions.get(s), match(random.nextInt(3)), capture.clock.instant()));
                } else if (what == 2) {
                    java.nio.file.Path path = paths.get(random.nextInt(3));
                    capture.saved(Capture.notebook(path, Capture.cell("c1", 0, "code " + random.nextInt(50))));
                } else if (what == 3) {
                    capture.clock.advance(Duration.ofSeconds(random.nextInt(100) - 50));
                } else {
                    run(random.nextInt(sessions.size()), random.nextInt(8) == 0);
                }
            }
            // What is still of unknown kernels is settled, so that everything can be found by its path.
            for (int s = 0; s < sessions.size(); s++) {
                capture.on(new dev.trackit.spi.CaptureEvent.SessionMatched(
                        sessions.get(s), match(s % 3), capture.clock.instant()));
            }
        }

        private dev.trackit.api.NotebookMatch match(int path) {
            return dev.trackit.api.NotebookMatch.of(dev.trackit.api.NotebookMatch.Basis.SERVER, paths.get(path));
        }

        private void begin() {
            String id = "s" + sessions.size();
            sessions.add(id);
            reported.add(new ArrayList<>());
            capture.started(
                    id, random.nextBoolean() ? match(random.nextInt(3)) : dev.trackit.api.NotebookMatch.unknown());
        }

        private void run(int session, boolean again) {
            List<String> ids = reported.get(session);
            if (again && !ids.isEmpty()) {
                String id = ids.get(random.nextInt(ids.size()));
                capture.ran(execution(id, sessions.get(session), ids.indexOf(id) + 1, "code " + id));
            } else {
                String id = "e" + executions++;
                ids.add(id);
                capture.ran(execution(id, sessions.get(session), ids.size(), "code " + id));
            }
        }

        void check(String seed) {
            Set<String> recorded = new HashSet<>();
            long missing = 0;
            List<List<String>> found = new ArrayList<>();
            sessions.forEach(s -> found.add(new ArrayList<>()));
            for (var id : capture.ids()) {
                if (id.value().startsWith("kernel-")) {
                    continue;
                }
                Timeline timeline = Timeline.read(capture.store, id);
                long last = 0;
                for (Execution execution : timeline.executions()) {
                    assertThat(recorded.add(execution.id()))
                            .as(seed + " once: " + execution.id())
                            .isTrue();
                    assertThat(execution.sequence()).as(seed).isGreaterThan(last);
                    last = execution.sequence();
                    found.get(sessions.indexOf(execution.session())).add(execution.id());
                }
                missing += timeline.gaps().stream()
                        .filter(g -> g.missing() > 0)
                        .mapToLong(Gap::missing)
                        .sum();
            }
            assertThat(recorded.size() + missing).as(seed).isGreaterThanOrEqualTo(executions);
            if (missing == 0) {
                assertThat(recorded).as(seed).hasSize(executions);
            }
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("Interrupted.", e);
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Capture.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Waited in vain.");
            }
            Thread.onSpinWait();
        }
    }
}
