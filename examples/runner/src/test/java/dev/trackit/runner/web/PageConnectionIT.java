package dev.trackit.runner.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page when its connection is lost: nothing is missing afterwards and nothing is there twice, and it says what to do. */
@ExtendWith(Chromium.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageConnectionIT {
    private static final String NOTEBOOK = "steps.ipynb";

    /** What a browser writes on its console when a connection ends or cannot be made. */
    private static final String LOST = "net::ERR_";

    private Workbench workbench;

    @BeforeAll
    void work(@TempDir Path root) throws Exception {
        workbench = Workbench.open(root, "work");
        workbench.jupyter().open(NOTEBOOK);
        workbench.jupyter().run(NOTEBOOK, "step = 0");
    }

    @AfterAll
    void tidy() throws Exception {
        if (workbench != null) {
            workbench.close();
        }
    }

    @Test
    void whatHappensWhileTheConnectionIsLostIsThereOnceAndInOrderAfterIt(Browser browser) throws Exception {
        try (CuttableCable cable = new CuttableCable();
                PageVisit visit = PageVisit.open(browser, workbench.agent().pageAddress(), cable)) {
            showTimeline(visit);
            Page page = visit.page();
            visit.tripwires().expect(LOST);
            cable.cut();
            assertThat(page.locator("[data-state='lost']")).hasCount(1);
            for (int i = 1; i <= 5; i++) {
                workbench.jupyter().run(NOTEBOOK, "step = " + i);
            }
            cable.mend();
            assertThat(page.locator("[data-state='live']")).hasCount(1);
            workbench.jupyter().run(NOTEBOOK, "step = 6");
            Locator steps = page.getByRole(
                            AriaRole.ARTICLE, new Page.GetByRoleOptions().setName(Pattern.compile("^Execution ")))
                    .filter(new Locator.FilterOptions().setHasText("step ="));
            assertThat(steps).hasCount(7);
            List<String> seen = steps.locator(".code-line").allTextContents();
            assertThat(seen.stream().map(String::strip).sorted().toList())
                    .containsExactlyElementsOf(IntStream.rangeClosed(0, 6)
                            .mapToObj(i -> "step = " + i)
                            .toList());
        }
    }

    @Test
    void afterANewStartOfTheAgentThePageSaysThatItNeedsTheNewAddress(Browser browser) throws Exception {
        try (PageVisit visit =
                PageVisit.open(browser, workbench.agent().pageAddress(), ColorScheme.LIGHT, 1280, 1000)) {
            showTimeline(visit);
            Page page = visit.page();
            visit.tripwires().expect(LOST + "|status of 40[13]|MIME type");
            int port = URI.create(workbench.agent().pageAddress()).getPort();
            workbench.agent().stop();
            assertThat(page.locator("[data-state='lost']")).hasCount(1);
            workbench.startAgentAgain("--port", String.valueOf(port));
            page.getByRole(AriaRole.BANNER)
                    .getByRole(
                            AriaRole.LINK,
                            new Locator.GetByRoleOptions().setName("Slice").setExact(true))
                    .click();
            assertThat(page.getByRole(AriaRole.MAIN)).containsText(Pattern.compile("address.*(printed|prints)"));
            page.navigate(workbench.agent().pageAddress());
            assertThat(page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName(NOTEBOOK).setExact(true)))
                    .isVisible();
        }
    }

    private static void showTimeline(PageVisit visit) {
        visit.page()
                .getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName(NOTEBOOK).setExact(true))
                .click();
        visit.settled();
        assertThat(visit.page().locator("[data-state='live']")).hasCount(1);
    }
}
