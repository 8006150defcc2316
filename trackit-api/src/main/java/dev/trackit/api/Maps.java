package dev.trackit.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies of maps that keep their order, so that logs and digests are the same from run to run. */
final class Maps {
    private Maps() {}

    static <K, V> Map<K, V> copyInOrder(Map<? extends K, ? extends V> map) {
        return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
