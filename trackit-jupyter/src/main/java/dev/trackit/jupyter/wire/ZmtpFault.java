package dev.trackit.jupyter.wire;

import java.io.IOException;

/** A peer that does not keep to ZMTP 3 without encryption. */
final class ZmtpFault extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean otherProtocol;

    ZmtpFault(String message) {
        this(message, false);
    }

    private ZmtpFault(String message, boolean otherProtocol) {
        super(message);
        this.otherProtocol = otherProtocol;
    }

    /** A peer that speaks something else from its first bytes on: an older ZMTP, encryption, or no ZMTP at all. */
    static ZmtpFault otherProtocol(String message) {
        return new ZmtpFault(message, true);
    }

    /** Whether the peer speaks something else from its first bytes on. */
    boolean isOtherProtocol() {
        return otherProtocol;
    }
}
