package dev.trackit.jupyter.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZmtpDecoderTest {
    private static final int MORE = 1;
    private static final int COMMAND = 4;

    private final List<String> seen = new ArrayList<>();
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

    private final ZmtpDecoder decoder = new ZmtpDecoder(
            new ZmtpDecoder.Receiver() {
                @Override
                public void onGreeting() {
                    seen.add("greeting");
                }

                @Override
                public void onCommand(byte[] body) {
                    seen.add("command " + text(body));
                }

                @Override
                public void onMessage(List<byte[]> frames, long bytes) {
                    seen.add(bytes + " "
                            + frames.stream().map(ZmtpDecoderTest::summary).toList());
                }

                @Override
                public void onOversized(long bytes) {
                    seen.add("oversized " + bytes);
                }
            },
            5_000_000);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 65, 1_000, 262_144})
    void messagesAreTheSameHoweverTheirBytesAreCut(int piece) throws ZmtpFault {
        greet(3, "NULL");
        frame(COMMAND, "READY");
        frame(MORE, "topic");
        frame(MORE, "");
        frame(0, "x".repeat(300));
        frame(0, "");
        frame(0, "y".repeat(3_000_000));
        takeInPiecesOf(piece);
        assertThat(seen)
                .containsExactly("greeting", "command READY", "305 [topic, , 300×x]", "0 []", "3000000 [3000000×y]");
    }

    @Test
    void aMessageAboveTheLimitIsPassedOverAndWhatFollowsIsTaken() throws ZmtpFault {
        greet(3, "NULL");
        frame(MORE, "a");
        frame(MORE, "z".repeat(5_000_000));
        frame(0, "b");
        frame(0, "next");
        takeInPiecesOf(100_000);
        assertThat(seen).containsExactly("greeting", "oversized 5000002", "4 [next]");
    }

    @Test
    void ofAMessageOfManyFramesTheFirstAreTaken() throws ZmtpFault {
        greet(3, "NULL");
        for (int i = 0; i < 1_000; i++) {
            frame(MORE, "f");
        }
        frame(0, "last");
        takeInPiecesOf(4_096);
        assertThat(seen).hasSize(2);
        assertThat(seen.get(1)).startsWith("1004 [f, f, ").doesNotContain("last");
    }

    @Test
    void aPeerOfAnotherProtocolIsKnownByItsFirstBytes() {
        assertThatThrownBy(() -> take("HTTP/1.1 400 Bad Request".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOfSatisfying(
                        ZmtpFault.class, f -> assertThat(f.isOtherProtocol()).isTrue());
    }

    @Test
    void aPeerOfVersionTwoIsKnownBeforeItHasGreetedToTheEnd() {
        byte[] begin = new byte[11];
        begin[0] = (byte) 0xFF;
        begin[9] = 0x7F;
        begin[10] = 1;
        assertThatThrownBy(() -> take(begin))
                .isInstanceOfSatisfying(
                        ZmtpFault.class, f -> assertThat(f.isOtherProtocol()).isTrue());
    }

    @Test
    void aPeerThatWantsEncryptionIsOfAnotherProtocol() {
        greet(3, "CURVE");
        assertThatThrownBy(() -> takeInPiecesOf(10))
                .isInstanceOfSatisfying(
                        ZmtpFault.class, f -> assertThat(f.isOtherProtocol()).isTrue());
    }

    @Test
    void aFrameThatCannotBeIsAFault() {
        greet(3, "NULL");
        stream.writeBytes(new byte[] {(byte) 0x80, 1, 1});
        assertThatThrownBy(() -> takeInPiecesOf(100))
                .isInstanceOfSatisfying(
                        ZmtpFault.class, f -> assertThat(f.isOtherProtocol()).isFalse());
    }

    @Test
    void aLengthIsNotBelievedBeforeItsBytesCome() throws ZmtpFault {
        greet(3, "NULL");
        stream.writeBytes(
                ByteBuffer.allocate(9).put((byte) 2).putLong(Long.MAX_VALUE).array());
        stream.writeBytes(new byte[1_000]);
        takeInPiecesOf(100);
        assertThat(seen).containsExactly("greeting");
    }

    private void greet(int version, String mechanism) {
        ByteBuffer greeting = ByteBuffer.allocate(64);
        greeting.put((byte) 0xFF).position(9).put((byte) 0x7F).put((byte) version);
        greeting.position(12).put(mechanism.getBytes(StandardCharsets.US_ASCII));
        stream.writeBytes(greeting.array());
    }

    private void frame(int flags, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length < 256) {
            stream.write(flags);
            stream.write(bytes.length);
        } else {
            stream.writeBytes(ByteBuffer.allocate(9)
                    .put((byte) (flags | 2))
                    .putLong(bytes.length)
                    .array());
        }
        stream.writeBytes(bytes);
    }

    private void takeInPiecesOf(int size) throws ZmtpFault {
        ByteBuffer all = ByteBuffer.wrap(stream.toByteArray());
        while (all.hasRemaining()) {
            ByteBuffer piece = all.slice(all.position(), Math.min(size, all.remaining()));
            all.position(all.position() + piece.remaining());
            decoder.take(piece);
        }
    }

    private void take(byte[] bytes) throws ZmtpFault {
        decoder.take(ByteBuffer.wrap(bytes));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static String summary(byte[] frame) {
        String text = text(frame);
        return text.length() > 100 && text.chars().distinct().count() == 1
                ? text.length() + "×" + text.charAt(0)
                : text;
    }
}
