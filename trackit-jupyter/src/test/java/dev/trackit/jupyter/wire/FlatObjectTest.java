package dev.trackit.jupyter.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlatObjectTest {

    private static Map<String, JsonSpan> fields(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return FlatObject.fields(bytes, 0, bytes.length);
    }

    @Test
    void stringsNumbersAndWordsAreFoundWhereTheyStand() {
        Map<String, JsonSpan> fields =
                fields(" {\"code\": \"a = \\\"\\u00e9\\\"\\nü€😀\" , \"count\":-12,\"wait\":true, \"x\":null}\n");
        assertThat(fields.keySet()).containsExactly("code", "count", "wait", "x");
        assertThat(fields.get("code").text()).isEqualTo("a = \"é\"\nü€😀");
        assertThat(fields.get("count").integer()).hasValue(-12);
        assertThat(fields.get("wait").isTrue()).isTrue();
        assertThat(fields.get("x").text()).isEqualTo("null");
        assertThat(fields("{}")).isEmpty();
    }

    @Test
    void theLastOfTwoFieldsOfOneNameCounts() {
        assertThat(fields("{\"a\":1,\"a\":2}").get("a").integer()).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"a\":1",
                "{\"a\":1}x",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{a:1}",
                "{\"a\":\"b}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":01}",
                "{\"a\":-}",
                "{\"a\":nul}",
                "{\"a\":{}}",
                "{\"a\":[1]}",
                "{\"a\":1.5}",
                "{\"\\u0061\":1}",
                "{\"a\":truex}"
            })
    void whatIsNotCertainlyValidIsLeftToTheParser(String json) {
        assertThat(fields(json)).isNull();
    }

    @Test
    void bytesThatAreNotUtf8AreLeftToTheParser() {
        for (int[] wrong : new int[][] {
            {0x80}, {0xC3}, {0xC0, 0x80}, {0xE0, 0x80, 0x80}, {0xED, 0xA0, 0x80}, {0xF5, 0x80, 0x80, 0x80}
        }) {
            byte[] json = "{\"a\":\"......\"}".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < wrong.length; i++) {
                json[6 + i] = (byte) wrong[i];
            }
            assertThat(FlatObject.fields(json, 0, json.length)).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-02T08:00:00.123456Z",
                "2024-02-29T23:59:59.9Z",
                "1969-12-31T23:59:59.999999999Z",
                "0001-01-01T00:00:00.000001Z"
            })
    void timesAreReadAsTheParserReadsThem(String text) {
        assertThat(MessageHeader.instant(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-30T08:00:00.1Z",
                "2026-13-02T08:00:00.1Z",
                "2026-03-02T25:00:00.1Z",
                "2026-03-02 08:00:00.1Z",
                "soon"
            })
    void whatIsNoTimeIsNull(String text) {
        assertThat(MessageHeader.instant(text)).isNull();
    }
}
