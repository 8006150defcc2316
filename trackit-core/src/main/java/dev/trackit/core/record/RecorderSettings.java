package dev.trackit.core.record;

import dev.trackit.api.Cell;
import dev.trackit.api.Notebook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How a {@link Recorder} is set up. Begins with defaults; its methods change it and return it. Not safe for use by several threads. */
public final class RecorderSettings {
    Clock clock = Clock.systemUTC();
    Path watchedFolder = Path.of("").toAbsolutePath();
    boolean allKernels;
    boolean recordWorkedOn = true;
    boolean recordAll;
    int queueEvents = 65_536;
    long queueBytes = 64L << 20;
    Duration resumeGrace = Duration.ofSeconds(30);
    Duration firstRetry = Duration.ofMillis(100);

    @Nullable
    UnaryOperator<String> redaction;

    Consumer<Recorded> listener = recorded -> {};
    Function<Path, @Nullable Notebook> notebookReader = path -> null;
    Predicate<Path> fileExists = Files::exists;
    BiConsumer<Path, List<Cell>> follow = (path, known) -> {};
    Consumer<Path> unfollow = path -> {};
    String version = "";

    /** The clock that stamps records. */
    public RecorderSettings clock(Clock value) {
        this.clock = value;
        return this;
    }

    /** The folder whose notebooks are recorded. */
    public RecorderSettings watchedFolder(Path value) {
        this.watchedFolder = value.toAbsolutePath().normalize();
        return this;
    }

    /** Whether kernels whose notebooks are elsewhere are recorded too. */
    public RecorderSettings allKernels(boolean value) {
        this.allKernels = value;
        return this;
    }

    /** Which notebooks are recorded that were not named: those that are worked on, all that are found, or none. */
    public RecorderSettings unnamedNotebooks(boolean workedOn, boolean all) {
        this.recordWorkedOn = workedOn;
        this.recordAll = all;
        return this;
    }

    /** How much may wait. */
    public RecorderSettings queueLimits(int events, long bytes) {
        this.queueEvents = events;
        this.queueBytes = bytes;
        return this;
    }

    /** How long a session that was open when the agent stopped may take to be found again. */
    public RecorderSettings resumeGrace(Duration value) {
        this.resumeGrace = value;
        return this;
    }

    /** How long after a failed write the first attempt is made again; later ones take longer, up to five seconds. */
    public RecorderSettings firstRetry(Duration value) {
        this.firstRetry = value;
        return this;
    }

    /** Changes texts before they are recorded; null to record them as they are. */
    public RecorderSettings redaction(@Nullable UnaryOperator<String> value) {
        this.redaction = value;
        return this;
    }

    /** Is told, on the recorder's thread, what became durable; must be quick. */
    public RecorderSettings listener(Consumer<Recorded> value) {
        this.listener = value;
        return this;
    }

    /** Reads a notebook that was found but not kept in memory; returns null if it cannot. */
    public RecorderSettings notebookReader(Function<Path, @Nullable Notebook> value) {
        this.notebookReader = value;
        return this;
    }

    /**
     * How sources are told that the content of a notebook is wanted from now on, with the cells of its last record, and that it is not any
     * more. Called on the recorder's thread.
     */
    public RecorderSettings followers(BiConsumer<Path, List<Cell>> following, Consumer<Path> unfollowing) {
        this.follow = following;
        this.unfollow = unfollowing;
        return this;
    }

    /** Whether a file exists; told apart from the file system for tests. */
    public RecorderSettings fileExists(Predicate<Path> value) {
        this.fileExists = value;
        return this;
    }

    /** The version that stands in the agent's log. */
    public RecorderSettings version(String value) {
        this.version = value;
        return this;
    }
}
