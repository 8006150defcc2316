package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A notebook as one file held it at one time.
 *
 * <p>Two notebooks are equal when their content is: path and time of reading do not count.
 */
public final class Notebook {
    private final Path path;
    private final String format;
    private final String language;
    private final String kernelName;
    private final List<Cell> cells;
    private final Digest digest;
    private final long bytes;
    private final Instant modifiedAt;

    private Notebook(Builder b) {
        this.path = b.path;
        this.format = b.format;
        this.language = b.language;
        this.kernelName = b.kernelName;
        this.cells = List.copyOf(b.cells);
        this.digest = b.digest;
        this.bytes = b.bytes;
        this.modifiedAt = b.modifiedAt;
    }

    /** Begins a notebook. @param digest the digest of the file's bytes */
    public static Builder builder(Path path, Digest digest) {
        return new Builder(path, digest);
    }

    /** The file, absolute. */
    public Path path() {
        return path;
    }

    /** The version of the format, for example {@code 4.5}. */
    public String format() {
        return format;
    }

    /** The language of the kernel in lower case, for example {@code python}; empty if the file does not say. */
    public String language() {
        return language;
    }

    /** The name of the kernel spec, for example {@code python3}; empty if the file does not say. */
    public String kernelName() {
        return kernelName;
    }

    /** The cells in order. */
    public List<Cell> cells() {
        return cells;
    }

    /** The digest of the file's bytes. */
    public Digest digest() {
        return digest;
    }

    /** The file's size in bytes. */
    public long bytes() {
        return bytes;
    }

    /** The file's time of last change. */
    public Instant modifiedAt() {
        return modifiedAt;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Notebook that
                && digest.equals(that.digest)
                && format.equals(that.format)
                && language.equals(that.language)
                && kernelName.equals(that.kernelName)
                && cells.equals(that.cells);
    }

    @Override
    public int hashCode() {
        return Objects.hash(digest, cells.size());
    }

    @Override
    public String toString() {
        return "Notebook[" + path + ", " + cells.size() + " cells]";
    }

    /** Builds a {@link Notebook}. Not safe for use by several threads. */
    public static final class Builder {
        private final Path path;
        private final Digest digest;
        private String format = "";
        private String language = "";
        private String kernelName = "";
        private List<Cell> cells = List.of();
        private long bytes;
        private Instant modifiedAt = Instant.EPOCH;

        private Builder(Path path, Digest digest) {
            this.path = requireNonNull(path, "path").toAbsolutePath().normalize();
            this.digest = requireNonNull(digest, "digest");
        }

        /** See {@link Notebook#format()}. */
        public Builder format(String format) {
            this.format = requireNonNull(format, "format");
            return this;
        }

        /** See {@link Notebook#language()}. */
        public Builder language(String language) {
            this.language = requireNonNull(language, "language");
            return this;
        }

        /** See {@link Notebook#kernelName()}. */
        public Builder kernelName(String kernelName) {
            this.kernelName = requireNonNull(kernelName, "kernelName");
            return this;
        }

        /** The cells in order. */
        public Builder cells(List<Cell> cells) {
            this.cells = requireNonNull(cells, "cells");
            return this;
        }

        /** The file's size in bytes. */
        public Builder bytes(long bytes) {
            this.bytes = bytes;
            return this;
        }

        /** The file's time of last change. */
        public Builder modifiedAt(Instant modifiedAt) {
            this.modifiedAt = requireNonNull(modifiedAt, "modifiedAt");
            return this;
        }

        /** The notebook. */
        public Notebook build() {
            return new Notebook(this);
        }
    }
}
