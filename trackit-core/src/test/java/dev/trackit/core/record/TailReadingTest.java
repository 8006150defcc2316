package dev.trackit.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.Cell;
import dev.trackit.api.CellMatch;
import dev.trackit.api.CellType;
import dev.trackit.api.Digest;
import dev.trackit.api.Execution;
import dev.trackit.api.Gap;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.Notebook;
import dev.trackit.api.NotebookId;
import dev.trackit.api.NotebookMatch;
import dev.trackit.api.Output;
import dev.trackit.api.Session;
import dev.trackit.core.timeline.SessionSpan;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.core.timeline.TimelineEntry;
import dev.trackit.core.timeline.TimelineStream;
import dev.trackit.spi.LogWriter;
import dev.trackit.testkit.InMemoryLineageStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The end of a log, read alone, is the end of the log read from its beginning: on random logs, with all that records can say of earlier ones. */
class TailReadingTest {
    private static final NotebookId NOTEBOOK = NotebookId.of("titanic-abc123");
    private static final NotebookId KERNEL = NotebookId.of("kernel-python3-abc");

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theEndReadAloneIsTheEndOfAll(long seed) {
        try (InMemoryLineageStore store = new InMemoryLineageStore()) {
            new RandomLog(store, seed).write(60 + (int) (seed * 37 % 1_200));
            Timeline all = Timeline.read(store, NOTEBOOK);
            for (int last : new int[] {1, 3, 20, 100}) {
                Timeline tail = Timeline.tail(store, NOTEBOOK, last);
                assertThat(newest(tail, last)).as("last %s", last).isEqualTo(newest(all, last));
                assertThat(tail.sessions()).isEqualTo(all.sessions());
                assertThat(tail.path()).isEqualTo(all.path());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsGivenOutWhileReadingIsWhatAllOfItSays(long seed) {
        try (InMemoryLineageStore store = new InMemoryLineageStore()) {
            new RandomLog(store, seed).write(60 + (int) (seed * 37 % 1_200));
            Timeline all = Timeline.read(store, NOTEBOOK);
            List<String> given = new ArrayList<>();
            try (TimelineStream stream = new TimelineStream(store, NOTEBOOK)) {
                assertThat(stream.sessions())
                        .isEqualTo(all.sessions().stream()
                                .map(SessionSpan::session)
                                .toList());
                stream.forEach(entry -> given.add(words(entry)));
                assertThat(stream.executions()).isEqualTo(all.executions().size());
            }
            assertThat(given)
                    .isEqualTo(
                            all.entries().stream().map(TailReadingTest::words).toList());
        }
    }

    @Test
    void anExecutionIsGivenOutBeforeTheLogIsRead() {
        try (InMemoryLineageStore store = new InMemoryLineageStore()) {
            new RandomLog(store, 1).plain(500);
            try (TimelineStream stream = new TimelineStream(store, NOTEBOOK)) {
                List<Long> readBefore = new ArrayList<>();
                stream.forEach(entry -> readBefore.add(stream.executions()));
                assertThat(readBefore).startsWith(0L, 1L, 2L, 3L);
            }
        }
    }

    @Test
    void mostOfALongLogIsNotRead() {
        try (InMemoryLineageStore store = new InMemoryLineageStore()) {
            RandomLog log = new RandomLog(store, 1);
            log.plain(5_000);
            Timeline tail = Timeline.tail(store, NOTEBOOK, 20);
            assertThat(tail.whole()).isFalse();
            assertThat(tail.executions()).hasSizeLessThan(500);
        }
    }

    private static List<String> newest(Timeline timeline, int last) {
        List<TimelineEntry> entries = timeline.entries();
        int from = entries.size();
        int left = last;
        while (from > 0 && left > 0) {
            if (entries.get(--from) instanceof TimelineEntry.Executed) {
                left--;
            }
        }
        return entries.subList(from, entries.size()).stream()
                .map(TailReadingTest::words)
                .toList();
    }

    private static String words(TimelineEntry entry) {
        if (entry instanceof TimelineEntry.Executed executed) {
            Execution e = executed.execution();
            return e.sequence() + " " + e.id() + " " + e.cell() + " " + e.code() + " " + e.outputs() + " " + e.notes();
        } else if (entry instanceof TimelineEntry.Saved saved) {
            return saved.snapshot().changedCells() + " " + saved.snapshot().removedCells() + " "
                    + saved.snapshot().notebook().cells().stream()
                            .map(Cell::source)
                            .toList();
        }
        return entry.toString();
    }

    /** Writes what a recorder may write, and a little more: records twice, amendments of what does not exist. */
    private static final class RandomLog {
        private final InMemoryLineageStore store;
        private final Random random;
        private final List<LineageRecord> records = new ArrayList<>();
        private final TextPlacement texts = new TextPlacement((digest, text) -> {});
        private final List<Execution> known = new ArrayList<>();
        private final List<String> sessions = new ArrayList<>();
        private @Nullable Notebook saved;
        private int deltas;
        private long sequence;
        private boolean adopted;

        RandomLog(InMemoryLineageStore store, long seed) {
            this.store = store;
            this.random = new Random(seed);
        }

        void plain(int executions) {
            add(RecordTypes.NOTEBOOK, Map.of("notebook", NOTEBOOK.value(), "path", "/data/titanic.ipynb"));
            session();
            for (int i = 0; i < executions; i++) {
                execution(null);
            }
            flush();
        }

        void write(int steps) {
            add(RecordTypes.NOTEBOOK, Map.of("notebook", NOTEBOOK.value(), "path", "/data/titanic.ipynb"));
            session();
            int saves = random.nextInt(12);
            int rare = 1 + random.nextInt(300);
            for (int i = 0; i < steps; i++) {
                int choice = random.nextInt(100);
                if (choice < saves) {
                    snapshot();
                } else if (choice < 80) {
                    execution(null);
                } else if (choice < 90) {
                    amendment();
                } else if (choice < 92) {
                    add(
                            RecordTypes.GAP,
                            ValueFields.write(Gap.builder(Gap.Reason.OVERLOAD, "Gap " + i)
                                    .session(sessions.get(random.nextInt(sessions.size())))
                                    .missing(1)
                                    .build()));
                } else if (choice < 93) {
                    add(
                            RecordTypes.SESSION_ENDED,
                            Map.of("session", sessions.get(random.nextInt(sessions.size())), "reason", "Ended " + i));
                } else if (choice < 95) {
                    session();
                } else if (random.nextInt(rare) == 0) {
                    seldom();
                }
            }
            flush();
        }

        private void seldom() {
            switch (random.nextInt(4)) {
                case 0 -> execution(known.isEmpty() ? null : known.get(random.nextInt(known.size())));
                case 1 -> records.add(records.get(random.nextInt(records.size())));
                case 2 -> adopt();
                default -> records.add(records.get(records.size() - 1));
            }
        }

        private void session() {
            String id = "s" + sessions.size();
            sessions.add(id);
            add(
                    RecordTypes.SESSION_STARTED,
                    ValueFields.write(
                            Session.builder(id, id).kernelName("python3").build(), NotebookMatch.unknown()));
        }

        private Execution made(String id, String session, long place) {
            int kind = random.nextInt(6);
            String code = kind < 3
                    ? "x = " + random.nextInt(1_000)
                    : "y = 1  # "
                            + String.valueOf((char) ('a' + kind * 3 + random.nextInt(3)))
                                    .repeat(300);
            return Execution.builder(id, session, code)
                    .sequence(place)
                    .executionCount(random.nextInt(40) + 1)
                    .startedAt(Instant.EPOCH.plusSeconds(place))
                    .build();
        }

        private void execution(@Nullable Execution superseded) {
            String session = sessions.get(Math.max(0, sessions.size() - 1 - random.nextInt(2)));
            Execution execution = made(
                    "e" + known.size() + "-" + random.nextInt(1_000_000),
                    session,
                    superseded == null ? ++sequence : superseded.sequence());
            texts.nextRecord();
            Map<String, @Nullable Object> fields = ValueFields.write(execution, texts);
            if (superseded != null) {
                fields.put("supersedes", superseded.id());
            }
            known.add(execution);
            records.add(record(RecordTypes.EXECUTION, fields));
        }

        private void amendment() {
            if (known.isEmpty()) {
                return;
            }
            int back =
                    random.nextInt(4) == 0 ? random.nextInt(known.size()) : random.nextInt(Math.min(10, known.size()));
            String of = known.get(known.size() - 1 - back).id();
            texts.nextRecord();
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("execution", of);
            if (random.nextBoolean()) {
                fields.put("cell", ValueFields.write(CellMatch.of(CellMatch.Basis.CELL_ID, "c" + back, back)));
                records.add(record(RecordTypes.EXECUTION_MATCHED, fields));
            } else {
                fields.put("notes", List.of("Note " + random.nextInt(100)));
                fields.put("outputs", ValueFields.writeOutputs(List.<Output>of(), texts));
                records.add(record(RecordTypes.EXECUTION_AMENDED, fields));
            }
        }

        private void snapshot() {
            List<Cell> cells = new ArrayList<>();
            int count = 2 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                cells.add(Cell.builder(
                                "c" + i, i, CellType.CODE, made("x", "s", 1).code())
                        .build());
            }
            Notebook now = Notebook.builder(Path.of("/data/titanic.ipynb"), Digest.ofText("" + random.nextInt()))
                    .cells(cells)
                    .build();
            Notebook before = saved;
            boolean full = before == null || deltas >= 32 || random.nextInt(40) == 0;
            deltas = full ? 0 : deltas + 1;
            texts.nextRecord();
            records.add(record(
                    RecordTypes.SNAPSHOT,
                    SnapshotCodec.write(
                            now,
                            SnapshotCodec.contentDigest(now),
                            full ? null : before,
                            full || before == null ? null : SnapshotCodec.contentDigest(before),
                            texts)));
            saved = now;
        }

        /** A session of another log, with a number of executions for which room is kept here. */
        private void adopt() {
            if (adopted) {
                return;
            }
            adopted = true;
            String id = "k1";
            TextPlacement own = new TextPlacement((digest, text) -> {});
            List<LineageRecord> there = new ArrayList<>();
            there.add(record(
                    RecordTypes.SESSION_STARTED,
                    ValueFields.write(Session.builder(id, id).build(), NotebookMatch.unknown())));
            int count = 1 + random.nextInt(30);
            for (int i = 1; i <= count; i++) {
                own.nextRecord();
                there.add(record(RecordTypes.EXECUTION, ValueFields.write(made("k" + i, id, i), own)));
            }
            try (LogWriter writer = store.writer(LogId.capture(KERNEL))) {
                writer.append(there);
            }
            add(
                    RecordTypes.SESSION_ADOPTED,
                    Map.of("session", id, "log", KERNEL.value(), "firstSequence", sequence + 1, "executions", (long)
                            count));
            sequence += count;
            sessions.add(id);
        }

        private void add(String type, Map<String, ?> fields) {
            texts.nextRecord();
            records.add(record(type, fields));
        }

        private static LineageRecord record(String type, Map<String, ?> fields) {
            return LineageRecord.of(type, Instant.EPOCH, fields);
        }

        private void flush() {
            try (LogWriter writer = store.writer(LogId.capture(NOTEBOOK))) {
                writer.append(records);
            }
        }
    }
}
