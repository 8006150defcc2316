package dev.trackit.runner.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Looks for barriers with axe-core: WCAG 2.2 A and AA, and its best practices. */
final class Axe {
    private static final String RUN = """
            async () => (await axe.run(document, {preload: false, runOnly:
                ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})).violations.map(violation =>
                violation.id + ': ' + violation.help + violation.nodes.slice(0, 5).map(node =>
                    '\\n    ' + node.target.join(' ') + ' ' + node.failureSummary.replace(/\\s+/g, ' ')).join(''))
            """;

    private static final String SCRIPT = script();

    private Axe() {}

    /** Fails if there is a barrier in what the page shows now. */
    static void check(Page page, String what) {
        if (!Boolean.TRUE.equals(page.evaluate("() => typeof axe !== 'undefined'"))) {
            page.evaluate(SCRIPT);
        }
        assertThat((List<?>) page.evaluate(RUN)).as("barriers in %s", what).isEmpty();
    }

    private static String script() {
        try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
            assertThat(in).as("axe.min.js").isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
