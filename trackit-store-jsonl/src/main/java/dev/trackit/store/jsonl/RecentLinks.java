package dev.trackit.store.jsonl;

import java.util.Arrays;

/**
 * The links of the last records that a reader passed, to find where a log that was cut parted from it. Not safe for use by several
 * threads.
 */
final class RecentLinks {
    static final int SIZE = 1024;

    private final byte[][] links = new byte[SIZE][];
    private final long[] numbers = new long[SIZE];

    /** Remembers a record's link; the array is kept. */
    void add(long number, byte[] link) {
        int slot = (int) (number % SIZE);
        numbers[slot] = number;
        links[slot] = link;
    }

    /** Whether the record of this number is remembered with another link. */
    boolean contradicts(long number, byte[] link) {
        int slot = (int) (number % SIZE);
        return numbers[slot] == number && !Arrays.equals(links[slot], link);
    }
}
