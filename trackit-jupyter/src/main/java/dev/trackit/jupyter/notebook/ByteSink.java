package dev.trackit.jupyter.notebook;

/** Takes bytes in parts. The array is lent for the call only. */
@FunctionalInterface
interface ByteSink {
    /** Takes a part of an array. */
    void write(byte[] bytes, int offset, int length);
}
