package dev.trackit.runner.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.NotebookId;
import dev.trackit.core.Importer;
import dev.trackit.core.Trackit;
import dev.trackit.core.TrackitReader;
import dev.trackit.core.TrackitStatus;
import dev.trackit.core.timeline.TimelineEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams that begin before there is anything to tell. Nothing here happens by itself: each look is asked for. */
class StreamsTest {
    @TempDir
    Path folder;

    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor();
    private final Told told = new Told();
    private TrackitReader reader;
    private Catalog catalog;
    private Feeds feeds;
    private Streams streams;
    private String id;

    @BeforeEach
    void openAFolderOfWhichNothingIsRecorded() throws IOException {
        folder = folder.toRealPath();
        save(0);
        reader = Trackit.builder().watchedFolder(folder).open();
        catalog = new Catalog(new Reading(reader));
        catalog.look();
        id = catalog.rows().get(0).id();
        feeds = new Feeds(reader);
        streams = new Streams(catalog, feeds, told, background);
    }

    @AfterEach
    void close() {
        background.shutdownNow();
        streams.close();
        feeds.close();
        reader.close();
    }

    @Test
    void aStreamThatBeganBeforeTheLogHearsEachEntryOnceWhoeverElseLooksMeanwhile() throws Exception {
        Heard heard = new Heard();
        assertThat(streams.open(id, null, heard)).isPresent();
        record(2);
        NotebookId log = catalogued();
        // While the first entries are told, one more is recorded, and a request for the timeline sees it first.
        told.onFirst(() -> {
            record(3);
            feeds.of(log).poll();
        });
        drained();
        drained();
        assertThat(heard.entries("entry")).containsExactlyElementsOf(ordersOf(log));
        assertThat(heard.entries("amended")).isEmpty();
    }

    @Test
    void aStreamThatIsCutWhileItHearsTheFirstEntriesGoesOnAfterTheLastItHeard() throws Exception {
        Heard heard = new Heard();
        assertThat(streams.open(id, null, heard)).isPresent();
        record(3);
        NotebookId log = catalogued();
        drained();
        List<Integer> all = ordersOf(log);
        String afterFirst = heard.idOfEntry(0);
        Heard resumed = new Heard();
        assertThat(streams.open(id, afterFirst, resumed)).isPresent();
        assertThat(resumed.entries("entry")).containsExactlyElementsOf(all.subList(1, all.size()));
        Heard complete = new Heard();
        assertThat(streams.open(id, heard.idOfEntry(all.size() - 1), complete)).isPresent();
        assertThat(complete.entries("entry")).isEmpty();
        assertThat(complete.text()).doesNotContain("event: reset");
    }

    @Test
    void theFirstRecordOfANotebookIsToldWithoutWaitingForTheNextLookAtTheFolder() throws Exception {
        Heard heard = new Heard();
        assertThat(streams.open(id, null, heard)).isPresent();
        record(1);
        streams.touched(reader.notebooks().get(0).id());
        background.schedule(() -> {}, 100, TimeUnit.MILLISECONDS).get();
        assertThat(heard.entries("entry")).isNotEmpty();
    }

    private NotebookId catalogued() {
        catalog.look();
        return catalog.find(id).orElseThrow().log();
    }

    /** Has everything told that is new. */
    private void drained() throws Exception {
        streams.touched(catalogued());
        // One thread: what it is given now comes after what was given it before.
        background.schedule(() -> {}, 100, TimeUnit.MILLISECONDS).get();
    }

    private List<Integer> ordersOf(NotebookId log) {
        List<TimelineEntry> entries = reader.timeline(log).entries();
        return IntStream.range(0, entries.size()).boxed().toList();
    }

    private void record(int cells) {
        try (Importer importer = Trackit.builder().watchedFolder(folder).openImporter()) {
            importer.importNotebook(save(cells));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path save(int cells) throws IOException {
        String written = IntStream.rangeClosed(1, cells)
                .mapToObj(
                        n -> "{\"cell_type\": \"code\", \"id\": \"c" + n + "\", \"metadata\": {}, \"execution_count\": "
                                + n + ", \"source\": \"x" + n + " = " + n + "\", \"outputs\": []}")
                .collect(Collectors.joining(","));
        return Files.writeString(
                folder.resolve("new.ipynb"),
                "{\"cells\": [" + written + "], \"metadata\": {}, \"nbformat\": 4, \"nbformat_minor\": 5}");
    }

    /** Writes entries down as their place in the timeline. */
    private static final class Told implements Streams.Messages {
        private Runnable first = () -> {};

        void onFirst(Runnable work) {
            first = work;
        }

        @Override
        public byte[] entry(NotebookRow row, Feed feed, Feed.Change change) {
            Runnable now = first;
            first = () -> {};
            now.run();
            return text(String.valueOf(change.order()));
        }

        @Override
        public byte[] row(NotebookRow row) {
            return text(row.id());
        }

        @Override
        public byte[] state() {
            return text("{}");
        }

        @Override
        public byte[] of(Map<String, ?> fields) {
            return text(fields.toString());
        }

        private static byte[] text(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A browser that reads at once. */
    private static final class Heard implements EventStream.Wire {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void write(ByteBuffer bytes, EventStream.Done done) {
            synchronized (text) {
                text.append(StandardCharsets.UTF_8.decode(bytes));
            }
            done.done(true);
        }

        @Override
        public void end() {}

        String text() {
            synchronized (text) {
                return text.toString();
            }
        }

        List<Integer> entries(String type) {
            return messages(type).stream()
                    .map(message -> Integer.valueOf(message.replaceAll("(?s).*data: ", "")))
                    .toList();
        }

        String idOfEntry(int order) {
            return messages("entry").stream()
                    .filter(message -> message.endsWith("data: " + order))
                    .findFirst()
                    .orElseThrow()
                    .replaceAll("(?s)^id: (\\S+)\n.*", "$1");
        }

        private List<String> messages(String type) {
            List<String> found = new ArrayList<>();
            for (String message : text().split("\n\n")) {
                if (message.contains("event: " + type + "\n")) {
                    found.add(message);
                }
            }
            return found;
        }
    }

    private record Reading(TrackitReader reader) implements Recording {
        @Override
        public Optional<TrackitStatus> status() {
            return Optional.empty();
        }

        @Override
        public void track(Path notebook) {}

        @Override
        public void untrack(Path notebook) {}

        @Override
        public Optional<Boolean> choice(Path notebook) {
            return Optional.empty();
        }
    }
}
