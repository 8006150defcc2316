package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One life of a kernel: from its start or restart to its end. Each restart begins a new session with an empty namespace
 * and counts from 1.
 */
public final class Session {
    private final String id;
    private final String kernelId;
    private final String kernelName;
    private final String language;
    private final @Nullable Path workingFolder;
    private final @Nullable Instant startedAt;
    private final boolean live;

    private Session(Builder b) {
        this.id = b.id;
        this.kernelId = b.kernelId;
        this.kernelName = b.kernelName;
        this.language = b.language;
        this.workingFolder = b.workingFolder;
        this.startedAt = b.startedAt;
        this.live = b.live;
    }

    /** Begins a live session. @param kernelId the kernel, the same across restarts */
    public static Builder builder(String id, String kernelId) {
        return new Builder(id, kernelId);
    }

    /** The id, unique for ever. */
    public String id() {
        return id;
    }

    /** The kernel, the same across restarts; for an import, the notebook file. */
    public String kernelId() {
        return kernelId;
    }

    /** The kernel spec's name, for example {@code python3}; empty if not known. */
    public String kernelName() {
        return kernelName;
    }

    /** The language in lower case, for example {@code python}; empty if not known. */
    public String language() {
        return language;
    }

    /** The folder in which the kernel was started, against which relative paths in code are resolved. */
    public Optional<Path> workingFolder() {
        return Optional.ofNullable(workingFolder);
    }

    /** When the kernel started, or was first seen. */
    public Optional<Instant> startedAt() {
        return Optional.ofNullable(startedAt);
    }

    /** False for a session that stands for a saved notebook's counts. */
    public boolean live() {
        return live;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Session that
                && id.equals(that.id)
                && kernelId.equals(that.kernelId)
                && kernelName.equals(that.kernelName)
                && language.equals(that.language)
                && Objects.equals(workingFolder, that.workingFolder)
                && Objects.equals(startedAt, that.startedAt)
                && live == that.live;
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "Session[" + id + " " + (kernelName.isEmpty() ? language : kernelName) + "]";
    }

    /** Builds a {@link Session}. Not safe for use by several threads. */
    public static final class Builder {
        private final String id;
        private final String kernelId;
        private String kernelName = "";
        private String language = "";
        private @Nullable Path workingFolder;
        private @Nullable Instant startedAt;
        private boolean live = true;

        private Builder(String id, String kernelId) {
            this.id = requireNonNull(id, "id");
            this.kernelId = requireNonNull(kernelId, "kernelId");
        }

        /** See {@link Session#kernelName()}. */
        public Builder kernelName(String kernelName) {
            this.kernelName = requireNonNull(kernelName, "kernelName");
            return this;
        }

        /** See {@link Session#language()}. */
        public Builder language(String language) {
            this.language = requireNonNull(language, "language");
            return this;
        }

        /** See {@link Session#workingFolder()}. */
        public Builder workingFolder(@Nullable Path workingFolder) {
            this.workingFolder = workingFolder;
            return this;
        }

        /** See {@link Session#startedAt()}. */
        public Builder startedAt(@Nullable Instant startedAt) {
            this.startedAt = startedAt;
            return this;
        }

        /** See {@link Session#live()}. */
        public Builder live(boolean live) {
            this.live = live;
            return this;
        }

        /** The session. */
        public Session build() {
            return new Session(this);
        }
    }
}
