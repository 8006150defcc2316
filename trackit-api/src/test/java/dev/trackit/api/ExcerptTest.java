package dev.trackit.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void aTextThatFitsStaysAsItIs() {
        assertThat(Excerpt.of("", 1)).isEmpty();
        assertThat(Excerpt.of("exact", 5)).isEqualTo("exact");
    }

    @Test
    void aLongTextKeepsItsBeginning() {
        assertThat(Excerpt.of("beginning and end", 9)).isEqualTo("beginning…");
    }

    @Test
    void aCutNeverPartsALetterOfTwoUnits() {
        String cut = Excerpt.of("a😀😀", 2);
        assertThat(cut).isEqualTo("a…");
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(cut)).isTrue();
        assertThat(Excerpt.of("a😀😀", 3)).isEqualTo("a😀…");
    }
}
