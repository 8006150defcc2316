package dev.trackit.runner.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.trackit.runner.AgentProcess;
import dev.trackit.runner.CliRun;
import dev.trackit.runner.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Asking a model for a summary: nothing leaves the machine before it was seen and confirmed, and what the model says is checked. */
@ExtendWith(Chromium.class)
class PageAskIT {
    private static final String NOTEBOOK = """
            {"cells": [
              {"cell_type": "code", "id": "a", "execution_count": 1, "metadata": {}, "outputs": [],
               "source": "import pandas as pd\\ndf = pd.read_csv('data.csv')\\npassword = 'hunter2-Xk93jd82'"},
              {"cell_type": "code", "id": "b", "execution_count": 2, "metadata": {}, "outputs": [],
               "source": "df['x'] = df['x'].fillna(0)\\ndf.to_csv('clean.csv')"}],
             "metadata": {"language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5}
            """;

    @Test
    void nothingIsSentBeforeItIsConfirmedAndWhatComesBackIsCheckedAndKept(Browser browser, @TempDir Path root)
            throws Exception {
        try (FakeModel model = new FakeModel("s1");
                AgentProcess agent = agentBeside(model, root);
                PageVisit visit = PageVisit.open(browser, agent.pageAddress(), ColorScheme.LIGHT, 1280, 800)) {
            ask(visit, model);
        }
    }

    @Test
    void aRequestThatIsNeverAnsweredIsFoundAgainAndCancelledAndAnotherCanBeMade(Browser browser, @TempDir Path root)
            throws Exception {
        try (FakeModel model = FakeModel.silent();
                AgentProcess agent = agentBeside(model, root);
                PageVisit visit = PageVisit.open(browser, agent.pageAddress(), ColorScheme.DARK, 1280, 800)) {
            Page page = visit.page();
            openSummary(visit);
            Locator answer = page.getByRole(
                    AriaRole.REGION, new Page.GetByRoleOptions().setName(Pattern.compile("^The answer as it arrives")));
            Locator cancel = page.getByRole(
                    AriaRole.BUTTON,
                    new Page.GetByRoleOptions().setName("Cancel").setExact(true));
            send(page);
            assertThat(answer).containsText("Waiting for the first words");
            Axe.check(page, "an answer that is waited for");
            Waiting.until(
                    "the request",
                    Duration.ofSeconds(60),
                    () -> model.received().size() == 1);

            visit.view("Timeline");
            page.getByRole(AriaRole.BANNER)
                    .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Summary"))
                    .click();
            assertThat(answer).isVisible();
            cancel.click();
            assertThat(answer).hasCount(0);
            assertThat(page.getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("Summary")))
                    .isVisible();

            send(page);
            Waiting.until(
                    "the second request",
                    Duration.ofSeconds(60),
                    () -> model.received().size() == 2);
            cancel.click();
            assertThat(answer).hasCount(0);
        }
    }

    @Test
    void aPreviewDoesNotOutliveTheViewThatOpenedIt(Browser browser, @TempDir Path root) throws Exception {
        try (FakeModel model = FakeModel.silent();
                AgentProcess agent = agentBeside(model, root);
                PageVisit visit = PageVisit.open(browser, agent.pageAddress(), ColorScheme.LIGHT, 1280, 800)) {
            Page page = visit.page();
            openSummary(visit);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Ask Bedrock…"))
                    .click();
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("fillna");
            page.goBack();
            assertThat(page).hasURL(Pattern.compile("/timeline"));
            assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
            assertThat(model.received()).isEmpty();
        }
    }

    /** An agent that may ask the model about a notebook that was run before. */
    private static AgentProcess agentBeside(FakeModel model, Path root) throws Exception {
        Path folder = Files.createDirectory(root.toRealPath().resolve("work"));
        Files.writeString(folder.resolve("saved.ipynb"), NOTEBOOK);
        assertThat(CliRun.in(folder, "import", "saved.ipynb").exitCode()).isZero();
        Files.writeString(folder.resolve(".trackit").resolve("config.properties"), model.configuration());
        return AgentProcess.start(folder, Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test"));
    }

    private static void openSummary(PageVisit visit) {
        visit.page()
                .getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("saved.ipynb").setExact(true))
                .click();
        visit.settled();
        visit.view("Summary");
    }

    private static void send(Page page) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Ask Bedrock…"))
                .click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send to Bedrock"))
                .click();
    }

    private static void ask(PageVisit visit, FakeModel model) {
        Page page = visit.page();
        openSummary(visit);
        Locator ask = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Ask Bedrock…"));
        ask.click();
        Locator preview = page.getByRole(AriaRole.DIALOG);
        assertThat(preview).containsText("fillna");
        assertThat(preview).containsText(Pattern.compile("1 request, .*about [\\d,]+ tokens"));
        assertThat(preview).not().containsText("hunter2");
        page.keyboard().press("Escape");
        assertThat(preview).hasCount(0);
        assertThat(model.received()).as("sent before it was confirmed").isEmpty();

        ask.click();
        assertThat(preview).containsText("fillna");
        for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            Axe.check(page, "the preview, " + scheme);
        }
        preview.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Send to Bedrock"))
                .click();
        Locator answer = page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName(Pattern.compile("The answer as it arrives")));
        assertThat(answer).containsText("The raw exports were loaded");
        assertThat(answer).not().containsText("98.76");
        model.goOn();

        assertThat(page).hasURL(Pattern.compile("summarizer=bedrock"));
        Locator summary = page.getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("Summary"));
        assertThat(summary).containsText("magic_trick");
        Locator unsupported = summary.locator("p").filter(new Locator.FilterOptions().setHasText("98.76"));
        assertThat(unsupported).containsText("not supported");
        assertThat(unsupported).containsText("s999");
        assertThat(unsupported).containsText("98.76, which is not in the outline");
        assertThat(summary.locator("p").filter(new Locator.FilterOptions().setHasText("raw exports")))
                .not()
                .containsText("not supported");
        assertThat(page.getByLabel("Kept summaries")).isVisible();
        Axe.check(page, "a summary with statements that nothing supports");
        assertThat(model.received()).hasSize(1);
        assertThat(model.received().get(0)).contains("fillna").doesNotContain("hunter2");
    }
}
