package dev.trackit.runner.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.trackit.runner.JupyterServerDriver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A notebook that means harm: in its name, its prose, its code, its data and every kind of output. Whatever it tries, the page shows text;
 * {@link Tripwires} tell if anything else happens.
 */
@ExtendWith(Chromium.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageHostileIT {
    private static final String NAME = "x\"'><img src=q onerror=alert(1)>&amp;{{7*7}}.ipynb";
    private static final String MARKUP = "<img src=q onerror=alert(2)><script>alert(3)</script>";

    private static final List<String> CODE = List.of(
            "import pandas as pd",
            "df = pd.DataFrame({'" + MARKUP + "': [1, 2], 'javascript:alert(4)': [3, 4]})\ndf",
            "df['</script><svg onload=alert(5)>'] = df['" + MARKUP + "'] * 2  # </style><body onload=alert(6)>",
            "df.to_csv('" + MARKUP.replace("/", "") + ".csv')",
            """
            from IPython.display import HTML, SVG, Javascript, Image, display, Markdown
            display(HTML('<script>alert(7)</script><img src="http://127.0.0.1:9/pixel.png" onerror="alert(8)">'
                         '<a href="javascript:alert(9)">click</a><form action="http://127.0.0.1:9/"><input autofocus onfocus=alert(10)></form>'
                         '<iframe srcdoc="<script>parent.alert(11)</script>"></iframe><meta http-equiv=refresh content="0;url=http://127.0.0.1:9/">'
                         '<style>@import "http://127.0.0.1:9/x.css"; body { display: none }</style>'))""",
            """
            display(SVG('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(12)"><script>alert(13)</script>'
                        '<image href="http://127.0.0.1:9/y.png"/><a href="javascript:alert(14)"><text y="20">svg</text></a></svg>'))""",
            "display(Javascript('alert(15); fetch(\"http://127.0.0.1:9/z\")'))",
            "display(Markdown('[x](javascript:alert(16)) <script>alert(17)</script>'))",
            "display({'image/png': 'bm90IGEgcGljdHVyZQ==', 'text/plain': 'no picture'}, raw=True)",
            "print('\\x1b[31mred\\x1b[0m \\x1b]8;;javascript:alert(18)\\x07link\\x1b]8;;\\x07 \\x1b[2J\\x07 \\u202egnp.exe \\x00')",
            "raise ValueError('" + MARKUP + "')",
            "print('x' * 300_000)\nfor i in range(20_000): print('line', i)",
            "long = '" + "a".repeat(60_000) + "'");

    private static final Page.GetByRoleOptions EXECUTION =
            new Page.GetByRoleOptions().setName(Pattern.compile("^Execution "));

    private Workbench workbench;

    @BeforeAll
    void work(@TempDir Path root) throws Exception {
        workbench = Workbench.open(root, "data & <i>notes<i>");
        JupyterServerDriver jupyter = workbench.jupyter();
        jupyter.open("hostile.ipynb");
        List<Map<String, Object>> cells = new ArrayList<>();
        cells.add(Map.of(
                "id",
                "m",
                "type",
                "markdown",
                "source",
                "# " + MARKUP + "\n[a](javascript:alert(20)) `" + MARKUP + "`"));
        for (String code : CODE) {
            JupyterServerDriver.Truth truth = jupyter.run("hostile.ipynb", code);
            cells.add(Map.of("id", "c" + cells.size(), "source", code, "count", truth.count()));
        }
        jupyter.saveCells("hostile.ipynb", cells);
        Files.copy(
                workbench.folder().resolve("hostile.ipynb"), workbench.folder().resolve(NAME));
    }

    @AfterAll
    void tidy() throws Exception {
        if (workbench != null) {
            workbench.close();
        }
    }

    @Test
    void aNameIsTextInTheListOfNotebooks(Browser browser) throws Exception {
        try (PageVisit visit = PageVisit.open(browser, workbench.agent().pageAddress(), ColorScheme.LIGHT, 1280, 800)) {
            Page page = visit.page();
            Locator link = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(NAME));
            assertThat(link).hasText(NAME);
            link.click();
            visit.settled();
            assertThat(page).hasTitle(Pattern.compile("onerror=alert\\(1\\)"));
        }
    }

    @Test
    void nothingInANotebookIsMoreThanTextInAnyView(Browser browser) throws Exception {
        try (PageVisit visit = open(browser)) {
            Page page = visit.page();
            page.getByRole(AriaRole.ARTICLE, EXECUTION).first().waitFor();
            walkThrough(page);
            assertHarmless(page);
            for (String view : List.of("Lineage", "Slice", "Summary", "State")) {
                visit.view(view);
                walkThrough(page);
                assertHarmless(page);
            }
        }
    }

    @Test
    void namesOfColumnsAndFilesAreShownAsTheyAre(Browser browser) throws Exception {
        try (PageVisit visit = open(browser)) {
            visit.view("Slice");
            Page page = visit.page();
            visit.go(visit.notebookPath() + "/slice?var=df");
            assertThat(page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("The script")))
                    .containsText("</script><svg onload=alert(5)>");
            visit.view("Summary");
            assertThat(page.getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("Summary")))
                    .containsText("alert(");
        }
    }

    @Test
    void terminalEscapesAreTakenOutOfTexts(Browser browser) throws Exception {
        try (PageVisit visit = open(browser)) {
            visit.go(visit.notebookPath() + "/timeline?q=gnp.exe");
            Locator entry = visit.page().getByRole(AriaRole.ARTICLE, EXECUTION).first();
            assertThat(entry).containsText("red");
            Object raw = visit.page()
                    .evaluate(
                            "() => [...document.querySelectorAll('main *')].some(n => [...n.childNodes].some(c => c.nodeType === 3 && /[\\u001b\\u0007]/.test(c.data)))");
            assertThat(raw).isEqualTo(false);
        }
    }

    private PageVisit open(Browser browser) throws Exception {
        PageVisit visit = PageVisit.open(browser, workbench.agent().pageAddress(), ColorScheme.LIGHT, 1280, 800);
        visit.page()
                .getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("hostile.ipynb").setExact(true))
                .click();
        visit.settled();
        return visit;
    }

    /** Scrolls through all of it and opens all that can be opened. */
    private static void walkThrough(Page page) {
        page.evaluate("""
                async () => {
                  const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
                  document.querySelectorAll('main details').forEach(node => { node.open = true; });
                  for (const box of document.querySelectorAll('main, main *')) {
                    if (box.scrollHeight > box.clientHeight + 40 && /auto|scroll/.test(getComputedStyle(box).overflowY)) {
                      for (let top = 0; top < Math.min(box.scrollHeight, 40_000); top += box.clientHeight) {
                        box.scrollTop = top;
                        await frame();
                      }
                    }
                  }
                }
                """);
    }

    /** The document holds nothing that a notebook could have put there: no script, frame, form, handler or foreign address. */
    private static void assertHarmless(Page page) {
        Object harm = page.evaluate("""
                () => [...document.querySelectorAll('*')].filter(node =>
                    (node.localName === 'script' && !node.src.startsWith(location.origin + '/page/')) ||
                    ['object', 'embed', 'form', 'base', 'meta[http-equiv]'].includes(node.localName) ||
                    (node.localName === 'iframe' && node.sandbox.contains('allow-scripts')) ||
                    [...node.attributes].some(a => a.name.startsWith('on') ||
                        (/^(href|src|action|xlink:href)$/.test(a.name) && /^\\s*(javascript|https?):/i.test(a.value) && !a.value.startsWith(location.origin))))
                  .map(node => node.outerHTML.slice(0, 200))
                """);
        assertThat((List<?>) harm).isEmpty();
    }
}
