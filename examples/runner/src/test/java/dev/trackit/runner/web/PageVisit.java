package dev.trackit.runner.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Proxy;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.regex.Pattern;

/**
 * Somebody with a fresh browser at the page, opened by the address that the agent printed; watched by {@link Tripwires}, which speak at
 * {@link #close()}.
 */
final class PageVisit implements AutoCloseable {
    /** How long anything may take on a machine that is busy with other things, in milliseconds. */
    static final double PATIENCE = Integer.getInteger("trackit.patience", 60_000);

    private final BrowserContext context;
    private final Page page;
    private final Tripwires tripwires;
    private final String origin;

    private PageVisit(BrowserContext context, Page page, Tripwires tripwires, String origin) {
        this.context = context;
        this.page = page;
        this.tripwires = tripwires;
        this.origin = origin;
    }

    static PageVisit open(Browser browser, String address, ColorScheme scheme, int width, int height) {
        return open(
                browser,
                address,
                new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(scheme));
    }

    /** With a window of usual size, over a cable that can be cut. */
    static PageVisit open(Browser browser, String address, CuttableCable cable) {
        return open(
                browser,
                address,
                new Browser.NewContextOptions()
                        .setViewportSize(1280, 1000)
                        .setProxy(new Proxy(cable.address()).setBypass("<-loopback>")));
    }

    private static PageVisit open(Browser browser, String address, Browser.NewContextOptions options) {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        BrowserContext context = browser.newContext(options.setLocale("en-GB").setReducedMotion(ReducedMotion.REDUCE));
        context.setDefaultTimeout(PATIENCE);
        String origin = Tripwires.originOf(address);
        Tripwires tripwires = new Tripwires(context, origin);
        Page page = context.newPage();
        page.navigate(address);
        PageVisit visit = new PageVisit(context, page, tripwires, origin);
        assertThat(page).not().hasURL(Pattern.compile("token="));
        return visit;
    }

    Page page() {
        return page;
    }

    Tripwires tripwires() {
        return tripwires;
    }

    BrowserContext context() {
        return context;
    }

    /** Goes to an address of the page by a path. */
    void go(String path) {
        page.navigate(origin + path);
    }

    /** Follows the link in the bar to a view of the notebook that is open. */
    void view(String name) {
        page.getByRole(AriaRole.BANNER)
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName(name).setExact(true))
                .click();
        settled();
    }

    /** The title of the notebook's view is there and nothing is loading. */
    void settled() {
        assertThat(page.locator("[aria-busy='true']")).hasCount(0);
        assertThat(page.locator("main h1")).not().hasCount(0);
    }

    /** What is under the views of the open notebook: {@code /notebooks/ID}. */
    String notebookPath() {
        String path = page.url().substring(origin.length());
        int view = path.indexOf('/', "/notebooks/".length());
        return view < 0 ? path : path.substring(0, view);
    }

    @Override
    public void close() {
        try {
            tripwires.assertQuiet();
        } finally {
            context.close();
        }
    }
}
