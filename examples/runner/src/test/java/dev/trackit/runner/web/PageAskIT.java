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
import java.nio.file.Files;
import java.nio.file.Path;
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
        Path folder = Files.createDirectory(root.toRealPath().resolve("work"));
        Files.writeString(folder.resolve("saved.ipynb"), NOTEBOOK);
        assertThat(CliRun.in(folder, "import", "saved.ipynb").exitCode()).isZero();
        try (FakeModel model = new FakeModel("s1")) {
            Files.writeString(folder.resolve(".trackit").resolve("config.properties"), model.configuration());
            Map<String, String> keys = Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test");
            try (AgentProcess agent = AgentProcess.start(folder, keys);
                    PageVisit visit = PageVisit.open(browser, agent.pageAddress(), ColorScheme.LIGHT, 1280, 800)) {
                ask(visit, model);
            }
        }
    }

    private static void ask(PageVisit visit, FakeModel model) {
        Page page = visit.page();
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("saved.ipynb").setExact(true))
                .click();
        visit.settled();
        visit.view("Summary");
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
        Axe.check(page, "the preview");
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
