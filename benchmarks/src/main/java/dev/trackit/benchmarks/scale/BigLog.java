package dev.trackit.benchmarks.scale;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.NotebookId;
import dev.trackit.benchmarks.data.NotebookWriter;
import dev.trackit.benchmarks.data.PythonCells;
import dev.trackit.benchmarks.data.Stores;
import dev.trackit.benchmarks.data.WireToLog;
import dev.trackit.core.record.NotebookIndex;
import dev.trackit.core.record.RecordTypes;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogReader;
import dev.trackit.spi.LogWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a folder with one notebook and a log of as many executions as wanted, as if they had been captured. Immutable. */
final class BigLog {
    private static final int CAPTURED = 5_000;

    private BigLog() {}

    /** The log in this folder, made for the notebook {@code titanic.ipynb}. */
    static void make(Path folder, long executions) {
        List<String> code = PythonCells.session(CAPTURED, 3);
        NotebookWriter.write(folder.resolve("titanic.ipynb"), code.subList(0, 40), 200, 0, 1);
        int captured = (int) Math.min(CAPTURED, executions);
        try (WireToLog line = new WireToLog(folder, false)) {
            line.take(line.next(captured, code));
        }
        try (LineageStore store = Stores.open(folder.resolve(".trackit"), false)) {
            NotebookId notebook = NotebookIndex.read(store)
                    .at(folder.resolve("titanic.ipynb"))
                    .orElseThrow();
            repeat(store, LogId.capture(notebook), executions);
        }
    }

    /** Appends the executions of the log again and again, each time with ids and numbers of their own. */
    private static void repeat(LineageStore store, LogId log, long executions) {
        List<LineageRecord> captured = new ArrayList<>();
        try (LogReader reader = store.reader(log, 0)) {
            for (Optional<LineageRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                if (next.get().type().equals(RecordTypes.EXECUTION)) {
                    captured.add(next.get());
                }
            }
        }
        long made = captured.size();
        try (LogWriter writer = store.writer(log)) {
            while (made < executions) {
                List<LineageRecord> batch = new ArrayList<>();
                for (int i = 0; i < captured.size() && made < executions; i++) {
                    batch.add(numbered(captured.get(i), ++made));
                }
                writer.append(batch);
            }
        }
    }

    private static LineageRecord numbered(LineageRecord record, long number) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(record.fields());
        fields.put("id", fields.get("id") + "-" + number);
        fields.put("sequence", number);
        fields.put("count", number);
        return new LineageRecord(record.type(), record.recordedAt(), fields);
    }
}
