package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The few fields of a record, in order, in one array: a map of nodes takes eight times the memory, and a record is made for each execution and
 * each line that is read. Immutable.
 */
final class SmallMap extends AbstractMap<String, @Nullable Object> {
    /** With more entries than this a hash table finds them faster. */
    static final int MOST = 16;

    /** Names and values in turn. */
    private final @Nullable Object[] entries;

    private SmallMap(@Nullable Object[] entries) {
        this.entries = entries;
    }

    /** A copy of a map whose keys are strings. @param values makes the copy of each value */
    static SmallMap of(Map<?, ?> map, Function<@Nullable Object, @Nullable Object> values) {
        @Nullable Object[] entries = new @Nullable Object[2 * map.size()];
        int at = 0;
        for (Map.Entry<?, ?> e : map.entrySet()) {
            entries[at++] = (String) requireNonNull(e.getKey(), "field name");
            entries[at++] = values.apply(e.getValue());
        }
        return new SmallMap(entries);
    }

    @Override
    public int size() {
        return entries.length / 2;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return find(key) >= 0;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        int at = find(key);
        return at < 0 ? null : entries[at + 1];
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super @Nullable Object> action) {
        for (int i = 0; i < entries.length; i += 2) {
            action.accept(name(i), entries[i + 1]);
        }
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        return new Entries();
    }

    private int find(@Nullable Object key) {
        for (int i = 0; i < entries.length; i += 2) {
            if (name(i).equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private String name(int at) {
        return (String) requireNonNull(entries[at]);
    }

    private final class Entries extends AbstractSet<Map.Entry<String, @Nullable Object>> {
        @Override
        public int size() {
            return SmallMap.this.size();
        }

        @Override
        public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < entries.length;
                }

                @Override
                public Map.Entry<String, @Nullable Object> next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    next += 2;
                    return new AbstractMap.SimpleImmutableEntry<>(name(next - 2), entries[next - 1]);
                }
            };
        }
    }
}
