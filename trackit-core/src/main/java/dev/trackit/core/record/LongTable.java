package dev.trackit.core.record;

/**
 * Numbers by 64-bit keys that are digests or hashes: what a session has seen, which grows with each execution for as long as the session lasts. An
 * open table costs an eighth of the memory of a map of boxed numbers, and one miss of the processor's cache where that takes several. Nothing is
 * ever removed. Used by one thread.
 */
final class LongTable {
    private static final int SMALLEST = 64;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private long[] keys = new long[SMALLEST];
    private int[] values = new int[SMALLEST];
    private int size;

    /** A key for a text: among a million texts, the chance that any two share one is below one in ten million. */
    static long key(String text) {
        long hash = 0;
        for (int i = 0; i < text.length(); i++) {
            hash = hash * SPREAD + text.charAt(i);
        }
        return hash ^ hash >>> 32;
    }

    /** The number of this key; 0 if it has none. */
    int at(long key) {
        return values[place(keys, filled(key))];
    }

    boolean has(long key) {
        return at(key) != 0;
    }

    /** Gives a key a number, in the place of the one it has. @param value other than 0 */
    void put(long key, int value) {
        long filled = filled(key);
        int place = place(keys, filled);
        if (keys[place] == 0) {
            if (2 * ++size > keys.length) {
                grow();
                place = place(keys, filled);
            }
            keys[place] = filled;
        }
        values[place] = value;
    }

    void add(long key) {
        put(key, 1);
    }

    void addAll(LongTable other) {
        for (int i = 0; i < other.keys.length; i++) {
            if (other.keys[i] != 0) {
                put(other.keys[i], other.values[i]);
            }
        }
    }

    private void grow() {
        long[] largerKeys = new long[2 * keys.length];
        int[] largerValues = new int[2 * keys.length];
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != 0) {
                int place = place(largerKeys, keys[i]);
                largerKeys[place] = keys[i];
                largerValues[place] = values[i];
            }
        }
        keys = largerKeys;
        values = largerValues;
    }

    /** 0 marks a free place. */
    private static long filled(long key) {
        return key == 0 ? 1 : key;
    }

    /** Where the key stands in a table, or would. */
    private static int place(long[] table, long key) {
        int place = (int) (key * SPREAD >>> 32) & table.length - 1;
        while (table[place] != 0 && table[place] != key) {
            place = place + 1 & table.length - 1;
        }
        return place;
    }
}
