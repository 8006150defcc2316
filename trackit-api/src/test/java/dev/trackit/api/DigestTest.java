package dev.trackit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DigestTest {

    /** The test vector "abc" of FIPS 180-4. */
    @Test
    void isSha256InLowerCaseHex() {
        assertThat(Digest.ofText("abc").value())
                .isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void digestOfTextIsTheDigestOfItsUtf8Bytes() {
        String text = "naïve 数据 😀";
        assertThat(Digest.ofText(text)).isEqualTo(Digest.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void partOfAnArrayIsDigestedAsThatPart() {
        byte[] bytes = "xxabcyy".getBytes(StandardCharsets.UTF_8);
        assertThat(Digest.of(bytes, 2, 3)).isEqualTo(Digest.ofText("abc"));
    }

    @Test
    void unpairedSurrogatesCountAsTheReplacementCharacter() {
        assertThat(Digest.ofText("a\uD800b")).isEqualTo(Digest.ofText("a\uFFFDb"));
        assertThat(Digest.ofText("\uDC00")).isEqualTo(Digest.ofText("\uFFFD"));
        assertThat(Digest.ofText("\uDC00\uD83D\uDE00\uD83D")).isEqualTo(Digest.ofText("\uFFFD😀\uFFFD"));
    }

    @Test
    void anythingButTheWrittenFormIsRejected() {
        String hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertThat(new Digest("sha256:" + hex).hex()).isEqualTo(hex);
        for (String bad :
                new String[] {"", hex, "sha256:" + hex.substring(1), "sha256:" + hex.toUpperCase(), "md5:" + hex}) {
            assertThatThrownBy(() -> new Digest(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Expected sha256:");
        }
    }
}
