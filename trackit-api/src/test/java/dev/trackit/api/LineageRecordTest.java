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

class LineageRecordTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void numbersAreWidenedSoThatARecordEqualsItsStoredCopy() {
        LineageRecord record = LineageRecord.of("execution", NOW, Map.of("n", 7));
        assertThat(record).isEqualTo(LineageRecord.of("execution", NOW, Map.of("n", 7L)));
        assertThat(LineageRecord.of("x", NOW, Map.of("f", 0.5f)).fields()).containsEntry("f", 0.5d);
    }

    @Test
    void laterChangesOfWhatItWasMadeFromAreNotSeen() {
        List<Object> inner = new ArrayList<>(List.of("a"));
        Map<String, Object> fields = new HashMap<>(Map.of("list", inner));
        LineageRecord record = LineageRecord.of("x", NOW, fields);
        inner.add("b");
        fields.put("more", 1);
        assertThat(record.fields()).isEqualTo(Map.of("list", List.of("a")));
        assertThatThrownBy(() -> record.fields().put("y", 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void fieldsKeepTheirOrder() {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String name : List.of("zeta", "alpha", "mid")) {
            fields.put(name, name);
        }
        assertThat(LineageRecord.of("x", NOW, fields).fields().keySet()).containsExactly("zeta", "alpha", "mid");
    }

    @Test
    void nullIsAValueInMapsAndLists() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("nothing", null);
        List<Object> list = new ArrayList<>();
        list.add(null);
        fields.put("list", list);
        assertThat(LineageRecord.of("x", NOW, fields).fields()).isEqualTo(fields);
    }

    @Test
    void valuesThatNoLogCanHoldAreRejected() {
        assertThatThrownBy(() -> LineageRecord.of("x", NOW, Map.of("v", new Object())))
                .hasMessageContaining("java.lang.Object");
        assertThatThrownBy(() -> LineageRecord.of("x", NOW, Map.of("v", Double.NaN)))
                .hasMessageContaining("NaN");
        Map<String, Object> deep = Map.of("v", 1);
        for (int i = 0; i < 100; i++) {
            deep = Map.of("v", deep);
        }
        Map<String, Object> tooDeep = deep;
        assertThatThrownBy(() -> LineageRecord.of("x", NOW, tooDeep)).hasMessageContaining("nested deeper");
    }

    @Test
    void typesAreShortLowerCaseWords() {
        assertThat(LineageRecord.of("session.started", NOW, Map.of()).type()).isEqualTo("session.started");
        for (String bad : new String[] {"", "Execution", "a b", "x".repeat(65)}) {
            assertThatThrownBy(() -> LineageRecord.of(bad, NOW, Map.of())).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void toStringShowsNoContent() {
        assertThat(LineageRecord.of("execution", NOW, Map.of("code", "password = 'x'"))
                        .toString())
                .contains("execution", "code")
                .doesNotContain("password");
    }
}
