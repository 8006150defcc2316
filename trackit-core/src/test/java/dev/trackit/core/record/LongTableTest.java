package dev.trackit.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LongTableTest {

    @Test
    void itHoldsWhatAMapWouldHold() {
        Random random = new Random(7);
        Map<Long, Integer> map = new HashMap<>();
        LongTable table = new LongTable();
        for (int i = 0; i < 20_000; i++) {
            // Few and many different ones, neighbours, and 0.
            long key = i % 3 == 0 ? random.nextInt(500) : random.nextLong();
            int value = 1 + random.nextInt(100);
            map.put(key == 0 ? 1 : key, value);
            table.put(key, value);
        }
        map.forEach((key, value) -> assertThat(table.at(key)).isEqualTo(value));
        assertThat(table.has(0)).isEqualTo(map.containsKey(1L));
        for (int i = 0; i < 1_000; i++) {
            long key = random.nextLong();
            assertThat(table.has(key)).isEqualTo(map.containsKey(key));
        }
    }

    @Test
    void itTakesAllOfAnother() {
        LongTable one = new LongTable();
        LongTable other = new LongTable();
        one.add(3);
        for (int i = 5; i < 500; i++) {
            other.put(i, i);
        }
        one.addAll(other);
        assertThat(one.has(3)).isTrue();
        assertThat(one.at(499)).isEqualTo(499);
        assertThat(one.has(4)).isFalse();
    }

    @Test
    void idsThatFollowEachOtherHaveDifferentKeys() {
        Set<Long> keys = new HashSet<>();
        for (int i = 0; i < 200_000; i++) {
            keys.add(LongTable.key("9c7e1d2a-55aa4b1c8d3e00f1a2b3c4d5_" + i + "_" + (1_000_000 + i)));
        }
        assertThat(keys).hasSize(200_000);
    }
}
