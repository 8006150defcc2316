package dev.trackit.jupyter.bytes;

/** Takes bytes in pieces. */
@FunctionalInterface
public interface ByteSink {
    /** Takes these bytes, which may change after the call. */
    void write(byte[] bytes, int offset, int length);
}
