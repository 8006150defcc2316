package dev.trackit.runner.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.trackit.runner.JupyterServerDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the pictures of the page that the documents show, of a story played in a real kernel. Run by {@code dev/screenshots.sh}, which
 * names the folder in the system property {@code trackit.screenshots}.
 */
@ExtendWith(Chromium.class)
@EnabledIfSystemProperty(named = "trackit.screenshots", matches = ".+")
class PageScreenshots {
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 800;
    private static final String NOTEBOOK = "churn/churn-features.ipynb";
    private static final String NAME = "churn-features.ipynb";

    @Test
    void eachViewInLightAndDark(Browser browser, @TempDir Path root) throws Exception {
        Path images = Path.of(System.getProperty("trackit.screenshots"));
        Files.createDirectories(images);
        try (Workbench workbench = Workbench.open(root, "research")) {
            prepare(workbench);
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                try (PageVisit visit =
                        PageVisit.open(browser, workbench.agent().pageAddress(), scheme, WIDTH, HEIGHT)) {
                    visit.context()
                            .addInitScript(neutral(Map.of(
                                    root.toRealPath().toString(), "~/projects", System.getProperty("user.home"), "~")));
                    visit.page().reload();
                    walk(visit, images, scheme.name().toLowerCase(Locale.ROOT));
                }
            }
        }
    }

    private static void walk(PageVisit visit, Path images, String scheme) {
        Page page = visit.page();
        assertThat(page.getByRole(AriaRole.LINK, named(NAME))).isVisible();
        shoot(visit, images, "notebooks", scheme);
        page.getByRole(AriaRole.LINK, named(NAME)).click();
        visit.settled();
        assertThat(page.getByText("accuracy").first()).isVisible();
        // What the last execution wrote: the analysis is there. A save may stand before or after it.
        assertThat(page.getByRole(AriaRole.ARTICLE)
                        .filter(new Locator.FilterOptions().setHasText("LogisticRegression"))
                        .getByText("Wrote")
                        .first())
                .isVisible();
        shoot(visit, images, "timeline", scheme);
        visit.go(visit.notebookPath() + "/lineage?flow=down");
        assertThat(page.locator("main svg").getByText("features.csv").first()).isVisible();
        shoot(visit, images, "lineage", scheme);
        visit.go(visit.notebookPath() + "/slice?var=features");
        visit.settled();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Replay and compare"))
                .click();
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Result of the replay")))
                .containsText("The same");
        shoot(visit, images, "slice", scheme);
        visit.view("Summary");
        assertThat(page.getByRole(AriaRole.ARTICLE)).isVisible();
        shoot(visit, images, "summary", scheme);
        visit.view("State");
        shoot(visit, images, "state", scheme);
    }

    /** The folders of the machine that makes the pictures are nobody's business: texts show others in their place. */
    private static String neutral(Map<String, String> folders) {
        StringBuilder script = new StringBuilder("const neutral = (text) => text");
        new TreeMap<>(folders).descendingMap().forEach((folder, shown) -> script.append(".replaceAll('")
                .append(folder)
                .append("', '")
                .append(shown)
                .append("')"));
        return script + """
                ;
                new MutationObserver(() => {
                  const texts = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
                  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
                    if (neutral(node.data) !== node.data) {
                      node.data = neutral(node.data);
                    }
                  }
                }).observe(document, {childList: true, subtree: true, characterData: true});
                """;
    }

    private static void shoot(PageVisit visit, Path images, String view, String scheme) {
        visit.settled();
        Page page = visit.page();
        page.mouse().move(WIDTH - 2, HEIGHT - 2);
        page.evaluate(
                "() => { document.activeElement?.blur(); document.getElementById('notices').replaceChildren(); }");
        page.screenshot(new Page.ScreenshotOptions().setPath(images.resolve("page-" + view + "-" + scheme + ".png")));
    }

    private static void prepare(Workbench workbench) throws IOException {
        JupyterServerDriver jupyter = workbench.jupyter();
        Path folder = workbench.folder();
        others(folder);
        ChurnStory.writeData(Files.createDirectories(folder.resolve("churn")));
        jupyter.open(NOTEBOOK);
        ChurnStory story = new ChurnStory(jupyter, NOTEBOOK);
        story.load();
        story.clean();
        story.features();
        story.model();
        String other = "pricing/forecast.ipynb";
        jupyter.open(other);
        jupyter.run(other, "import pandas as pd\nprices = pd.DataFrame({\"week\": range(52), \"price\": range(52)})");
        jupyter.run(other, "prices[\"mean\"] = prices[\"price\"].rolling(4).mean()\nprices.tail(3)");
    }

    /** Notebooks that nobody works on at the moment. */
    private static void others(Path folder) throws IOException {
        write(folder.resolve("churn/exploration.ipynb"), "python", 42);
        write(folder.resolve("churn/report-figures.ipynb"), "python", 18);
        write(folder.resolve("pricing/forecast.ipynb"), "python", 2);
        write(folder.resolve("pricing/elasticity.ipynb"), "R", 27);
        write(folder.resolve("archive/2025/survey-weights.ipynb"), "julia", 31);
        write(folder.resolve("archive/2025/store-openings.ipynb"), "python", 64);
        write(folder.resolve("scratch.ipynb"), "python", 5);
    }

    private static void write(Path file, String language, int cells) throws IOException {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < cells; i++) {
            all.add("{\"cell_type\": \"code\", \"execution_count\": null, \"id\": \"c" + i
                    + "\", \"metadata\": {}, \"outputs\": [], \"source\": \"step = " + i + "\"}");
        }
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "{\"cells\": [" + String.join(",\n", all) + "], \"metadata\": {\"language_info\": {\"name\": \""
                        + language + "\"}}, \"nbformat\": 4, \"nbformat_minor\": 5}");
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
