package dev.trackit.store.jsonl;

import static dev.trackit.store.jsonl.Samples.LOG;
import static dev.trackit.store.jsonl.Samples.readAll;
import static dev.trackit.store.jsonl.Samples.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogLockedException;
import dev.trackit.spi.LogReader;
import dev.trackit.spi.LogWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes is killed at random moments, again and again, while this one reads. */
class KillIT {
    private static final int ROUNDS = 6;

    @TempDir
    Path folder;

    @Test
    void whatAKilledProcessAcknowledgedIsThereAndItsLockIsFree() throws Exception {
        Path data = folder.resolve("data");
        Random random = new Random(11);
        long acknowledged = 0;
        try (JsonlLineageStore store = Samples.store(data)) {
            store.writer(LOG).close();
            try (LogReader follower = store.reader(LOG, 0)) {
                List<Long> followed = new ArrayList<>();
                for (int round = 0; round < ROUNDS; round++) {
                    Process writer = start(data, acknowledged + 1);
                    try (BufferedReader acknowledgements = writer.inputReader(StandardCharsets.UTF_8)) {
                        acknowledged = Math.max(acknowledged, acknowledgement(acknowledgements, writer));
                        assertThatThrownBy(() -> store.writer(LOG))
                                .isInstanceOf(LogLockedException.class)
                                .hasMessageContaining("pid " + writer.pid());
                        for (int more = random.nextInt(300); more > 0; more--) {
                            acknowledged = acknowledgement(acknowledgements, writer);
                            if (more % 50 == 0) {
                                followed.addAll(indexes(readAll(follower)));
                            }
                        }
                        // Not Process.destroyForcibly(), which closes the pipe with the last acknowledgements in it.
                        writer.toHandle().destroyForcibly();
                        assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
                        for (String line = acknowledgements.readLine();
                                line != null;
                                line = acknowledgements.readLine()) {
                            acknowledged = line.startsWith("ok ") && line.endsWith(".") ? parse(line) : acknowledged;
                        }
                    }
                    List<Long> present = indexes(readAll(store));
                    assertThat(present).isSorted().doesNotHaveDuplicates().contains(acknowledged);
                    assertThat((long) present.size()).isGreaterThanOrEqualTo(acknowledged);
                    assertThat(store.verify(LOG).intact()).isTrue();
                    acknowledged = present.get(present.size() - 1);
                }
                try (LogWriter writer = store.writer(LOG)) {
                    writer.append(records(acknowledged + 1, 1));
                }
                followed.addAll(indexes(readAll(follower)));
                assertThat(followed).isEqualTo(indexes(records(1, acknowledged + 1)));
                assertThat(follower.damaged()).isZero();
                assertThat(store.verify(LOG).findings()).isEmpty();
            }
        }
    }

    private static Process start(Path data, long from) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Appender.class.getName(),
                        data.toString(),
                        Long.toString(from))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static long acknowledgement(BufferedReader acknowledgements, Process writer) throws IOException {
        String line = acknowledgements.readLine();
        assertThat(line).as("what process %d says", writer.pid()).isNotNull().startsWith("ok ");
        return parse(line);
    }

    private static long parse(String line) {
        return Long.parseLong(line.substring(3, line.length() - 1));
    }

    private static List<Long> indexes(List<LineageRecord> records) {
        return records.stream()
                .filter(record -> record.type().equals("execution"))
                .map(record -> (Long) record.fields().get("index"))
                .toList();
    }

    /** The process that is killed: appends batches, and says after each which record is the last that is safe. */
    static final class Appender {
        private Appender() {}

        public static void main(String[] args) {
            try (JsonlLineageStore store =
                            new JsonlLineageStore(new DiskFileLayer(), Path.of(args[0]), Samples.CLOCK, 50_000);
                    LogWriter writer = store.writer(LOG)) {
                long next = Long.parseLong(args[1]);
                for (int size = 1; ; size = size % 7 + 1) {
                    writer.append(records(next, size));
                    next += size;
                    System.out.println("ok " + (next - 1) + ".");
                    System.out.flush();
                }
            }
        }
    }
}
