package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a log: a type, the time of recording, and fields.
 *
 * <p>A store carries records of any type and with any fields, also those of versions to come; only the core gives them
 * meaning (the types and their fields are listed in {@code docs/log-format.md}). A field's value is one of: {@link String},
 * {@link Boolean}, {@link Long}, {@link Double} (finite), a {@link List} of values, a {@link Map} from String to values, or
 * null in a map or list. Integers of any Java type become {@link Long}, and floats {@link Double}, so that a record is
 * equal to its copy that went through a store. Only half of a surrogate pair may come back as U+FFFD, as which it also counts
 * in a {@link Digest}.
 *
 * @param type the kind of record, for example {@code execution}: 1 to 64 of {@code a-z}, {@code 0-9}, {@code .}, {@code -}
 * @param recordedAt the recorder's clock when the record was made
 * @param fields the content, in order; deeply immutable
 */
public record LineageRecord(String type, Instant recordedAt, Map<String, @Nullable Object> fields) {
    private static final int MAX_DEPTH = 64;

    /** Checks and copies. @throws IllegalArgumentException if a value is of another type */
    public LineageRecord {
        requireNonNull(recordedAt, "recordedAt");
        if (!isType(type)) {
            throw new IllegalArgumentException("Not a record type: \"" + type + "\"");
        }
        fields = copyMap(fields, 0);
    }

    /** A record of these. */
    public static LineageRecord of(String type, Instant recordedAt, Map<String, ?> fields) {
        @SuppressWarnings("unchecked") // it is only read, and copied by the constructor
        Map<String, @Nullable Object> values = (Map<String, @Nullable Object>) fields;
        return new LineageRecord(type, recordedAt, values);
    }

    /** Type and time: never the content, which may be private. */
    @Override
    public String toString() {
        return "LineageRecord[" + type + " " + recordedAt + ", fields " + fields.keySet() + "]";
    }

    private static boolean isType(String type) {
        if (type.isEmpty() || type.length() > 64) {
            return false;
        }
        for (int i = 0; i < type.length(); i++) {
            char c = type.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-')) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, @Nullable Object> copyMap(Map<?, ?> map, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("Fields are nested deeper than " + MAX_DEPTH);
        }
        if (map.size() <= SmallMap.MOST) {
            return SmallMap.of(map, value -> copyValue(value, depth + 1));
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(map.size() * 2);
        for (Map.Entry<?, ?> e : map.entrySet()) {
            copy.put((String) requireNonNull(e.getKey(), "field name"), copyValue(e.getValue(), depth + 1));
        }
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object copyValue(@Nullable Object value, int depth) {
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Long) {
            return value;
        } else if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        } else if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (Double.isNaN(number) || Double.isInfinite(number)) {
                throw new IllegalArgumentException("A field cannot hold " + number);
            }
            return number;
        } else if (value instanceof Map<?, ?> map) {
            return copyMap(map, depth);
        } else if (value instanceof List<?> list) {
            if (depth > MAX_DEPTH) {
                throw new IllegalArgumentException("Fields are nested deeper than " + MAX_DEPTH);
            }
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            for (Object element : list) {
                copy.add(copyValue(element, depth + 1));
            }
            return Collections.unmodifiableList(copy);
        }
        throw new IllegalArgumentException(
                "A field cannot hold a " + value.getClass().getName());
    }
}
