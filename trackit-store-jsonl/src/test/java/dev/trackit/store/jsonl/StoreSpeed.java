package dev.trackit.store.jsonl;

import static dev.trackit.store.jsonl.Samples.LOG;
import static dev.trackit.store.jsonl.Samples.NOON;
import static dev.trackit.store.jsonl.Samples.TITANIC;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.Verification;
import dev.trackit.spi.LogReader;
import dev.trackit.spi.LogWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures the store on records whose lines have about 290 bytes. In processor time of the one thread. Not a test: run its {@code main} with a folder on the disk to measure and,
 * as second argument, how many thousand records to write (3600 make 1 GB).
 */
final class StoreSpeed {
    private static final int BATCH = 1000;

    private StoreSpeed() {}

    public static void main(String[] args) throws IOException {
        Path data = Path.of(args[0]).resolve("store-speed");
        int batches = args.length > 1 ? Integer.parseInt(args[1]) : 1000;
        List<LineageRecord> batch = batch();
        for (int round = 0; round < 3; round++) {
            Path warm = data.resolve("warm-" + round);
            append(new ForwardingLayer(), warm, batch, 500, "append without force");
            verify(warm);
            read(warm);
        }
        append(new DiskFileLayer(), data.resolve("forced"), batch, batches, "append, a force per " + BATCH);
        append(new DiskFileLayer(), data.resolve("single"), batch.subList(0, 1), 1000, "append, a force per record");
        Path large = data.resolve("forced");
        verify(large);
        open(large);
    }

    private static void append(FileLayer layer, Path data, List<LineageRecord> batch, int batches, String what) {
        try (JsonlLineageStore store = Samples.store(layer, data);
                LogWriter writer = store.writer(LOG)) {
            long start = cpuNanos();
            for (int i = 0; i < batches; i++) {
                writer.append(batch);
            }
            say(what, "%,.0f records/s", (double) batches * batch.size() / seconds(start));
        }
    }

    private static void verify(Path data) {
        try (JsonlLineageStore store = Samples.store(data)) {
            long start = cpuNanos();
            Verification verification = store.verify(LOG);
            say("verify", "%,.0f MB/s", verification.bytes() / 1e6 / seconds(start));
        }
    }

    private static void read(Path data) {
        try (JsonlLineageStore store = Samples.store(data);
                LogReader reader = store.reader(LOG, 0)) {
            long start = cpuNanos();
            while (reader.next().isPresent()) {}
            say("read", "%,.0f records/s", reader.position() / seconds(start));
        }
    }

    private static void open(Path data) throws IOException {
        for (int round = 0; round < 3; round++) {
            try (JsonlLineageStore store = Samples.store(data)) {
                long start = cpuNanos();
                long records;
                try (LogWriter writer = store.writer(LOG)) {
                    records = writer.position();
                }
                say("open writer at " + records, "%.1f ms", seconds(start) * 1000);
                for (long position : new long[] {records - 10, records / 2}) {
                    start = cpuNanos();
                    try (LogReader reader = store.reader(LOG, position)) {
                        if (reader.next().isEmpty()) {
                            throw new IllegalStateException("No record after " + position);
                        }
                    }
                    say("open reader at " + position + " and read one", "%.1f ms", seconds(start) * 1000);
                }
            }
        }
        Files.delete(data.resolve("logs").resolve(TITANIC.value()).resolve("capture.checkpoint"));
        try (JsonlLineageStore store = Samples.store(data)) {
            long start = cpuNanos();
            store.writer(LOG).close();
            say("open writer without a checkpoint", "%.1f ms", seconds(start) * 1000);
        }
    }

    private static List<LineageRecord> batch() {
        List<LineageRecord> batch = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("id", "0f8fad5b-d9cb-469f-a165-" + (100_000_000 + i));
            fields.put("session", "3f2504e0");
            fields.put("sequence", (long) i);
            fields.put("status", "ok");
            fields.put("count", (long) i % 97);
            fields.put("code", "df = df[df.age > " + i % 80 + "].fillna({\"fare\": 0})\n");
            batch.add(LineageRecord.of("execution", NOON.plusMillis(i), fields));
        }
        return batch;
    }

    /** Processor time, as other programs run beside; the wall clock says more about the disk. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double seconds(long start) {
        return (cpuNanos() - start) / 1e9;
    }

    private static void say(String what, String format, double value) {
        System.out.println(what + ": " + String.format(Locale.ROOT, format, value));
    }
}
