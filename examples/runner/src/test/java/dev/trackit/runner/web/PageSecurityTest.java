package dev.trackit.runner.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.runner.web.http.Route;
import dev.trackit.runner.web.security.Gate;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every address that is served, asked in every way in which it must not answer. The table is the server's own, so an address that is added is tested. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageSecurityTest {
    @TempDir
    static Path folder;

    private PageFixture page;
    private RawHttp http;
    private String cookie = "";
    private String notebook = "";

    @BeforeAll
    void start() throws Exception {
        System.setProperty("trackit.page.patience", "2");
        page = new PageFixture(folder);
        http = new RawHttp(page.port());
        RawHttp.Answer in = http.send("GET", "/?token=" + page.token(), Map.of(), "");
        assertThat(in.status()).isEqualTo(303);
        cookie = in.header("Set-Cookie").replaceAll(";.*", "");
        notebook = page.reader().notebooks().get(0).id().value();
        awaitListed();
    }

    private void awaitListed() throws Exception {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (http.send("GET", "/notebooks/" + notebook, signedIn(), "").status() != 200) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @AfterAll
    void stop() {
        page.close();
        System.clearProperty("trackit.page.patience");
    }

    /** Each address with its method, parts filled in; and the stream, the files and an address that does not exist. */
    Stream<String> addresses() {
        List<String> addresses = new ArrayList<>();
        for (Route route : page.server().routes()) {
            addresses.add(route.method().name() + " " + filled(route.path()));
        }
        addresses.add("GET /events");
        addresses.add("GET /events?notebook=" + notebook);
        addresses.add("GET /page/js/main.js");
        addresses.add("GET /nothing/here");
        return addresses.stream();
    }

    private String filled(String path) {
        return path.replace("{id}", notebook)
                .replace("{sequence}", "3")
                .replace("{n}", "1")
                .replaceAll("\\{\\w+}", "0123456789abcdef");
    }

    private Map<String, @Nullable String> signedIn() {
        Map<String, @Nullable String> headers = new HashMap<>();
        headers.put("Cookie", cookie);
        return headers;
    }

    /** What the page itself sends. */
    private Map<String, @Nullable String> asThePage() {
        Map<String, @Nullable String> headers = signedIn();
        headers.put("Origin", "http://127.0.0.1:" + page.port());
        headers.put(Gate.MARK, "1");
        headers.put("Sec-Fetch-Site", "same-origin");
        headers.put("Sec-Fetch-Mode", "cors");
        headers.put("Accept", "application/json");
        return headers;
    }

    private RawHttp.Answer ask(String address, Map<String, @Nullable String> headers) throws IOException {
        String[] parts = address.split(" ", 2);
        String body = parts[0].equals("POST") ? "{}" : "";
        return http.send(parts[0], parts[1], headers, body);
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void isServedToThePageAlone(String address) throws IOException {
        assertThat(ask(address, asThePage()).status()).isNotIn(0, 401, 403, 405, 500);
        assertRefused(401, ask(address, changed("Cookie", null)));
        assertRefused(401, ask(address, changed("Cookie", cookie.replaceAll("=.*", "=") + "0".repeat(64))));
        assertRefused(401, ask(address, changed("Cookie", cookie.replaceAll("=.*", "=" + page.token()))));
        assertRefused(401, ask(address, changed("Authorization", "Bearer " + "0".repeat(64))));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void isServedUnderItsOwnNameOnly(String address) throws IOException {
        for (String host : List.of(
                "evil.example",
                "evil.example:" + page.port(),
                "127.0.0.1",
                "127.0.0.1:1",
                "127.0.0.1.evil.example:" + page.port(),
                "localhost.evil.example:" + page.port(),
                "0.0.0.0:" + page.port(),
                "")) {
            Map<String, @Nullable String> headers = changed("Host", host);
            headers.put("Origin", "http://" + host);
            assertThat(ask(address, headers).status()).as(host).isIn(400, 403);
        }
        assertThat(ask(address, changed("Host", null)).status()).isIn(400, 403);
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void answersNoOtherSite(String address) throws IOException {
        for (String origin : List.of(
                "http://evil.example",
                "null",
                "http://127.0.0.1",
                "http://127.0.0.1:1",
                "https://127.0.0.1:" + page.port(),
                "http://localhost:" + page.port(),
                "http://127.0.0.1:" + page.port() + ".evil.example")) {
            assertRefused(403, ask(address, changed("Origin", origin)));
        }
        for (String site : List.of("cross-site", "same-site", "none, same-origin", "something")) {
            assertRefused(403, ask(address, changed("Sec-Fetch-Site", site)));
        }
        Map<String, @Nullable String> typed = changed("Sec-Fetch-Site", "none");
        assertRefused(403, ask(address, typed));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void changesNothingWithoutOriginAndMark(String address) throws IOException {
        if (address.startsWith("GET")) {
            return;
        }
        assertRefused(403, ask(address, changed("Origin", null)));
        assertRefused(403, ask(address, changed(Gate.MARK, null)));
        assertRefused(403, ask(address, changed(Gate.MARK, "yes")));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void knowsNoOtherMethods(String address) throws IOException {
        String path = address.split(" ", 2)[1];
        for (String method : List.of("OPTIONS", "TRACE", "PATCH", "CONNECT", "PROPFIND", "get")) {
            assertThat(http.send(method, path, asThePage(), "").status())
                    .as(method)
                    .isIn(400, 405);
        }
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void takesNoLargeRequests(String address) throws IOException {
        Map<String, @Nullable String> large = asThePage();
        large.put("X-Large", "x".repeat(40_000));
        assertThat(ask(address, large).status()).isEqualTo(431);
        String method = address.split(" ")[0];
        String path = address.split(" ", 2)[1];
        String longer = path + (path.contains("?") ? "&" : "?") + "q=" + "x".repeat(6_000);
        assertThat(http.send(method, longer, asThePage(), "").status()).isEqualTo(414);
        Map<String, @Nullable String> body = asThePage();
        body.put("Content-Length", "100000000");
        assertThat(http.send(method, path, body, "").status()).isEqualTo(413);
        Map<String, @Nullable String> chunked = asThePage();
        chunked.put("Transfer-Encoding", "chunked");
        assertThat(http.send(method, path, chunked, "").status()).isEqualTo(411);
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void saysInEachAnswerWhatBrowsersMayDo(String address) throws IOException {
        for (Map<String, @Nullable String> headers : List.of(asThePage(), Map.<String, @Nullable String>of())) {
            RawHttp.Answer answer = ask(address, headers);
            assertThat(answer.header("Content-Security-Policy"))
                    .contains("default-src 'none'")
                    .contains("base-uri 'none'");
            assertThat(answer.header("Content-Security-Policy"))
                    .doesNotContain("unsafe-eval")
                    .doesNotContain("script-src 'unsafe");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
            assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
            assertThat(answer.header("X-Frame-Options")).isIn("DENY", "SAMEORIGIN");
            assertThat(answer.header("Cache-Control")).isIn("no-store", "no-cache");
            assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
            assertThat(answer.header("Server")).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void readsNoPathThatARequestNames(String address) throws IOException {
        if (!address.contains(notebook) && !address.contains("/page/")) {
            return;
        }
        for (String part : List.of(
                "..%2f..%2fetc%2fpasswd",
                "%2e%2e",
                "..",
                "....//",
                "%00",
                "%252e%252e%252f",
                "..%5c..",
                "prices.ipynb",
                "/etc/passwd",
                "a%0d%0aX: 1",
                "%c0%ae%c0%ae/")) {
            String path = address.split(" ", 2)[1].replace(notebook, part).replace("js/main.js", part);
            if (address.contains("?notebook=")) {
                continue;
            }
            RawHttp.Answer answer = http.send(address.split(" ")[0], path, asThePage(), "");
            assertThat(answer.status()).as(path).isIn(400, 404, 405);
            assertClean(answer);
        }
    }

    @Test
    void filesOutsideThePageAreNotServed() throws IOException {
        for (String file : List.of(
                "../Main.class",
                "%2e%2e/Main.class",
                "js/../../Main.class",
                "js/%2e%2e/%2e%2e/Main.class",
                "js/main.js/..",
                "js/main.js/",
                "icon.svg/",
                "JS/main.js",
                "js//main.js",
                "js/main.js%00.css",
                "js",
                "",
                ".",
                "package-info.class")) {
            RawHttp.Answer answer = http.send("GET", "/page/" + file, asThePage(), "");
            assertThat(answer.status()).as(file).isIn(400, 404);
            assertClean(answer);
        }
        assertThat(http.send("GET", "/page/js/main.js", asThePage(), "").header("Content-Type"))
                .startsWith("text/javascript");
    }

    @Test
    void theTokenIsSwappedForACookieThatOnlyThisPageSends() throws IOException {
        RawHttp.Answer in = http.send("GET", "/?q=a&token=" + page.token(), Map.of(), "");
        assertThat(in.status()).isEqualTo(303);
        assertThat(in.header("Location")).isEqualTo("/?q=a");
        assertThat(in.header("Set-Cookie"))
                .contains("HttpOnly")
                .contains("SameSite=Strict")
                .contains("Path=/");
        assertThat(in.header("Set-Cookie")).doesNotContain(page.token());
        assertThat(http.send("GET", "//evil.example/?token=" + page.token(), Map.of(), "")
                        .header("Location"))
                .doesNotStartWith("//");
        assertRefused(401, http.send("GET", "/?token=" + "0".repeat(64), signedIn(), ""));
        assertRefused(401, http.send("GET", "/?token=", signedIn(), ""));
        assertRefused(
                401,
                http.send("PUT", "/notebooks/" + notebook + "/tracking?token=" + page.token(), without("Cookie"), ""));
    }

    @Test
    void anAddressForOnceLetsOneBrowserIn() throws IOException {
        String path = page.server().urlForOnce().replaceAll("http://[^/]+", "");
        assertThat(http.send("GET", path, Map.of(), "").status()).isEqualTo(303);
        assertThat(http.send("GET", path, Map.of(), "").status()).isEqualTo(401);
    }

    @Test
    void programsMaySendTheTokenAsAHeader() throws IOException {
        Map<String, @Nullable String> headers = new HashMap<>();
        headers.put("Authorization", "Bearer " + page.token());
        assertThat(http.send("GET", "/", headers, "").status()).isEqualTo(200);
    }

    @Test
    void whatCannotBeParsedIsAnsweredWithoutSayingWhatIsInside() throws IOException {
        for (String request : List.of(
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "NONSENSE\r\n\r\n",
                "GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:" + page.port() + "\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: 127.0.0.1:" + page.port() + "\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: 127.0.0.1:" + page.port() + "\r\nHost: evil.example\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: 127.0.0.1:" + page.port() + "\r\n\r\n")) {
            RawHttp.Answer answer = http.raw(request);
            assertThat(answer.status()).as(request).isBetween(400, 505);
            assertClean(answer);
        }
    }

    @Test
    void outputsRunNothing() throws IOException {
        String outputs = "/notebooks/" + notebook + "/outputs/3/";
        RawHttp.Answer html = http.send("GET", outputs + "0", asThePage(), "");
        assertThat(html.status()).isIn(200, 404);
        if (html.status() == 200) {
            assertThat(html.header("Content-Security-Policy"))
                    .startsWith("sandbox;")
                    .doesNotContain("allow-");
        }
        assertThat(http.send("GET", outputs + "3", asThePage(), "").status()).isEqualTo(404);
        for (String n : List.of("-1", "99", "x", "0x0")) {
            assertThat(http.send("GET", outputs + n, asThePage(), "").status()).isEqualTo(404);
        }
    }

    @Test
    void whoSendsSlowlyIsLetGo() throws Exception {
        try (Socket slow = new Socket(InetAddress.getByName("127.0.0.1"), page.port())) {
            slow.setSoTimeout(60_000);
            OutputStream out = slow.getOutputStream();
            out.write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            long deadline = System.nanoTime() + 60_000_000_000L;
            boolean cut = false;
            while (!cut && System.nanoTime() < deadline) {
                try {
                    out.write("X".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    slow.setSoTimeout(200);
                    cut = slow.getInputStream().read() < 0;
                } catch (SocketTimeoutException e) {
                    // Still listening.
                } catch (IOException e) {
                    cut = true;
                }
            }
            assertThat(cut).isTrue();
        }
    }

    @Test
    void aFloodOfConnectionsIsBoundedAndPasses() throws Exception {
        List<Socket> flood = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Socket socket = new Socket();
                try {
                    socket.connect(new InetSocketAddress("127.0.0.1", page.port()), 2_000);
                    flood.add(socket);
                } catch (IOException e) {
                    socket.close();
                }
            }
        } finally {
            for (Socket socket : flood) {
                socket.close();
            }
        }
        long deadline = System.nanoTime() + 60_000_000_000L;
        int status = 0;
        while (status != 200 && System.nanoTime() < deadline) {
            try {
                status = http.send("GET", "/", asThePage(), "").status();
            } catch (IOException e) {
                status = 0;
            }
        }
        assertThat(status).isEqualTo(200);
    }

    @Test
    void connectionsThatDoNothingMakeRoomForOneThatAsks() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                silent.add(new Socket(InetAddress.getByName("127.0.0.1"), page.port()));
            }
            // They stay open all the while: only those that were let go can have made room.
            assertThat(http.send("GET", "/", asThePage(), "").status()).isEqualTo(200);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void onlyThisMachineIsHeard() throws Exception {
        for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(card.getInetAddresses())) {
                if (address instanceof Inet4Address && !address.isLoopbackAddress()) {
                    try (Socket socket = new Socket()) {
                        socket.connect(new InetSocketAddress(address, page.port()), 2_000);
                        assertThat(true).as("reached at " + address).isFalse();
                    } catch (IOException e) {
                        assertThat(e).isNotNull();
                    }
                }
            }
        }
    }

    private Map<String, @Nullable String> changed(String header, @Nullable String value) {
        Map<String, @Nullable String> headers = new LinkedHashMap<>(asThePage());
        headers.put(header, value);
        return headers;
    }

    private Map<String, @Nullable String> without(String header) {
        return changed(header, null);
    }

    private static void assertRefused(int status, RawHttp.Answer answer) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).contains("\"error\"");
        assertClean(answer);
    }

    /** Nothing of the inside: no stack trace, no class, no place on the disk. */
    private static void assertClean(RawHttp.Answer answer) {
        assertThat(answer.body())
                .doesNotContain("Exception")
                .doesNotContain("\tat ")
                .doesNotContain("dev.trackit")
                .doesNotContain("jetty")
                .doesNotContain("Jetty")
                .doesNotContain(folder.toString());
    }
}
