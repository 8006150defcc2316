package dev.trackit.runner.web.security;

import java.util.Map;
import org.eclipse.jetty.http.HttpFields;

/** The headers that each answer carries, whatever it is. */
public final class SecurityHeaders {
    /** What the page itself may load: its own files, and nothing else. */
    public static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; frame-src 'self'; manifest-src 'self'; "
            + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /**
     * What a document that comes out of a notebook may do: be looked at. It runs no script, loads nothing, leads nowhere, and belongs to no
     * origin, in a frame of the page or on its own.
     */
    public static final String DOCUMENT_POLICY =
            "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
                    + "font-src data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

    private static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "Content-Security-Policy",
            PAGE_POLICY,
            "X-Frame-Options",
            "DENY",
            "Cache-Control",
            "no-store");

    private SecurityHeaders() {}

    /** Sets them. */
    public static void addTo(HttpFields.Mutable headers) {
        ALWAYS.forEach(headers::put);
        headers.put("Vary", "Accept");
    }
}
