package dev.trackit.runner.web.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.core.TrackitStatus;
import dev.trackit.runner.agent.AgentStatusJson;
import dev.trackit.runner.doctor.Examination;
import dev.trackit.runner.doctor.Finding;
import dev.trackit.runner.read.RecordJson;
import dev.trackit.runner.web.http.Answer;
import dev.trackit.runner.web.live.Catalog;
import dev.trackit.runner.web.live.NotebookRow;
import dev.trackit.runner.web.live.Recording;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the agent is doing, and what the doctor found. Safe for use by several threads. */
public final class StateView {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(60);
    private static final Duration MEASURE_AGAIN = Duration.ofSeconds(10);

    /** What an execution costs a notebook at most, as measured: the switches of context on a small machine. */
    private static final double SECONDS_PER_EXECUTION = 0.000_25;

    /** What the copy of a byte costs, as measured with outputs of 50 MB. */
    private static final double SECONDS_PER_BYTE = 1e-9;

    private final Recording recording;
    private final Catalog catalog;
    private final Clock clock;
    private final Executor background;
    private @Nullable List<Finding> findings;
    private Instant looked = Instant.MIN;
    private Instant measured = Instant.MIN;
    private boolean looking;
    private long bytes = -1;

    /** @param background does what takes seconds */
    public StateView(Recording recording, Catalog catalog, Clock clock, Executor background) {
        this.recording = recording;
        this.catalog = catalog;
        this.clock = clock;
        this.background = background;
    }

    /** {@code GET /state}. */
    public void state(Context context) {
        List<Finding> found = findings();
        Answer.json(context, g -> {
            g.writeStartObject();
            write(g);
            findings(g, found);
            g.writeEndObject();
        });
    }

    /** The state without findings, for events. */
    public byte[] event() {
        return Answer.bytes(g -> {
            g.writeStartObject();
            write(g);
            g.writeEndObject();
        });
    }

    private void write(JsonGenerator g) throws IOException {
        Optional<TrackitStatus> status = recording.status();
        g.writeBooleanField("running", status.isPresent());
        g.writeStringField("version", version());
        if (status.isPresent()) {
            Path folder = recording.reader().watchedFolder();
            AgentStatusJson.write(g, status.get(), folder, new Extra());
            slowdown(g, status.get());
        } else {
            g.writeStringField("watching", recording.reader().watchedFolder().toString());
            g.writeArrayFieldStart("kernels");
            g.writeEndArray();
            g.writeObjectFieldStart("store");
            new Extra().store(g);
            g.writeEndObject();
            EntryJson.strings(g, "warnings", List.of());
        }
    }

    private static String version() {
        return Objects.requireNonNullElse(StateView.class.getPackage().getImplementationVersion(), "development");
    }

    private final class Extra implements AgentStatusJson.More {
        @Override
        public void kernel(JsonGenerator g, TrackitStatus.Kernel kernel) throws IOException {
            Optional<NotebookRow> row = kernel.notebook() == null ? Optional.empty() : catalog.find(kernel.notebook());
            RecordJson.text(g, "notebookId", row.map(NotebookRow::id).orElse(null));
        }

        @Override
        public void store(JsonGenerator g) throws IOException {
            g.writeStringField("folder", recording.reader().dataFolder().toString());
            NotebookJson.number(g, "bytes", size());
        }
    }

    private static void slowdown(JsonGenerator g, TrackitStatus status) throws IOException {
        long executions =
                status.kernels().stream().mapToLong(k -> k.kernel().captured()).sum();
        long received =
                status.kernels().stream().mapToLong(k -> k.kernel().bytes()).sum();
        double cost = executions * SECONDS_PER_EXECUTION + received * SECONDS_PER_BYTE;
        double elapsed =
                Math.max(1, Duration.between(status.startedAt(), Instant.now()).toMillis() / 1_000.0);
        double percent = 100 * cost / elapsed;
        g.writeObjectFieldStart("slowdown");
        // Steps, so that the stream of events does not tell of each second that passes.
        double shown = percent < 0.1 ? 0.1 : Math.ceil(percent * 10) / 10;
        g.writeNumberField("percent", shown);
        g.writeStringField(
                "text",
                String.format(
                        Locale.ROOT,
                        "%s %.1f %% of the kernels' time, by the measured cost of a cell and of a byte",
                        percent < 0.1 ? "less than" : "about",
                        shown));
        g.writeEndObject();
    }

    private void findings(JsonGenerator g, @Nullable List<Finding> found) throws IOException {
        if (found == null) {
            g.writeNullField("findings");
            return;
        }
        g.writeArrayFieldStart("findings");
        for (Finding finding : found) {
            g.writeStartObject();
            g.writeStringField("area", finding.area());
            g.writeStringField("level", RecordJson.word(finding.level()));
            g.writeStringField("text", finding.text());
            g.writeStringField("finding", finding.text());
            RecordJson.text(g, "advice", finding.advice().isEmpty() ? null : finding.advice());
            g.writeEndObject();
        }
        g.writeEndArray();
    }

    /** What the doctor found last; null while it looks for the first time. It looks again once a minute, while somebody asks. */
    private synchronized @Nullable List<Finding> findings() {
        Instant now = clock.instant();
        if (!looking && now.minus(LOOK_AGAIN).isAfter(looked)) {
            looking = true;
            background.execute(() -> {
                List<Finding> found = examine();
                synchronized (this) {
                    findings = found;
                    looked = clock.instant();
                    looking = false;
                }
            });
        }
        return findings;
    }

    private List<Finding> examine() {
        try {
            return List.copyOf(Examination.of(
                            recording.reader().watchedFolder(),
                            recording.reader().dataFolder())
                    .look((done, next) -> {}));
        } catch (RuntimeException e) {
            return List.of();
        }
    }

    /** How large the data folder is. */
    private synchronized long size() {
        Instant now = clock.instant();
        if (now.minus(MEASURE_AGAIN).isAfter(measured)) {
            measured = now;
            background.execute(() -> {
                long size = measure(recording.reader().dataFolder());
                synchronized (this) {
                    bytes = size;
                }
            });
        }
        return bytes;
    }

    private static long measure(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return -1;
        }
    }
}
