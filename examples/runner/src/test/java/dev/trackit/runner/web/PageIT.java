package dev.trackit.runner.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.trackit.runner.JupyterServerDriver;
import dev.trackit.runner.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page as its user has it: a real Chromium beside the real agent, a real Jupyter server and real kernels. */
@ExtendWith({Chromium.class, ChurnBench.Extension.class})
class PageIT {
    private final ChurnBench bench;

    PageIT(ChurnBench bench) {
        this.bench = bench;
    }

    @Test
    void aNotebookIsPickedAndItsExecutionsAppearAsTheyHappen(Browser browser) throws Exception {
        String name = "live.ipynb";
        JupyterServerDriver jupyter = bench.workbench().jupyter();
        jupyter.saveCells(name, List.of(Map.of("id", "c0", "source", "", "count", 0)));
        try (PageVisit visit = bench.visit(browser, ColorScheme.LIGHT, 1280, 800)) {
            Page page = visit.page();
            page.getByRole(AriaRole.SEARCHBOX).first().fill("live");
            Locator row = page.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(name));
            assertThat(row).hasCount(1);
            Locator track = row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Track " + name));
            if (!"true".equals(track.getAttribute("aria-pressed"))) {
                track.click();
            }
            assertThat(track).hasAttribute("aria-pressed", "true");
            row.getByRole(AriaRole.LINK).first().click();
            visit.settled();

            jupyter.open(name);
            // What ran before the agent saw the kernel would be recovered, without its output.
            assertThat(page.getByText("Session started").first()).isVisible();
            jupyter.run(name, "answer = 6 * 7\nprint('the answer is', answer)");
            Locator entry = executions(page).filter(new Locator.FilterOptions().setHasText("6 * 7"));
            assertThat(entry).hasCount(1);
            assertThat(entry).containsText("the answer is 42");
            assertThat(entry).containsText("answer");
            jupyter.run(name, "1 / 0");
            assertThat(executions(page).filter(new Locator.FilterOptions().setHasText("ZeroDivisionError")))
                    .hasCount(1);
        }
    }

    @Test
    void aSearchThatIsLeftAtOnceDoesNotFilterTheNextView(Browser browser) throws Exception {
        try (PageVisit visit = bench.visit(browser, ColorScheme.LIGHT, 1280, 800)) {
            Page page = visit.page();
            assertThat(page.getByRole(AriaRole.LINK, named(ChurnBench.NOTEBOOK)).first())
                    .isVisible();
            // Faster than a hand can be: the view is left before the search has told what was typed.
            page.evaluate("""
                    name => {
                      const box = document.querySelector('input[type=search]');
                      box.value = 'chu';
                      box.dispatchEvent(new Event('input', {bubbles: true}));
                      [...document.querySelectorAll('main a')].find(a => a.textContent.includes(name)).click();
                    }""", ChurnBench.NOTEBOOK);
            visit.settled();
            assertThat(executions(page)).not().hasCount(0);
            page.evaluate("() => new Promise(later => setTimeout(later, 500))");
            assertThat(page.url()).doesNotContain("q=");
            assertThat(page.getByText("Nothing fits these filters")).hasCount(0);
        }
    }

    @Test
    void whatHappensWhileTheTimelineIsLoadedIsShown(Browser browser) throws Exception {
        String name = "early.ipynb";
        JupyterServerDriver jupyter = bench.workbench().jupyter();
        jupyter.saveCells(name, List.of(Map.of("id", "c0", "source", "", "count", 0)));
        jupyter.open(name);
        jupyter.run(name, "first = 1");
        try (PageVisit visit = bench.visit(browser, ColorScheme.LIGHT, 1280, 800)) {
            Page page = visit.page();
            AtomicInteger asked = new AtomicInteger();
            // The answer is taken, then something happens that the live stream tells, and only then the answer comes.
            page.route(url -> url.contains("/timeline?") && url.contains("limit=200"), route -> {
                APIResponse answer = route.fetch();
                if (asked.getAndIncrement() == 0) {
                    run(jupyter, name, "second = 2");
                    page.waitForTimeout(1_500);
                }
                route.fulfill(new Route.FulfillOptions().setResponse(answer));
            });
            page.getByRole(AriaRole.LINK, named(name)).click();
            assertThat(executions(page).filter(new Locator.FilterOptions().setHasText("second = 2")))
                    .hasCount(1);
            assertThat(executions(page).filter(new Locator.FilterOptions().setHasText("first = 1")))
                    .hasCount(1);
        }
    }

    private static void run(JupyterServerDriver jupyter, String notebook, String code) {
        try {
            jupyter.run(notebook, code);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aReplayIsCancelledAndTheKernelGoesWithIt(Browser browser) throws Exception {
        String name = "slow.ipynb";
        JupyterServerDriver jupyter = bench.workbench().jupyter();
        jupyter.saveCells(name, List.of(Map.of("id", "c0", "source", "", "count", 0)));
        jupyter.open(name);
        // Quick now, and without end in a replay, which runs in another folder.
        Files.writeString(bench.workbench().folder().resolve("quick.txt"), "");
        jupyter.run(
                name,
                "import os, time\nslow = 1\nwhile not os.path.exists('quick.txt'):\n    time.sleep(0.1)\n    slow += 1\nslow");
        try (PageVisit visit = bench.visit(browser, ColorScheme.LIGHT, 1280, 800)) {
            Page page = visit.page();
            page.getByRole(AriaRole.LINK, named(name)).click();
            visit.settled();
            visit.go(visit.notebookPath() + "/slice?var=slow");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Replay and compare"))
                    .click();
            Locator cancel = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel"));
            assertThat(page.getByText(Pattern.compile("^Part \\d+ of \\d+"))).isVisible();
            cancel.click();
            assertThat(page.getByText(Pattern.compile("The replay was cancelled")))
                    .isVisible();
            Waiting.until("the kernel of the replay to end", Duration.ofSeconds(60), () -> kernelsOfReplays() == 0);
            // Another may begin at once.
            Locator again = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Replay and compare"));
            assertThat(again).isEnabled();
        }
    }

    /** Kernels that children of the agent run. */
    private long kernelsOfReplays() {
        return ProcessHandle.of(bench.workbench().agent().pid())
                .map(agent -> agent.descendants().count())
                .orElse(0L);
    }

    @Test
    void theTimelineIsFilteredByVariableStatusAndText(Browser browser) throws Exception {
        try (PageVisit visit = bench.visitNotebook(browser, ColorScheme.DARK, 1280, 800)) {
            Page page = visit.page();
            String timeline = visit.notebookPath() + "/timeline";
            Locator executions = executions(page);
            visit.go(timeline + "?status=error");
            assertThat(executions).hasCount(1);
            assertThat(executions).containsText("ValueError");
            visit.go(timeline + "?q=drop_duplicates");
            assertThat(executions).hasCount(1);
            visit.go(timeline + "?var=spend");
            assertThat(executions.filter(new Locator.FilterOptions().setHasText("groupby")))
                    .hasCount(1);
        }
    }

    @Test
    void theLineageShowsDatasetsAndLeadsBackToTheExecutions(Browser browser) throws Exception {
        try (PageVisit visit = bench.visitNotebook(browser, ColorScheme.LIGHT, 1920, 1080)) {
            visit.view("Lineage");
            Page page = visit.page();
            for (String dataset : List.of("customers.csv", "usage.csv", "features", "features.csv")) {
                assertThat(page.locator("main svg").getByText(dataset).first()).isVisible();
            }
        }
    }

    @Test
    void aSliceIsChosenTakenAwayAndReplayedWithTheSameResult(Browser browser) throws Exception {
        try (PageVisit visit = bench.visitNotebook(browser, ColorScheme.LIGHT, 1280, 800)) {
            visit.view("Slice");
            Page page = visit.page();
            page.getByRole(AriaRole.SEARCHBOX, new Page.GetByRoleOptions().setName("Find a variable or file"))
                    .fill("features");
            page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Variables and files"))
                    .getByRole(
                            AriaRole.LINK,
                            new Locator.GetByRoleOptions().setName(Pattern.compile("^features\\b(?!\\.)")))
                    .click();
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .hasText("features");
            Locator script = page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("The script"));
            assertThat(script).containsText("pd.get_dummies");
            assertThat(script).not().containsText("fillna(0)");
            assertThat(page.getByText(Pattern.compile("^Not taken: \\d+ executions")))
                    .isVisible();
            assertThat(page.getByText("data/usage.csv").first()).isVisible();

            Download python = page.waitForDownload(
                    () -> page.getByRole(AriaRole.LINK, named("Download .py")).click());
            assertThat(python.suggestedFilename()).endsWith(".py");
            assertThat(Files.readString(python.path())).contains("pd.get_dummies");
            Download notebook = page.waitForDownload(() ->
                    page.getByRole(AriaRole.LINK, named("Download .ipynb")).click());
            assertThat(Files.readString(notebook.path())).contains("nbformat");

            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Replay and compare"))
                    .click();
            Locator result =
                    page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Result of the replay"));
            assertThat(result).containsText("The same");
            assertThat(result).containsText(Pattern.compile("\\d+ comparison"));
            page.getByRole(AriaRole.LINK, named("In [1]")).first().click();
            assertThat(page).hasURL(Pattern.compile("/timeline\\?execution=1"));
        }
    }

    @Test
    void aSliceGoesOnInTheNotebookThatWroteWhatItReads(Browser browser) throws Exception {
        JupyterServerDriver jupyter = bench.workbench().jupyter();
        for (String name : List.of("maker.ipynb", "taker.ipynb")) {
            jupyter.saveCells(name, List.of(Map.of("id", "c0", "source", "", "count", 0)));
            jupyter.open(name);
        }
        jupyter.run(
                "maker.ipynb", "import pandas as pd\npd.DataFrame({'n': [1, 2, 3]}).to_csv('made.csv', index=False)");
        jupyter.run("taker.ipynb", "import pandas as pd\ntaken = pd.read_csv('made.csv')\ntwice = taken * 2");
        try (PageVisit visit = bench.visit(browser, ColorScheme.LIGHT, 1280, 800)) {
            Page page = visit.page();
            page.getByRole(AriaRole.LINK, named("taker.ipynb")).click();
            visit.settled();
            visit.go(visit.notebookPath() + "/slice?var=twice");
            Locator script = page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("The script"));
            assertThat(script).containsText("taken * 2");
            assertThat(script).not().containsText("to_csv");
            page.getByLabel("Go on in the notebook that wrote the inputs").selectOption("maker.ipynb");
            assertThat(page).hasURL(Pattern.compile("with="));
            assertThat(script).containsText("to_csv");
            assertThat(script).containsText("taken * 2");
            Download python = page.waitForDownload(
                    () -> page.getByRole(AriaRole.LINK, named("Download .py")).click());
            assertThat(Files.readString(python.path())).contains("to_csv");
            page.getByRole(AriaRole.BUTTON, named("Without maker.ipynb")).click();
            assertThat(script).not().containsText("to_csv");
            page.goBack();
            assertThat(script).containsText("to_csv");
        }
    }

    @Test
    void whatWasTypedJustBeforeTheFiltersWereTakenBackIsNotToldAfterwards(Browser browser) throws Exception {
        try (PageVisit visit = bench.visitNotebook(browser, ColorScheme.LIGHT, 1280, 800)) {
            Page page = visit.page();
            visit.go(visit.notebookPath() + "/timeline?status=error");
            assertThat(executions(page)).hasCount(1);
            page.evaluate("""
                    () => {
                      const box = document.querySelector('input[type=search]');
                      box.value = 'nothing';
                      box.dispatchEvent(new Event('input', {bubbles: true}));
                      document.querySelector('[title="Clear all filters"]').click();
                    }""");
            assertThat(page).not().hasURL(Pattern.compile("status="));
            page.evaluate("() => new Promise(later => setTimeout(later, 500))");
            assertThat(page.url()).doesNotContain("q=");
        }
    }

    @Test
    void aSummaryThatWasOvertakenDoesNotClearAwayTheNewerOne(Browser browser) throws Exception {
        try (PageVisit visit = bench.visitNotebook(browser, ColorScheme.LIGHT, 1280, 800)) {
            Page page = visit.page();
            visit.view("Summary");
            List<Route> held = new ArrayList<>();
            page.route(url -> url.contains("/summary?section=Clean"), held::add);
            page.getByLabel("Section").selectOption("Clean");
            assertThat(page).hasURL(Pattern.compile("section=Clean"));
            page.goBack();
            Locator article = page.getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("Summary"));
            assertThat(page).not().hasURL(Pattern.compile("section="));
            page.evaluate("() => new Promise(later => setTimeout(later, 500))");
            assertThat(article).isVisible();
            assertThat(held).hasSize(1);
            held.get(0).abort();
        }
    }

    @Test
    void theSummaryIsToldFollowedBackAndExportedInEveryFormat(Browser browser) throws Exception {
        try (PageVisit visit = bench.visitNotebook(browser, ColorScheme.LIGHT, 1280, 800)) {
            visit.view("Summary");
            Page page = visit.page();
            Locator article = page.getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("Summary"));
            assertThat(article.getByRole(AriaRole.HEADING, new Locator.GetByRoleOptions().setName("Preprocessing")))
                    .isVisible();
            article.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^Step s")))
                    .first()
                    .click();
            Locator step = page.locator("li[aria-current='true']");
            assertThat(step).isFocused();
            for (String[] format : new String[][] {
                {"PDF", "%PDF-"},
                {"HTML", "<!doctype html>"},
                {"Markdown", "# "},
                {"Text", "churn"},
                {"JSON", "{\"notebook\""}
            }) {
                Download export = page.waitForDownload(
                        () -> page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Export"))
                                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(format[0]))
                                .click());
                String content = new String(Files.readAllBytes(export.path()), StandardCharsets.ISO_8859_1);
                assertThat(content).as(format[0]).containsIgnoringCase(format[1]);
            }
            page.getByLabel("Section").selectOption("Clean");
            assertThat(page).hasURL(Pattern.compile("section=Clean"));
            assertThat(page.getByText(Pattern.compile("^The section \"Clean\"")))
                    .isVisible();
            step = page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName(Pattern.compile("Execution \\d+ in the timeline")))
                    .first();
            step.click();
            assertThat(page).hasURL(Pattern.compile("/timeline\\?execution="));
        }
    }

    @Test
    void theStateShowsWhatTheAgentSees(Browser browser) throws Exception {
        try (PageVisit visit = bench.visit(browser, ColorScheme.LIGHT, 1280, 800)) {
            visit.view("State");
            assertThat(visit.page().getByRole(AriaRole.MAIN)).containsText("churn");
        }
    }

    private static Locator executions(Page page) {
        return page.getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName(Pattern.compile("^Execution ")));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
