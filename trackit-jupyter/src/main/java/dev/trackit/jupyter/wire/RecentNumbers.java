package dev.trackit.jupyter.wire;

/**
 * Numbers that came lately: at least the last so many, at most twice as many. Two open tables that take turns, since a set of boxed numbers costs
 * ten times the memory and, for each message, several misses of the processor's cache. The numbers must be random, as parts of digests are. Not safe
 * for use by several threads.
 */
final class RecentNumbers {
    private static final int SMALLEST = 256;

    private final int least;
    private long[] young = new long[SMALLEST];
    private long[] old = new long[SMALLEST];
    private int count;

    RecentNumbers(int least) {
        this.least = least;
    }

    /** Adds a number other than 0. @return false if it came lately */
    boolean add(long number) {
        if (old[place(old, number)] == number) {
            return false;
        }
        int place = place(young, number);
        if (young[place] == number) {
            return false;
        }
        young[place] = number;
        count++;
        if (count == least) {
            old = young;
            young = new long[old.length];
            count = 0;
        } else if (2 * count > young.length) {
            grow();
        }
        return true;
    }

    private void grow() {
        long[] larger = new long[2 * young.length];
        for (long number : young) {
            if (number != 0) {
                larger[place(larger, number)] = number;
            }
        }
        young = larger;
    }

    /** Where the number stands in a table, or would. */
    private static int place(long[] table, long number) {
        int place = (int) number & table.length - 1;
        while (table[place] != 0 && table[place] != number) {
            place = place + 1 & table.length - 1;
        }
        return place;
    }
}
