package dev.trackit.jupyter.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonSpanTest {
    private static Map<String, JsonSpan> fields(String json) throws IOException {
        return JsonSpan.of(json.getBytes(StandardCharsets.UTF_8)).fields();
    }

    private static String text(String jsonString) throws IOException {
        return fields("{\"t\":" + jsonString + "}").get("t").text();
    }

    @Test
    void fieldsStandWhereTheyStandWithWhateverIsBetweenThem() throws IOException {
        Map<String, JsonSpan> fields =
                fields("{ \"a\" : \"x, y \" ,\n\"b\":[1, {\"c\": 2}] , \"d\" :-12 ,\"e\":true, \"f\": {} }");
        assertThat(fields.get("a").text()).isEqualTo("x, y ");
        assertThat(fields.get("b").elements()).extracting(JsonSpan::text).containsExactly("1", "{\"c\": 2}");
        assertThat(fields.get("d").integer()).hasValue(-12);
        assertThat(fields.get("e").isTrue()).isTrue();
        assertThat(fields.get("f").fields()).isEmpty();
        assertThat(fields).hasSize(5);
    }

    @Test
    void escapesAreWhatTheyMean() throws IOException {
        assertThat(text("\"a\\n\\t\\\"\\\\\\/\\b\\f\\r\"")).isEqualTo("a\n\t\"\\/\b\f\r");
        assertThat(text("\"\\u00e9 é \\ud83d\\ude00 😀\"")).isEqualTo("é é 😀 😀");
    }

    @Test
    void unpairedSurrogatesBecomeTheReplacementCharacter() throws IOException {
        assertThat(text("\"x\\ud83d\"")).isEqualTo("x\uFFFD");
        assertThat(text("\"\\ude00y\\ud83dz\"")).isEqualTo("\uFFFDy\uFFFDz");
    }

    @Test
    void aStringOfAnyLengthIsReadWithoutALimit() throws IOException {
        byte[] big = new byte[25_000_000];
        Arrays.fill(big, (byte) 'x');
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        json.writeBytes("{\"t\":\"".getBytes(StandardCharsets.UTF_8));
        json.writeBytes(big);
        json.writeBytes("\",\"u\":1}".getBytes(StandardCharsets.UTF_8));
        Map<String, JsonSpan> fields = JsonSpan.of(json.toByteArray()).fields();
        long[] length = new long[1];
        fields.get("t").writeText((bytes, offset, count) -> length[0] += count);
        assertThat(length[0]).isEqualTo(big.length);
        assertThat(fields.get("u").integer()).hasValue(1);
    }

    @Test
    void compactTextHasNoWhiteSpaceBetweenTokens() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        fields("{\"t\": { \"a b\" : [ 1 , \"c \\\" d\" ] }}").get("t").writeCompact(out::write);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{\"a b\":[1,\"c \\\" d\"]}");
    }

    @Test
    void whatIsNoJsonIsRefused() {
        for (String broken : List.of("{\"a\":", "{\"a\" 1}", "{a:1}", "{\"a\":\"x")) {
            assertThatThrownBy(() -> fields(broken)).as(broken).isInstanceOf(IOException.class);
        }
    }
}
