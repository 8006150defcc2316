package dev.trackit.jupyter.wire;

import java.util.Optional;

/**
 * The key pair that kernel and clients of an encrypted kernel share (Jupyter enhancement proposal 75: one pair for both sides), each
 * key 40 characters of Z85.
 */
record CurveKeys(String publicKey, String secretKey) {

    static Optional<CurveKeys> of(String publicKey, String secretKey) {
        return publicKey.length() == 40 && secretKey.length() == 40
                ? Optional.of(new CurveKeys(publicKey, secretKey))
                : Optional.empty();
    }

    /** Never the keys. */
    @Override
    public String toString() {
        return "CurveKeys";
    }
}
