package dev.trackit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelTranscriptTest {

    @ParameterizedTest
    @ValueSource(strings = {KernelTranscript.CLEANING, KernelTranscript.OUTPUTS, KernelTranscript.RESTART})
    void messagesAreWholeAndInTheOrderOfTheirTimes(String name) {
        KernelTranscript transcript = KernelTranscript.of(name);
        assertThat(transcript.messages()).hasSizeGreaterThan(10).allSatisfy(message -> {
            assertThat(message.topic()).isNotBlank();
            for (String part :
                    List.of(message.header(), message.parentHeader(), message.metadata(), message.content())) {
                assertThat(part).startsWith("{").endsWith("}");
            }
            assertThat(message.header()).contains("\"msg_id\"", "\"msg_type\"", "\"session\"");
        });
        assertThat(transcript.messages())
                .extracting(KernelTranscript.Message::header)
                .doesNotHaveDuplicates();
    }

    /** The example of RFC 4231, section 4.3, cut into the four parts. */
    @Test
    void messagesAreSignedByHmacSha256OverTheirFourParts() {
        KernelTranscript.Message message =
                new KernelTranscript.Message("topic", "what do ya ", "want ", "for ", "nothing?");
        List<byte[]> frames = message.frames("Jefe".getBytes(StandardCharsets.UTF_8));
        assertThat(frames).hasSize(7);
        assertThat(new String(frames.get(1), StandardCharsets.UTF_8)).isEqualTo("<IDS|MSG>");
        assertThat(new String(frames.get(2), StandardCharsets.UTF_8))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        assertThat(message.frames(new byte[0]).get(2)).isEmpty();
    }

    @Test
    void allMessagesArePlayedInOrder() {
        KernelTranscript transcript = KernelTranscript.of(KernelTranscript.RESTART);
        List<String> contents = new ArrayList<>();
        transcript.play(new byte[0], frames -> contents.add(new String(frames.get(6), StandardCharsets.UTF_8)));
        assertThat(contents)
                .isEqualTo(transcript.messages().stream()
                        .map(KernelTranscript.Message::content)
                        .toList());
    }

    @Test
    void unknownTranscriptIsRefusedByName() {
        assertThatThrownBy(() -> KernelTranscript.of("nothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing");
    }
}
