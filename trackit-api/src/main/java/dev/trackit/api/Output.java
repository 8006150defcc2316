package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One output of an execution: a stream of text, a display, the result of the last expression, or an error.
 *
 * <p>An output has a payload (the picture, the HTML table, the printed text) and a text form of it. The payload is known by
 * its digest and its length in bytes; whether its bytes were kept is the store's affair. The text is what a person reads
 * without rendering: the printed text itself, the {@code text/plain} twin of a rich display, the traceback of an error. A
 * very long text is cut, and then {@link #textCut()} is true while digest and length still speak of the whole.
 */
public final class Output {

    /** The four kinds, as the Jupyter message protocol and the notebook format name them. */
    public enum Type {
        /** Text written to standard output or standard error. */
        STREAM("stream"),
        /** A display of data, by {@code display(…)} or a plot. */
        DISPLAY("display_data"),
        /** The value of the cell's last expression. */
        RESULT("execute_result"),
        /** An exception with its traceback. */
        ERROR("error");

        private final String wireName;

        Type(String wireName) {
            this.wireName = wireName;
        }

        /** The name in messages, notebooks and logs. */
        public String wireName() {
            return wireName;
        }

        /** The type with this name in messages, notebooks and logs. */
        public static Optional<Type> ofWireName(String name) {
            for (Type type : values()) {
                if (type.wireName.equals(name)) {
                    return Optional.of(type);
                }
            }
            return Optional.empty();
        }
    }

    private final Type type;
    private final String name;
    private final String mime;
    private final String text;
    private final boolean textCut;
    private final Digest digest;
    private final long bytes;
    private final String displayId;

    private Output(Builder b) {
        this.type = b.type;
        this.name = b.name;
        this.mime = b.mime;
        this.text = b.text;
        this.textCut = b.textCut;
        this.digest = b.digest == null ? Digest.ofText(b.text) : b.digest;
        this.bytes = b.bytes;
        this.displayId = b.displayId;
    }

    /** A stream's text, whole. @param name {@code stdout} or {@code stderr} */
    public static Output stream(String name, String text) {
        return builder(Type.STREAM, "text/plain").name(name).text(text).build();
    }

    /** An error: the exception's class name and its message, and the traceback's text. */
    public static Output error(String name, String traceback) {
        return builder(Type.ERROR, "text/plain").name(name).text(traceback).build();
    }

    /** Begins an output. @param mime the media type of the payload, {@code text/plain} for streams and errors */
    public static Builder builder(Type type, String mime) {
        return new Builder(type, mime);
    }

    /** Which of the four kinds. */
    public Type type() {
        return type;
    }

    /** {@code stdout} or {@code stderr} of a stream, the exception's class name of an error, empty otherwise. */
    public String name() {
        return name;
    }

    /** The media type of the payload; the richest one where the kernel sent several. */
    public String mime() {
        return mime;
    }

    /** What a person reads without rendering; empty where there is no such form. */
    public String text() {
        return text;
    }

    /** Whether {@link #text()} is only the beginning. */
    public boolean textCut() {
        return textCut;
    }

    /** The digest of the whole payload: decoded bytes for pictures, UTF-8 for text. */
    public Digest digest() {
        return digest;
    }

    /** The length of the whole payload in bytes. */
    public long bytes() {
        return bytes;
    }

    /** The id by which a later message may update this display; empty if it has none. */
    public String displayId() {
        return displayId;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Output that
                && type == that.type
                && name.equals(that.name)
                && mime.equals(that.mime)
                && text.equals(that.text)
                && textCut == that.textCut
                && digest.equals(that.digest)
                && bytes == that.bytes
                && displayId.equals(that.displayId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, name, mime, digest);
    }

    /** Type, media type and length: never the content, which may be private. */
    @Override
    public String toString() {
        return "Output[" + type.wireName() + " " + mime + ", " + bytes + " bytes]";
    }

    /** Builds an {@link Output}. Not safe for use by several threads. */
    public static final class Builder {
        private final Type type;
        private final String mime;
        private String name = "";
        private String text = "";
        private boolean textCut;
        private @Nullable Digest digest;
        private long bytes = -1;
        private String displayId = "";

        private Builder(Type type, String mime) {
            this.type = requireNonNull(type, "type");
            this.mime = requireNonNull(mime, "mime");
        }

        /** See {@link Output#name()}. */
        public Builder name(String name) {
            this.name = requireNonNull(name, "name");
            return this;
        }

        /** The text form. */
        public Builder text(String text) {
            this.text = requireNonNull(text, "text");
            return this;
        }

        /** Says that the text is only a beginning. */
        public Builder textCut(boolean cut) {
            this.textCut = cut;
            return this;
        }

        /** The payload's digest and length; without this call, those of the text. */
        public Builder payload(Digest digest, long bytes) {
            this.digest = requireNonNull(digest, "digest");
            this.bytes = bytes;
            return this;
        }

        /** See {@link Output#displayId()}. */
        public Builder displayId(String displayId) {
            this.displayId = requireNonNull(displayId, "displayId");
            return this;
        }

        /** The output. */
        public Output build() {
            if (digest == null) {
                bytes = utf8Length(text);
            }
            return new Output(this);
        }

        private static long utf8Length(String text) {
            long length = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c < 0x80) {
                    length++;
                } else if (c < 0x800) {
                    length += 2;
                } else if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    length += 4;
                    i++;
                } else {
                    length += 3;
                }
            }
            return length;
        }
    }
}
