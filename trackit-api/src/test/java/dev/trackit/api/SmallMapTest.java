package dev.trackit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SmallMapTest {

    @Test
    void fieldsOfARecordAreAMapLikeAnyOtherWhetherFewOrMany() {
        for (int size = 0; size <= SmallMap.MOST + 2; size++) {
            Map<String, Object> given = new LinkedHashMap<>();
            for (int i = 0; i < size; i++) {
                given.put("f" + (size - i), i % 3 == 0 ? null : (long) i);
            }
            Map<String, ?> fields =
                    LineageRecord.of("execution", Instant.EPOCH, given).fields();
            assertThat(fields.equals(given)).isTrue();
            assertThat(given.equals(fields)).isTrue();
            assertThat(fields.hashCode()).isEqualTo(given.hashCode());
            assertThat(fields).hasToString(given.toString());
            assertThat(new ArrayList<>(fields.keySet())).isEqualTo(new ArrayList<>(given.keySet()));
            List<String> walked = new ArrayList<>();
            fields.forEach((name, value) -> walked.add(name + "=" + value));
            assertThat(walked.toString()).isEqualTo(new ArrayList<>(given.entrySet()).toString());
            given.forEach((name, value) -> {
                assertThat((Object) fields.get(name)).isEqualTo(value);
                assertThat(fields.containsKey(name)).isTrue();
            });
            assertThat(fields.containsKey("other")).isFalse();
            assertThat((Object) fields.get("other")).isNull();
        }
    }

    @Test
    void fieldsOfARecordCannotBeChanged() {
        Map<String, Object> given = new HashMap<>(Map.of("a", 1L));
        Map<String, Object> fields =
                LineageRecord.of("execution", Instant.EPOCH, given).fields();
        given.put("a", 2L);
        assertThat(fields).containsEntry("a", 1L);
        assertThatThrownBy(() -> fields.put("b", 1L)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> fields.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(fields::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> fields.entrySet().iterator().next().setValue(3L))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
