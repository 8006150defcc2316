package dev.trackit.runner.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InkTest {
    private static final List<Ink> GROUNDS =
            List.of(Ink.CARD, Ink.PAPER, Ink.SOLID, Ink.SLIP, Ink.HOLE, Ink.PILL, Ink.EASEL);
    private static final List<Ink> TEXTS = List.of(Ink.TEXT, Ink.TEXT_QUIET, Ink.TEXT_CHANGE, Ink.TEXT_WARN);
    private static final List<Ink> LINES = List.of(
            Ink.ICON_DATA, Ink.ICON_FILE, Ink.ICON_MODEL, Ink.ICON_STEP, Ink.ICON_END, Ink.ICON_WARN, Ink.STALE);

    private static final String WHITE = "#ffffff";
    private static final String NIGHT = "#12171d";

    @Test
    void textAndLinesCanBeReadOnEveryGround() {
        assertReadable(Ink::fill, Ink::stroke, WHITE);
    }

    @Test
    void theyCanOnADarkScreenToo() {
        Map<Ink, String[]> dark = Dark.colours();
        assertReadable(ink -> dark.get(ink)[0], ink -> dark.get(ink)[1], NIGHT);
    }

    private static void assertReadable(Function<Ink, String> fill, Function<Ink, String> stroke, String page) {
        for (Ink ground : GROUNDS) {
            for (Ink text : TEXTS) {
                assertThat(contrast(fill.apply(text), fill.apply(ground)))
                        .as(text + " on " + ground)
                        .isGreaterThanOrEqualTo(4.5);
            }
            for (Ink line : LINES) {
                assertThat(contrast(stroke.apply(line), fill.apply(ground)))
                        .as(line + " on " + ground)
                        .isGreaterThanOrEqualTo(3);
            }
            assertThat(contrast(stroke.apply(ground), page))
                    .as("the edge of " + ground)
                    .isGreaterThanOrEqualTo(3);
        }
        assertThat(contrast(stroke.apply(Ink.EDGE), page)).isGreaterThanOrEqualTo(3);
        assertThat(contrast(stroke.apply(Ink.EDGE_GAP), page)).isGreaterThanOrEqualTo(3);
        assertThat(contrast(fill.apply(Ink.ARROW), page)).isGreaterThanOrEqualTo(3);
    }

    @Test
    void thePageHasAColourForEachInkAndASizeForEachText() throws IOException {
        String css = resource("/dev/trackit/runner/page/css/lineage.css");

        Stream.concat(
                        Stream.of(Ink.values()).map(Ink::cssClass),
                        Stream.of(TextStyle.values()).map(TextStyle::cssClass))
                .forEach(name -> assertThat(css).containsPattern("\\." + Pattern.quote(name) + "[\\s,)]"));
        for (TextStyle style : TextStyle.values()) {
            Matcher rule = Pattern.compile("\\." + Pattern.quote(style.cssClass()) + " \\{[^}]*font-size: ([\\d.]+)px")
                    .matcher(css);
            assertThat(rule.find() ? Double.parseDouble(rule.group(1)) : 10.5)
                    .as("boxes are made for text of this size: " + style)
                    .isEqualTo(style.size());
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = InkTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** As WCAG 2.2 defines it. */
    private static double contrast(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String hex) {
        int rgb = Integer.parseInt(hex.substring(1), 16);
        return 0.2126 * channel(rgb >> 16) + 0.7152 * channel(rgb >> 8) + 0.0722 * channel(rgb);
    }

    private static double channel(int value) {
        double c = (value & 0xFF) / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
