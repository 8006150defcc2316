package dev.trackit.store.jsonl;

import static dev.trackit.store.jsonl.Samples.CLOCK;
import static dev.trackit.store.jsonl.Samples.LOG;
import static dev.trackit.store.jsonl.Samples.NOON;
import static dev.trackit.store.jsonl.Samples.TITANIC;
import static dev.trackit.store.jsonl.Samples.readAll;
import static dev.trackit.store.jsonl.Samples.records;
import static dev.trackit.store.jsonl.Samples.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trackit.api.ConfigurationException;
import dev.trackit.api.Digest;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.LogLockedException;
import dev.trackit.api.NotebookId;
import dev.trackit.api.StoreException;
import dev.trackit.spi.LogReader;
import dev.trackit.spi.LogWriter;
import dev.trackit.spi.ProviderContext;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonlLineageStoreTest {
    @TempDir
    Path folder;

    @Test
    void filesAreForTheirOwnerOnly() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path data = folder.resolve(".trackit");
        try (JsonlLineageStore store = store(data);
                LogWriter writer = store.writer(LOG)) {
            writer.append(records(1, 1));
            store.putPayload(TITANIC, new byte[10]);
        }
        try (Stream<Path> paths = Files.walk(data)) {
            assertThat(paths).hasSizeGreaterThan(8).allSatisfy(path -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
        assertThat(data.resolve(".gitignore")).content().endsWith("*\n");
    }

    @Test
    void aLogRollsAndReadersCrossFromSegmentToSegment() {
        Path data = folder.resolve("data");
        try (JsonlLineageStore store = new JsonlLineageStore(new DiskFileLayer(), data, CLOCK, 4096);
                LogWriter writer = store.writer(LOG);
                LogReader follower = store.reader(LOG, 0)) {
            List<LineageRecord> followed = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                writer.append(records(3L * i, 3));
                followed.addAll(readAll(follower));
            }
            assertThat(followed).isEqualTo(records(0, 180));
            assertThat(data.resolve("logs/titanic-3f2a9c/capture-000005.jsonl")).exists();
            for (int skip = 0; skip <= 180; skip += 7) {
                try (LogReader reader = store.reader(LOG, skip)) {
                    assertThat(readAll(reader)).isEqualTo(records(skip, 180 - skip));
                }
            }
            assertThat(store.verify(LOG).findings()).isEmpty();
            assertThat(store.verify(LOG).records()).isEqualTo(180);
        }
    }

    @Test
    void aReaderFindsItsPlaceInALongSegmentWhateverTheLengthOfItsLines() {
        try (JsonlLineageStore store = store(folder.resolve("data"))) {
            List<LineageRecord> records = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                String text = "x".repeat(i % 500 == 0 ? 300_000 : i % 97);
                records.add(LineageRecord.of("execution", NOON, Map.of("i", i, "text", text)));
            }
            try (LogWriter writer = store.writer(LOG)) {
                writer.append(records);
            }
            for (int skip : new int[] {0, 1, 499, 500, 501, 1000, 1499, 1500, 2750, 2999}) {
                try (LogReader reader = store.reader(LOG, skip)) {
                    assertThat(reader.next()).as("after %d", skip).contains(records.get(skip));
                }
            }
        }
    }

    @Test
    void aLineOfManyMegabytesIsWrittenReadAndVerified() {
        LineageRecord large = LineageRecord.of("large", NOON, Map.of("text", "0123456789".repeat(4 << 20)));
        try (JsonlLineageStore store = store(folder.resolve("data"))) {
            try (LogWriter writer = store.writer(LOG)) {
                assertThat(writer.append(List.of(large, records(1, 1).get(0)))).isEqualTo(2);
            }
            assertThat(readAll(store)).isEqualTo(List.of(large, records(1, 1).get(0)));
            assertThat(store.verify(LOG).findings()).isEmpty();
        }
    }

    @Test
    void aRecordThatIsTooLargeLeavesTheWriterAsItWas() {
        LineageRecord large = LineageRecord.of(
                "large", NOON, Map.of("text", java.util.Collections.nCopies(130, "x".repeat(1 << 20))));
        try (JsonlLineageStore store = store(folder.resolve("data"));
                LogWriter writer = store.writer(LOG)) {
            writer.append(records(1, 1));
            assertThatThrownBy(() -> writer.append(List.of(records(2, 1).get(0), large)))
                    .isInstanceOf(StoreException.class);
            assertThat(writer.append(records(2, 1))).isEqualTo(2);
            assertThat(readAll(store)).isEqualTo(records(1, 2));
        }
    }

    @Test
    void theSecondWriterLearnsWhoTheFirstIs() {
        try (JsonlLineageStore store = store(folder.resolve("data"));
                LogWriter writer = store.writer(LOG)) {
            assertThatThrownBy(() -> store.writer(writer.log()))
                    .isInstanceOf(LogLockedException.class)
                    .hasMessageContaining("titanic-3f2a9c/capture")
                    .hasMessageContaining("pid " + ProcessHandle.current().pid());
        }
    }

    @Test
    void aLockThatAnotherClassLoaderHoldsIsRespectedAndKept() throws IOException {
        Path data = folder.resolve("data");
        try (JsonlLineageStore store = store(data)) {
            store.writer(LOG).close();
            Path file = data.resolve("logs/titanic-3f2a9c/capture.lock");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                    FileLock held = channel.lock(1L << 30, 1, false)) {
                assertThatThrownBy(() -> store.writer(LOG)).isInstanceOf(LogLockedException.class);
                assertThat(held.isValid()).isTrue();
            }
            store.writer(LOG).close();
        }
    }

    @Test
    void aStoreBehindALinkIsTheSameStore() throws IOException {
        Path real = Files.createDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        try (JsonlLineageStore first = store(real.resolve("data"));
                JsonlLineageStore second = store(link.resolve("data"));
                LogWriter writer = first.writer(LOG)) {
            assertThatThrownBy(() -> second.writer(writer.log())).isInstanceOf(LogLockedException.class);
        }
    }

    @Test
    void aDataFolderThatIsALinkIsRefused() throws IOException {
        Path precious = Files.createDirectory(folder.resolve("precious"));
        Path data = Files.createSymbolicLink(folder.resolve(".trackit"), precious);
        try (JsonlLineageStore store = store(data)) {
            assertThatThrownBy(() -> store.writer(LOG))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("link");
            assertThat(precious).isEmptyDirectory();
        }
    }

    @Test
    void aDamagedPayloadIsNotGivenOutAndIsReplacedWhenItComesAgain() throws IOException {
        byte[] payload = "picture".repeat(1000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Path data = folder.resolve("data");
        try (JsonlLineageStore store = store(data)) {
            Digest digest = store.putPayload(TITANIC, payload);
            Path file = data.resolve("logs/titanic-3f2a9c/payloads")
                    .resolve(digest.hex().substring(0, 2))
                    .resolve(digest.hex());
            assertThat(file).hasBinaryContent(payload);
            byte[] damaged = payload.clone();
            damaged[500] ^= 1;
            Files.write(file, damaged);
            assertThatThrownBy(() -> store.payload(TITANIC, digest))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("damaged")
                    .hasMessageContaining(digest.hex());
            store.putPayload(TITANIC, payload);
            assertThat(store.payload(TITANIC, digest).orElseThrow()).hasBinaryContent(payload);
            try (Stream<Path> siblings = Files.list(file.getParent())) {
                assertThat(siblings).containsExactly(file);
            }
        }
    }

    @Test
    void foreignFilesInTheStoreAreNoLogs() throws IOException {
        Path logs = Files.createDirectories(folder.resolve("data/logs"));
        Files.createDirectory(logs.resolve("Not An Id"));
        Files.writeString(logs.resolve("README"), "hello");
        Path notebook = Files.createDirectory(logs.resolve("a"));
        Files.writeString(notebook.resolve("capture-1.jsonl"), "");
        Files.writeString(notebook.resolve("notes-000001.jsonl.bak"), "");
        Files.writeString(notebook.resolve("notes-000007.jsonl"), "");
        try (JsonlLineageStore store = store(folder.resolve("data"))) {
            assertThat(store.logs()).containsExactly(LogId.notes(NotebookId.of("a")));
        }
    }

    @Test
    void jqReadsALog() throws Exception {
        assumeProgram("jq");
        Path data = folder.resolve("data");
        try (JsonlLineageStore store = store(data);
                LogWriter writer = store.writer(LOG)) {
            writer.append(List.of(LineageRecord.of("execution", NOON, Map.of("code", "print('\ud83d\ude00')\n"))));
            writer.append(records(2, 2));
        }
        Path segment = data.resolve("logs/titanic-3f2a9c/capture-000001.jsonl");
        Process jq = new ProcessBuilder(
                        "jq", "-r", "select(.type == \"execution\") | [.n, .data.code] | tojson", segment.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(jq.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(jq.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output.lines()).containsExactly("[1,\"print('\ud83d\ude00')\\n\"]", "[2,null]", "[3,null]");
    }

    @Test
    void aMissingFileIsNamedInTheMessage() {
        try (JsonlLineageStore store = store(folder.resolve("data"))) {
            assertThatThrownBy(() -> store.reader(LOG, 0))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("There is no log titanic-3f2a9c/capture in ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "-1", "4095", "99999999999999999999"})
    void aWrongOptionIsRefusedAndNamed(String value) {
        ProviderContext context = ProviderContext.builder(folder, folder.resolve("data"))
                .option("jsonl.segment-bytes", value)
                .build();
        JsonlLineageStoreProvider provider = new JsonlLineageStoreProvider();
        assertThatThrownBy(() -> provider.open(context))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("jsonl.segment-bytes")
                .hasMessageContaining("4096");
    }

    private static void assumeProgram(String name) {
        boolean there = Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, name)));
        if ("1".equals(System.getenv("TRACKIT_REQUIRE_PROGRAMS"))) {
            assertThat(there).as("%s is installed", name).isTrue();
        }
        assumeTrue(there, name + " is not installed");
    }
}
