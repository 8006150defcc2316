package dev.trackit.jupyter.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {

    @Test
    void theRichestFormIsChosenByTheStatedOrder() {
        assertThat(MediaTypes.richest(List.of("text/plain", "text/html", "image/png")))
                .hasValue("image/png");
        assertThat(MediaTypes.richest(List.of("text/html", "application/vnd.plotly.v1+json")))
                .hasValue("application/vnd.plotly.v1+json");
        assertThat(MediaTypes.richest(List.of("text/plain", "application/x-unknown")))
                .hasValue("application/x-unknown");
        assertThat(MediaTypes.richest(List.of("application/vnd.b", "application/vnd.a")))
                .hasValue("application/vnd.a");
        assertThat(MediaTypes.richest(List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "image/png,true,false",
        "image/svg+xml,false,false",
        "application/pdf,true,false",
        "application/json,false,true",
        "application/vnd.vega.v5+json,false,true",
        "text/html,false,false",
        "audio/wav,true,false"
    })
    void writtenFormsAreKnown(String type, boolean base64, boolean json) {
        assertThat(MediaTypes.isBase64(type)).isEqualTo(base64);
        assertThat(MediaTypes.isJson(type)).isEqualTo(json);
    }
}
