package dev.trackit.runner.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What must never happen in the page, whatever notebooks hold: a dialog, a request to anywhere but the page, an error on the console or
 * in a script, another page, a frame that goes elsewhere. Each is noted when it happens.
 */
final class Tripwires {
    private final String origin;
    private final List<String> tripped = new ArrayList<>();
    private final List<Pattern> expected = new ArrayList<>();

    Tripwires(BrowserContext context, String origin) {
        this.origin = origin;
        context.onDialog(this::onDialog);
        context.onRequest(request -> checkAddress("request", request.url()));
        context.onConsoleMessage(this::onConsole);
        context.onWebError(error -> trip("script error: " + error.error()));
        context.onPage(this::onPage);
    }

    private void onPage(Page page) {
        if (page.opener() != null) {
            trip("another page was opened: " + page.url());
        }
        page.onFrameNavigated(frame -> checkAddress("navigation", frame.url()));
        page.onDownload(download -> checkAddress("download", download.url()));
        page.onWebSocket(socket -> trip("web socket: " + socket.url()));
        page.onCrash(crashed -> trip("the page crashed"));
    }

    private void onDialog(Dialog dialog) {
        trip("dialog: " + dialog.message());
        dialog.dismiss();
    }

    private void onConsole(ConsoleMessage message) {
        if (message.type().equals("error") || message.type().equals("warning")) {
            trip("console " + message.type() + ": " + message.text() + " at " + message.location());
        }
    }

    private void checkAddress(String what, String address) {
        boolean own = address.startsWith(origin + "/") || address.equals(origin);
        boolean local = address.startsWith("data:image/")
                || address.startsWith("blob:" + origin)
                || address.equals("about:blank")
                || address.equals("about:srcdoc");
        if (!own && !local) {
            trip(what + " to " + address);
        }
    }

    private void trip(String what) {
        tripped.add(what);
    }

    /** Whether something of this kind happened. */
    boolean tripped(String words) {
        return tripped.stream().anyMatch(what -> what.contains(words));
    }

    /** Says that something of this kind may happen from now on: the test itself brings it about. */
    void expect(String regex) {
        expected.add(Pattern.compile(regex, Pattern.DOTALL));
    }

    /** Fails if anything happened that was not expected. */
    void assertQuiet() {
        List<String> unexpected = tripped.stream()
                .filter(what -> expected.stream().noneMatch(e -> e.matcher(what).find()))
                .toList();
        assertThat(unexpected).as("what must not happen in the page").isEmpty();
    }

    /** The origin of an address: scheme, host and port. */
    static String originOf(String address) {
        URI uri = URI.create(address);
        return uri.getScheme() + "://" + uri.getAuthority();
    }
}
