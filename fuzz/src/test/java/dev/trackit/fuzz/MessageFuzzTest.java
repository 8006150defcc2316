package dev.trackit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.trackit.jupyter.wire.JsonSpan;
import dev.trackit.jupyter.wire.MessageCodec;
import dev.trackit.jupyter.wire.MessageSigner;
import dev.trackit.jupyter.wire.WireMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Frames that may be messages: without the key all are refused; with it each is read, or refused, and says so in no other way than declared. */
class MessageFuzzTest {
    private static final int MAX_DEPTH = 50;

    @FuzzTest(maxDuration = "5m")
    void anyFramesAreReadOrRefused(FuzzedDataProvider data) {
        List<byte[]> frames = new ArrayList<>();
        frames.add("kernel.1.stream".getBytes(StandardCharsets.UTF_8));
        frames.add("<IDS|MSG>".getBytes(StandardCharsets.UTF_8));
        frames.add(data.consumeBytes(64));
        while (frames.size() < 9 && data.remainingBytes() > 0) {
            frames.add(data.consumeBytes(data.consumeInt(0, 400)));
        }
        assertThat(codec("secret").decode(frames)).isEmpty();
        MessageCodec open = codec("");
        open.decode(frames).ifPresentOrElse(MessageFuzzTest::read, () -> assertThat(open.lastRefusal())
                .isNotNull());
    }

    private static MessageCodec codec(String key) {
        return new MessageCodec(MessageSigner.of("hmac-sha256", key.getBytes(StandardCharsets.UTF_8)));
    }

    private static void read(WireMessage message) {
        assertThat(message.toString()).isNotEmpty();
        try {
            message.content().values().forEach(span -> read(span, 0));
        } catch (IOException e) {
            assertThat(e).hasMessageNotContaining("Exception");
        }
    }

    private static void read(JsonSpan span, int depth) {
        span.text();
        span.integer();
        span.writeCompact((bytes, from, count) -> assertThat(from + count).isLessThanOrEqualTo(bytes.length));
        if (depth == MAX_DEPTH) {
            return;
        }
        try {
            span.fields().values().forEach(inner -> read(inner, depth + 1));
            span.elements().forEach(inner -> read(inner, depth + 1));
        } catch (IOException e) {
            throw new AssertionError("What stands inside valid JSON is valid", e);
        }
    }
}
