package dev.trackit.runner.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests that a server of the page makes to itself: what the first of a kind costs, nobody has to wait for. Always directly, never by a proxy. */
final class FirstRequests {
    private static final Logger LOG = LoggerFactory.getLogger(FirstRequests.class);
    private static final Pattern PART = Pattern.compile("(?:href|src)=\"(/page/[^\"]+)\"");
    private static final long ENOUGH_MILLIS = 1_000;
    private static final int TIMEOUT_MILLIS = 2_000;

    private final String base;
    private final String token;

    /** @param url the address of the page, with its token */
    FirstRequests(String url) {
        this.base = url.replaceAll("/\\?.*", "");
        this.token = url.replaceAll(".*token=", "");
    }

    /** Asks for all that a browser asks for when it opens the page, and waits for that, but for a second at most. */
    void openPage() {
        Thread asking = new Thread(this::askForPage, "trackit-page-first");
        asking.setDaemon(true);
        asking.start();
        try {
            asking.join(ENOUGH_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void askForPage() {
        String page = ask("/", "text/html");
        ask("/", "application/json");
        Matcher part = PART.matcher(page);
        while (part.find()) {
            ask(part.group(1), "*/*");
        }
    }

    /** The answer; empty if there is none. */
    String ask(String address, String accept) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(base + address).toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setRequestProperty("Authorization", "Bearer " + token);
            connection.setRequestProperty("Accept", accept);
            try (InputStream in = connection.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            LOG.debug("An address was not warmed up: {}", address, e);
            return "";
        }
    }
}
