package dev.trackit.runner.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The page for everybody: by keyboard alone, with a reader, in light and dark, on a tablet and on a wall. */
@ExtendWith({Chromium.class, ChurnBench.Extension.class})
class PageAccessIT {
    private static final List<String> VIEWS = List.of("Timeline", "Lineage", "Slice", "Summary");

    private final ChurnBench bench;

    PageAccessIT(ChurnBench bench) {
        this.bench = bench;
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void noViewHasABarrier(ColorScheme scheme, Browser browser) throws Exception {
        try (PageVisit visit = bench.visit(browser, scheme, 1280, 800)) {
            Page page = visit.page();
            assertThat(page.getByRole(AriaRole.LINK, named(ChurnBench.NOTEBOOK)))
                    .isVisible();
            Axe.check(page, "Notebooks, " + scheme);
            page.keyboard().press("?");
            assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
            Axe.check(page, "the help, " + scheme);
            page.keyboard().press("Escape");
            assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
            page.getByRole(AriaRole.LINK, named(ChurnBench.NOTEBOOK)).click();
            visit.settled();
            for (String view : VIEWS) {
                visit.view(view);
                Axe.check(page, view + ", " + scheme);
            }
            visit.view("State");
            Axe.check(page, "State, " + scheme);
            visit.go("/notebooks/nowhere/timeline");
            visit.tripwires().expect("status of 404");
            assertThat(page.getByRole(AriaRole.MAIN).getByRole(AriaRole.HEADING).first())
                    .isVisible();
            Axe.check(page, "an address that does not exist, " + scheme);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void nothingThatOpensHasABarrier(ColorScheme scheme, Browser browser) throws Exception {
        try (PageVisit visit = bench.visitNotebook(browser, scheme, 1280, 800)) {
            Page page = visit.page();
            page.keyboard().press("?");
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Next failed execution");
            Axe.check(page, "the help in a timeline, " + scheme);
            page.keyboard().press("Escape");
            visit.go(visit.notebookPath()
                    + "/timeline?q=customers&kind=join&status=ok&since=2020-01-01&until=2099-01-01&var=data&cell=8");
            visit.settled();
            Axe.check(page, "all filters of the timeline, " + scheme);
            visit.go("/?q=churn&state=tracked&since=2020-01-01&until=2099-01-01&minCells=1&maxCells=900");
            visit.settled();
            Axe.check(page, "all filters of the list, " + scheme);
            visit.go("/?q=nothing+has+this+name");
            assertThat(page.getByText("No notebook fits these filters")).isVisible();
            Axe.check(page, "a list without notebooks, " + scheme);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void noPartOfTheLineageTheSliceAndTheSummaryHasABarrier(ColorScheme scheme, Browser browser) throws Exception {
        try (PageVisit visit = bench.visitNotebook(browser, scheme, 1280, 800)) {
            Page page = visit.page();
            String notebook = visit.notebookPath();
            visit.view("Lineage");
            page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Find a dataset or step"))
                    .fill("spend");
            assertThat(page.getByRole(AriaRole.OPTION).first()).isVisible();
            Axe.check(page, "what was found in the lineage, " + scheme);
            page.keyboard().press("Enter");
            Locator about =
                    page.getByRole(AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName("What is chosen"));
            about.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Only its lineage"))
                    .click();
            assertThat(page.getByRole(AriaRole.BUTTON, named("Show all"))).isVisible();
            openAll(about);
            Axe.check(page, "the lineage of one dataset with its columns, " + scheme);
            page.keyboard().press("v");
            assertThat(page.getByRole(AriaRole.TABLE).first()).isVisible();
            Axe.check(page, "the lineage as a table, " + scheme);
            visit.go(notebook + "/slice?var=features");
            visit.settled();
            openAll(page.getByRole(AriaRole.MAIN));
            Axe.check(page, "a slice with all cells open, " + scheme);
            visit.go(notebook + "/summary?section=Clean");
            visit.settled();
            openAll(page.getByRole(AriaRole.MAIN));
            Axe.check(page, "where a summary comes from, " + scheme);
        }
    }

    private static void openAll(Locator part) {
        assertThat(part.locator("summary").first()).isVisible();
        part.locator("details").evaluateAll("all => all.forEach(one => one.open = true)");
    }

    @ParameterizedTest
    @CsvSource({"1280, 800", "1920, 1080", "3840, 2160", "768, 1024"})
    void everyViewFitsTheWindow(int width, int height, Browser browser) throws Exception {
        try (PageVisit visit = bench.visitNotebook(browser, ColorScheme.LIGHT, width, height)) {
            for (String view : VIEWS) {
                visit.view(view);
                assertFits(visit.page(), view + " at " + width);
            }
            visit.view("State");
            assertFits(visit.page(), "State at " + width);
            visit.go("/");
            visit.settled();
            assertFits(visit.page(), "Notebooks at " + width);
        }
    }

    /** Nothing makes the window scroll sideways, and no control is cut off at its edge. */
    private static void assertFits(Page page, String what) {
        Object overflow =
                page.evaluate("() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth");
        assertThat(((Number) overflow).intValue()).as("overflow of %s", what).isLessThanOrEqualTo(0);
        Object cut = page.evaluate("""
                () => [...document.querySelectorAll('button, a, input, select')].filter(node => {
                  const box = node.getBoundingClientRect();
                  const scrolls = (up) => up && up !== document.body &&
                    (up.scrollWidth > up.clientWidth + 1 && getComputedStyle(up).overflowX !== 'visible' || scrolls(up.parentElement));
                  return node.checkVisibility() && box.width > 1 && !node.closest('.sr-only, .skip, svg') &&
                    (box.right > innerWidth + 1 || box.left < -1) && !scrolls(node.parentElement);
                }).map(node => node.outerHTML.slice(0, 120))
                """);
        assertThat((List<?>) cut).as("controls that are cut off in %s", what).isEmpty();
    }

    @Test
    void theWholeWayIsGoneByKeyboardAlone(Browser browser) throws Exception {
        try (PageVisit visit = bench.visit(browser, ColorScheme.LIGHT, 1280, 800)) {
            Page page = visit.page();
            assertThat(page.getByRole(AriaRole.LINK, named(ChurnBench.NOTEBOOK)))
                    .isVisible();
            page.keyboard().press("/");
            page.keyboard().type("churn");
            assertThat(page.getByRole(AriaRole.LISTITEM)).hasCount(1);
            page.keyboard().press("ArrowDown");
            page.keyboard().press("Enter");
            assertThat(page).hasURL(Pattern.compile("/notebooks/[^/]+/timeline"));
            visit.settled();

            page.keyboard().press("g");
            page.keyboard().press("l");
            assertThat(page).hasURL(Pattern.compile("/lineage"));
            visit.settled();
            assertThat(reachedByTab(page, 60))
                    .as("controls reached in the lineage")
                    .hasSizeGreaterThan(5);

            page.keyboard().press("g");
            page.keyboard().press("s");
            assertThat(page).hasURL(Pattern.compile("/slice"));
            visit.settled();
            page.keyboard().press("/");
            assertThat(page.getByRole(AriaRole.SEARCHBOX)).isFocused();
            page.keyboard().type("spend");
            Locator found = page.getByRole(
                            AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Variables and files"))
                    .getByRole(AriaRole.LINK);
            assertThat(found).hasCount(1);
            page.keyboard().press("ArrowDown");
            assertThat(found).isFocused();
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .hasText("spend");

            page.keyboard().press("g");
            page.keyboard().press("u");
            assertThat(page).hasURL(Pattern.compile("/summary"));
            visit.settled();
            tabTo(page, "Step ");
            page.keyboard().press("Enter");
            assertThat(page.locator("li[aria-current='true']")).isFocused();
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            assertThat(page).hasURL(Pattern.compile("/timeline\\?execution="));

            page.goBack();
            assertThat(page).hasURL(Pattern.compile("/summary"));
            page.keyboard().press("g");
            page.keyboard().press("n");
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .hasText("Notebooks");
        }
    }

    @Test
    void theFocusIsSeenWhereverItIs(Browser browser) throws Exception {
        try (PageVisit visit = bench.visitNotebook(browser, ColorScheme.DARK, 1280, 800)) {
            for (String view : VIEWS) {
                visit.view(view);
                List<String> unseen = reachedByTab(visit.page(), 25).stream()
                        .filter(name -> name.startsWith("unseen"))
                        .toList();
                assertThat(unseen)
                        .as("controls of %s whose focus is not seen", view)
                        .isEmpty();
            }
        }
    }

    /** Presses Tab some times; what had the focus, by its name, "unseen" before it if nothing shows that it has the focus. */
    private static List<String> reachedByTab(Page page, int times) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            page.keyboard().press("Tab");
            String name = String.valueOf(page.evaluate("""
                    () => {
                      const node = document.activeElement;
                      if (!node || node === document.body) return '';
                      const style = getComputedStyle(node);
                      const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 ||
                        style.boxShadow !== 'none' || node instanceof SVGElement;
                      const box = node.getBoundingClientRect();
                      return (seen && box.width > 0 && box.height > 0 ? '' : 'unseen ') +
                        (node.getAttribute('aria-label') || node.textContent || node.tagName).trim().slice(0, 60);
                    }
                    """));
            if (!name.isBlank() && !names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    /** Presses Tab until something whose name begins so has the focus. */
    private static void tabTo(Page page, String beginning) {
        for (int i = 0; i < 80; i++) {
            page.keyboard().press("Tab");
            Object name = page.evaluate("() => document.activeElement?.getAttribute('aria-label') ?? ''");
            if (String.valueOf(name).startsWith(beginning)) {
                return;
            }
        }
        throw new AssertionError("Tab does not come to \"" + beginning + "\"");
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
