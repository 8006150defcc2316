package dev.trackit.runner.record;

import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.Gap;
import dev.trackit.api.NotebookId;
import dev.trackit.api.Session;
import dev.trackit.api.TrackitException;
import dev.trackit.core.NotebookSummary;
import dev.trackit.core.TrackitListener;
import dev.trackit.core.TrackitReader;
import dev.trackit.core.timeline.Snapshot;
import dev.trackit.runner.cli.Console;
import dev.trackit.runner.cli.Environment;
import dev.trackit.runner.cli.Style;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.cli.Wording;
import dev.trackit.runner.read.RecordJson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One line for each thing that was recorded, as it is recorded. */
final class LiveLines implements TrackitListener, AutoCloseable {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final Console console;
    private final Environment environment;
    private final Style style;
    private final boolean json;
    private final Map<NotebookId, String> names = new ConcurrentHashMap<>();
    private final AtomicLong executions = new AtomicLong();
    private final AtomicLong snapshots = new AtomicLong();
    private final AtomicLong gaps = new AtomicLong();
    private volatile @Nullable TrackitReader reader;
    private volatile boolean closed;

    LiveLines(Console console, Environment environment, boolean json) {
        this.console = console;
        this.environment = environment;
        this.style = console.style();
        this.json = json;
    }

    /** Where names of notebooks are looked up. */
    void notebooksFrom(TrackitReader newReader) {
        reader = newReader;
    }

    long executions() {
        return executions.get();
    }

    long snapshots() {
        return snapshots.get();
    }

    long gaps() {
        return gaps.get();
    }

    @Override
    public void onExecution(NotebookId notebook, Execution execution) {
        executions.incrementAndGet();
        if (json) {
            console.json(g -> RecordJson.execution(g, execution, name(notebook)));
            console.flush();
            return;
        }
        String count = execution.executionCount().isPresent()
                ? "[" + execution.executionCount().getAsInt() + "]"
                : "[ ]";
        String cell = execution.cell().isSettled() && execution.cell().cellIndex() >= 0
                ? "cell " + execution.cell().cellIndex()
                : "";
        List<String> code = TerminalText.clean(execution.code())
                .lines()
                .filter(l -> !l.isBlank())
                .toList();
        String more = code.size() > 1 ? "  (+" + Wording.count(code.size() - 1, "line") + ")" : "";
        String head = TerminalText.pad(count, 6) + " " + TerminalText.pad(cell, 8) + " " + outcome(execution) + "  ";
        int room = console.columns() == Integer.MAX_VALUE
                ? 120
                : console.columns() - 40 - TerminalText.width(name(notebook)) - more.length();
        line(
                execution.finishedAt().orElse(null),
                notebook,
                head
                        + TerminalText.fit(code.isEmpty() ? "" : code.get(0).strip(), Math.max(20, room))
                        + style.dim(more));
    }

    private String outcome(Execution execution) {
        if (execution.status() == ExecutionStatus.OK) {
            boolean timed =
                    execution.startedAt().isPresent() && execution.finishedAt().isPresent();
            String text = timed
                    ? Wording.duration(Duration.between(
                            execution.startedAt().get(), execution.finishedAt().get()))
                    : RecordJson.word(execution.origin());
            return style.green(TerminalText.pad(text, 9));
        }
        return style.red(TerminalText.pad(RecordJson.word(execution.status()), 9));
    }

    @Override
    public void onGap(NotebookId notebook, Gap gap) {
        gaps.incrementAndGet();
        if (json) {
            Instant now = environment.clock().instant();
            console.json(g -> RecordJson.gap(g, gap, now, name(notebook)));
            console.flush();
        } else {
            line(null, notebook, style.yellow("gap: " + TerminalText.line(gap.detail())));
        }
    }

    @Override
    public void onSnapshot(NotebookId notebook, Snapshot snapshot) {
        snapshots.incrementAndGet();
        if (!json) {
            line(
                    snapshot.at(),
                    notebook,
                    style.dim("saved, " + Wording.count(snapshot.changedCells().size(), "cell") + " changed"));
        }
    }

    @Override
    public void onSessionStarted(NotebookId notebook, Session session) {
        if (!json) {
            String kernel = session.kernelName().isEmpty() ? session.language() : session.kernelName();
            line(
                    null,
                    notebook,
                    style.dim("session started" + (kernel.isEmpty() ? "" : ", " + TerminalText.line(kernel))));
        }
    }

    @Override
    public void onSessionEnded(NotebookId notebook, String sessionId, String reason) {
        if (!json) {
            line(null, notebook, style.dim("session ended: " + TerminalText.line(reason)));
        }
    }

    private synchronized void line(@Nullable Instant at, NotebookId notebook, String text) {
        if (closed) {
            return;
        }
        ZonedDateTime time =
                ZonedDateTime.ofInstant(at == null ? environment.clock().instant() : at, environment.zone());
        console.line(CLOCK.format(time) + "  " + style.cyan(name(notebook)) + "  " + text);
        console.flush();
    }

    /** The notebook's path, as a person in the working folder would write it. */
    private String name(NotebookId notebook) {
        String known = names.get(notebook);
        if (known != null) {
            return known;
        }
        TrackitReader from = reader;
        if (from == null) {
            return notebook.value();
        }
        try {
            for (NotebookSummary summary : from.notebooks()) {
                Path path = summary.path();
                if (path != null) {
                    names.put(summary.id(), json ? path.toString() : environment.display(path));
                }
            }
        } catch (TrackitException e) {
            // Only the name is missing: the id serves.
        }
        return names.computeIfAbsent(notebook, NotebookId::value);
    }

    /** Says no more. */
    @Override
    public void close() {
        closed = true;
    }
}
