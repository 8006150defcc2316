package dev.trackit.core.record;

import dev.trackit.api.Digest;
import dev.trackit.api.LineageRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a record, read with indulgence: a field that is absent, or of a type that this version does not expect, reads as
 * empty. So a log of a newer version, or one that was edited by hand, is read as far as it can be understood.
 *
 * @param values the fields
 */
public record Fields(Map<String, @Nullable Object> values) {
    private static final Map<Enum<?>, String> WRITTEN = new ConcurrentHashMap<>();

    /** The fields of this record. */
    public static Fields of(LineageRecord record) {
        return new Fields(record.fields());
    }

    /** The text of a field; empty if it has none. */
    public String text(String name) {
        return values.get(name) instanceof String text ? text : "";
    }

    /** Whether the field holds a text. */
    public boolean hasText(String name) {
        return values.get(name) instanceof String;
    }

    /** The number in a field, or this default. */
    public long number(String name, long absent) {
        return values.get(name) instanceof Long number ? number : absent;
    }

    /** The number in a field, if it is there and fits. */
    public @Nullable Integer integer(String name) {
        return values.get(name) instanceof Long number && number == number.intValue() ? number.intValue() : null;
    }

    /** Whether the field is {@code true}. */
    public boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    /** The time in a field, written as ISO 8601. */
    public @Nullable Instant time(String name) {
        if (values.get(name) instanceof String text && !text.isEmpty()) {
            try {
                return TimeText.read(text);
            } catch (DateTimeException e) {
                return null;
            }
        }
        return null;
    }

    /** The digest in a field. */
    public Optional<Digest> digest(String name) {
        if (values.get(name) instanceof String text) {
            try {
                return Optional.of(new Digest(text));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The texts of a list; other elements are passed over. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (values.get(name) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof String text) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    /** The objects of a list; other elements are passed over. */
    public List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        if (values.get(name) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> map) {
                    objects.add(new Fields(named(map)));
                }
            }
        }
        return objects;
    }

    /** The object in a field; one without fields if there is none. */
    public Fields object(String name) {
        return values.get(name) instanceof Map<?, ?> map ? new Fields(named(map)) : new Fields(Map.of());
    }

    /** The texts of the object in a field, by name. */
    public Map<String, String> textsByName(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (values.get(name) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (key instanceof String k && value instanceof String v) {
                    texts.put(k, v);
                }
            });
        }
        return texts;
    }

    /** The constant of this enum whose name, in lower case with hyphens, stands in the field. */
    public <E extends Enum<E>> E constant(String name, E[] constants, E absent) {
        String text = text(name);
        for (E constant : constants) {
            if (written(constant).equals(text)) {
                return constant;
            }
        }
        return absent;
    }

    /** How an enum's constant is written in a log: {@code CODE_AND_COUNT} as {@code code-and-count}. */
    public static String written(Enum<?> constant) {
        return WRITTEN.computeIfAbsent(constant, Fields::toWritten);
    }

    private static String toWritten(Enum<?> constant) {
        String name = constant.name();
        StringBuilder out = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            out.append(c == '_' ? '-' : (char) (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c));
        }
        return out.toString();
    }

    private static Map<String, @Nullable Object> named(Map<?, ?> map) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>(map.size() * 2);
        map.forEach((key, value) -> {
            if (key instanceof String name) {
                named.put(name, value);
            }
        });
        return named;
    }
}
