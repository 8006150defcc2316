package dev.trackit.jupyter.client;

import java.nio.file.Path;

/** How an agent knows the kernels that TrackIT starts for itself, which are nobody's work and not to be recorded. */
public final class PrivateKernels {
    static final String PREFIX = "trackit-private-";

    private PrivateKernels() {}

    /** Whether this connection file is that of such a kernel. */
    public static boolean isPrivate(Path connectionFile) {
        return String.valueOf(connectionFile.getFileName()).startsWith(PREFIX);
    }
}
