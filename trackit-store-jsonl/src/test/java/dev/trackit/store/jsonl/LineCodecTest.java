package dev.trackit.store.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineCodecTest {
    private static final Instant AT = Instant.parse("2026-03-14T09:26:53.5Z");

    @Test
    void eachCharacterOfThePlaneComesBack() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c < 0x10000; c++) {
            all.append((char) c).append(' ');
        }
        for (int c = 0x10000; c < 0x110000; c += 0x101) {
            all.appendCodePoint(c);
        }
        LineageRecord record = LineageRecord.of("text", AT, Map.of("all", all.toString()));
        assertThat(decode(encode(record)).orElseThrow().fields()).isEqualTo(replaced(record));
    }

    @Test
    void randomTextsOfSurrogatesComeBack() {
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(3000); j > 0; j--) {
                text.append((char) (random.nextInt(4) == 0 ? 'a' : 0xD800 + random.nextInt(0x800)));
            }
            LineageRecord record = LineageRecord.of("text", AT, Map.of("t", text.toString()));
            assertThat(decode(encode(record)).orElseThrow().fields()).isEqualTo(replaced(record));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-14T09:26:53Z", "1969-12-31T23:59:59.999999999Z", "2026-03-14T00:00:00.000001Z",
                        "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.120Z", "-0044-03-15T12:00:00Z", "+12345-01-01T00:00:00Z",
                        "2026-03-14T09:26:53.000120Z"
            })
    void timesAreWrittenAsJavaWritesThemAndComeBack(String text) {
        Instant at = Instant.parse(text);
        String line = encode(LineageRecord.of("time", at, Map.of()));
        assertThat(line).contains("\"at\":\"" + at + "\"");
        assertThat(decode(line).orElseThrow().recordedAt()).isEqualTo(at);
    }

    @Test
    void timesInOtherFormsAreReadToo() {
        assertThat(decode(line("{}").replace(AT.toString(), "2026-03-14T10:26:53.5+01:00"))
                        .orElseThrow()
                        .recordedAt())
                .isEqualTo(AT);
        assertThat(decode(line("{}").replace(AT.toString(), "yesterday"))).isEmpty();
        assertThat(decode(line("{}").replace(AT.toString(), "2026-02-30T09:26:53Z")))
                .isEmpty();
    }

    @Test
    void numbersThatNeitherLongNorDoubleHoldAreCarriedAsText() {
        assertThat(decode(
                                line(
                                        "{\"a\":9223372036854775808,\"b\":-123456789012345678901234567890,\"c\":1e999,\"d\":-1e999}"))
                        .orElseThrow()
                        .fields())
                .isEqualTo(Map.of(
                        "a",
                        "9223372036854775808",
                        "b",
                        "-123456789012345678901234567890",
                        "c",
                        "1e999",
                        "d",
                        "-1e999"));
        assertThat(decode(line("{\"a\":9223372036854775807,\"b\":1e3,\"c\":1e-999}"))
                        .orElseThrow()
                        .fields())
                .isEqualTo(Map.of("a", Long.MAX_VALUE, "b", 1000.0, "c", 0.0));
    }

    @Test
    void ofMembersWithTheSameNameTheLastCounts() {
        assertThat(decode(line("{\"a\":1,\"a\":2}")).orElseThrow().fields()).isEqualTo(Map.of("a", 2L));
    }

    @Test
    void membersOfLaterVersionsArePassedOver() {
        String line = "{\"v\":1,\"n\":1,\"new\":[{\"type\":\"no\"}],\"type\":\"yes\",\"at\":\"" + AT
                + "\",\"data\":{\"a\":{\"b\":[]}},\"later\":null,\"chain\":\"x\"}";
        assertThat(decode(line)).contains(LineageRecord.of("yes", AT, Map.of("a", Map.of("b", List.of()))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "{\"type\":\"a\",\"at\":\"2026-03-14T09:26:53Z\",\"data\":[]}",
                "{\"type\":\"A B\",\"at\":\"2026-03-14T09:26:53Z\",\"data\":{}}",
                "{\"type\":\"a\",\"data\":{}}",
                "{\"type\":\"a\",\"at\":\"2026-03-14T09:26:53Z\",\"data\":{}}trailing",
                "{\"type\":\"a\",\"at\":\"2026-03-14T09:26:53Z\",\"data\":{\"x\":NaN}}",
                "{\"type\":\"a\",\"at\":\"2026-03-14T09:26:53Z\",\"data\":{\"x\":\"\u0001\"}}",
                "{\"type\":\"a\",\"at\":\"2026-03-14T09:26:53Z\",\"data\":{\"x\":"
            })
    void whatIsNoRecordIsNotRead(String line) {
        assertThat(decode(line)).isEmpty();
    }

    @Test
    void nestingBeyondWhatARecordMayHaveIsNotReadAndDoesNotOverflow() {
        assertThat(decode(line("{\"a\":" + "[".repeat(60) + "]".repeat(60) + "}")))
                .isPresent();
        for (int depth : new int[] {70, 99, 101, 100_000}) {
            assertThat(decode(line("{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}")))
                    .isEmpty();
            assertThat(decode(line("{\"a\":" + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth) + "}")))
                    .isEmpty();
        }
    }

    @Test
    void aRecordLargerThanALineMayBeIsRefusedAndTheLinesBeforeItStay() {
        LineEncoder encoder = new LineEncoder();
        encoder.begin(LineFormat.origin(), 0);
        encoder.record(LineageRecord.of("small", AT, Map.of()));
        int length = encoder.length();
        byte[] link = encoder.link();
        String part = "x".repeat(1 << 20);
        LineageRecord large = LineageRecord.of("large", AT, Map.of("parts", Collections.nCopies(128, part)));
        assertThatThrownBy(() -> encoder.record(large))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("type large")
                .hasMessageContaining("payloads");
        assertThat(encoder.length()).isEqualTo(length);
        assertThat(encoder.link()).isEqualTo(link);
        assertThat(encoder.number()).isEqualTo(1);
    }

    @Test
    void aRecordWithMoreValuesThanALineMayHoldIsRefused() {
        List<Boolean> many = new ArrayList<>(Collections.nCopies(LineEncoder.MAX_VALUES, true));
        LineEncoder encoder = new LineEncoder();
        assertThatThrownBy(() -> encoder.record(LineageRecord.of("many", AT, Map.of("many", many))))
                .isInstanceOf(StoreException.class);
    }

    /** Java, too, has no UTF-8 for half of a pair. */
    private static Map<String, Object> replaced(LineageRecord record) {
        Map<String, Object> fields = new HashMap<>();
        record.fields()
                .forEach((name, text) -> fields.put(
                        name,
                        new String(
                                String.valueOf(text).getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE)));
        return fields;
    }

    private static String line(String data) {
        return "{\"v\":1,\"n\":1,\"type\":\"a\",\"at\":\"" + AT + "\",\"data\":" + data + ",\"chain\":\"\"}";
    }

    private static String encode(LineageRecord record) {
        LineEncoder encoder = new LineEncoder();
        encoder.begin(LineFormat.origin(), 0);
        encoder.record(record);
        String line = new String(encoder.array(), 0, encoder.length(), StandardCharsets.UTF_8);
        assertThat(line).endsWith("}\n").doesNotContain("\r");
        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
        return line.substring(0, line.length() - 1);
    }

    private static Optional<LineageRecord> decode(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return new LineDecoder().decode(bytes, 0, bytes.length);
    }
}
