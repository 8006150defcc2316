package dev.trackit.jupyter.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageCodecTest {
    private static MessageCodec codec(String key) {
        return new MessageCodec(MessageSigner.of("hmac-sha256", key.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theSignatureIsThatOfPythonsHmac() {
        // hmac.new(b"key", b"abcd", "sha256").hexdigest()
        byte[] signature = MessageSigner.of("hmac-sha256", "key".getBytes(StandardCharsets.UTF_8))
                .sign(List.of("a".getBytes(StandardCharsets.UTF_8), "bcd".getBytes(StandardCharsets.UTF_8)));
        assertThat(new String(signature, StandardCharsets.US_ASCII))
                .isEqualTo("2a31ec0ee8d878c9eece9fb0df79b3b90b2256240163aa5ee50d176d3d1121f8");
    }

    @Test
    void aMessageComesBackAsItWasSent() {
        List<byte[]> frames = new ArrayList<>(codec("secret").encode("id-1", "history_request", "{\"a\":1}"));
        frames.add(0, "kernel.x.status".getBytes(StandardCharsets.UTF_8));
        WireMessage message = codec("secret").decode(frames).orElseThrow();
        assertThat(message.topic()).isEqualTo("kernel.x.status");
        assertThat(message.header().id()).isEqualTo("id-1");
        assertThat(message.header().type()).isEqualTo("history_request");
        assertThat(message.header().date()).isNotNull();
        assertThat(message.parent().id()).isEmpty();
    }

    @Test
    void forgedUnsignedAndReplayedMessagesAreRefused() {
        MessageCodec codec = codec("secret");
        assertThat(codec.decode(codec("other").encode("id", "status", "{}"))).isEmpty();
        assertThat(codec.lastRefusal()).isEqualTo(MessageCodec.Refusal.FORGED);
        assertThat(codec.decode(codec("").encode("id", "status", "{}"))).isEmpty();
        assertThat(codec.lastRefusal()).isEqualTo(MessageCodec.Refusal.FORGED);
        List<byte[]> frames = codec("secret").encode("id", "status", "{}");
        assertThat(codec.decode(frames)).isPresent();
        assertThat(codec.decode(frames)).isEmpty();
        assertThat(codec.lastRefusal()).isEqualTo(MessageCodec.Refusal.REPLAYED);
        assertThat(codec.decode(List.of(new byte[] {1}))).isEmpty();
        assertThat(codec.lastRefusal()).isEqualTo(MessageCodec.Refusal.UNREADABLE);
    }

    @Test
    void aChangedContentIsRefused() {
        List<byte[]> frames = new ArrayList<>(codec("secret").encode("id", "status", "{\"a\":1}"));
        frames.set(5, "{\"a\":2}".getBytes(StandardCharsets.UTF_8));
        assertThat(codec("secret").decode(frames)).isEmpty();
    }

    @Test
    void withoutAKeyEveryMessageIsTaken() {
        assertThat(codec("").decode(codec("").encode("id", "status", "{}"))).isPresent();
    }

    @Test
    void otherSchemesAreKnownOrSaidToBeUnknown() {
        byte[] key = {1};
        assertThat(MessageSigner.of("hmac-sha512", key).isSupported()).isTrue();
        assertThat(MessageSigner.of("hmac-sha3_256", key).isSupported()).isTrue();
        assertThat(MessageSigner.of("rot13", key).isSupported()).isFalse();
        assertThat(MessageSigner.of("rot13", key).verify(new byte[0], List.of()))
                .isFalse();
    }

    @Test
    void timesAreReadWithAndWithoutAZone() {
        Instant time = Instant.parse("2026-01-02T03:04:05.678901Z");
        assertThat(MessageHeader.instant("2026-01-02T03:04:05.678901Z")).isEqualTo(time);
        assertThat(MessageHeader.instant("2026-01-02T04:04:05.678901+01:00")).isEqualTo(time);
        assertThat(MessageHeader.instant("2026-01-02T03:04:05.678901")).isEqualTo(time);
        assertThat(MessageHeader.instant("yesterday")).isNull();
    }
}
