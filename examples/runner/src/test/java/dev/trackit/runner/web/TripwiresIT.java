package dev.trackit.runner.web;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tripwires of the other tests do trip: else their silence would mean nothing. */
@ExtendWith(Chromium.class)
class TripwiresIT {
    private static final String ORIGIN = "http://127.0.0.1:1";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "alert('x')                                          | dialog: x",
                "console.error('broken')                             | console error: broken",
                "setTimeout(() => { throw new Error('thrown'); })    | script error",
                "fetch('http://127.0.0.1:9/').catch(() => {})        | request to http://127.0.0.1:9/",
                "new Image().src = 'http://127.0.0.1:9/pixel.png'    | request to http://127.0.0.1:9/pixel.png",
                "window.open('about:blank')                          | another page",
            })
    void whatMustNotHappenIsNoted(String script, String noted, Browser browser) {
        try (BrowserContext context = browser.newContext()) {
            Tripwires tripwires = new Tripwires(context, ORIGIN);
            Page page = context.newPage();
            page.evaluate("() => { " + script + " }");
            page.waitForCondition(() -> tripwires.tripped(noted));
            assertThatThrownBy(tripwires::assertQuiet).hasMessageContaining(noted);
        }
    }

    @Test
    void whatIsExpectedIsPassedOver(Browser browser) {
        try (BrowserContext context = browser.newContext()) {
            Tripwires tripwires = new Tripwires(context, ORIGIN);
            tripwires.expect("brok.n");
            Page page = context.newPage();
            page.evaluate("() => console.error('broken')");
            page.waitForCondition(() -> tripwires.tripped("broken"));
            assertThatCode(tripwires::assertQuiet).doesNotThrowAnyException();
        }
    }
}
