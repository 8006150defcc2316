package dev.trackit.spi;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a provider is given when its service is opened. Immutable. */
public final class ProviderContext {
    private final Path watchedFolder;
    private final Path dataFolder;
    private final Clock clock;
    private final Map<String, String> options;

    private ProviderContext(Builder b) {
        this.watchedFolder = b.watchedFolder;
        this.dataFolder = b.dataFolder;
        this.clock = b.clock;
        this.options = Collections.unmodifiableMap(new LinkedHashMap<>(b.options));
    }

    /**
     * Begins a context.
     *
     * @param watchedFolder the folder whose notebooks are tracked
     * @param dataFolder where TrackIT keeps its data, usually {@code .trackit} in the watched folder; may not exist yet
     */
    public static Builder builder(Path watchedFolder, Path dataFolder) {
        return new Builder(watchedFolder, dataFolder);
    }

    /** The folder whose notebooks are tracked, absolute. */
    public Path watchedFolder() {
        return watchedFolder;
    }

    /** Where TrackIT keeps its data, absolute; may not exist yet. */
    public Path dataFolder() {
        return dataFolder;
    }

    /** The clock to use wherever the time of day is needed. */
    public Clock clock() {
        return clock;
    }

    /** One option by its name, which begins with the provider's id and a dot, for example {@code jsonl.segment-bytes}. */
    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** All options, in the order in which they were given. */
    public Map<String, String> options() {
        return options;
    }

    /** The folders and the names of the options: never their values, which may be secrets. */
    @Override
    public String toString() {
        return "ProviderContext[" + watchedFolder + ", " + dataFolder + ", options " + options.keySet() + "]";
    }

    /** Builds a {@link ProviderContext}. Not safe for use by several threads. */
    public static final class Builder {
        private final Path watchedFolder;
        private final Path dataFolder;
        private Clock clock = Clock.systemUTC();
        private final Map<String, String> options = new LinkedHashMap<>();

        private Builder(Path watchedFolder, Path dataFolder) {
            this.watchedFolder = requireNonNull(watchedFolder, "watchedFolder")
                    .toAbsolutePath()
                    .normalize();
            this.dataFolder =
                    requireNonNull(dataFolder, "dataFolder").toAbsolutePath().normalize();
        }

        /** The clock; without this call, the system's. */
        public Builder clock(Clock clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /** Adds or replaces one option. */
        public Builder option(String name, String value) {
            options.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
            return this;
        }

        /** The context. */
        public ProviderContext build() {
            return new ProviderContext(this);
        }
    }
}
