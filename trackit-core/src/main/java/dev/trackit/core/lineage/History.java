package dev.trackit.core.lineage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The versions of one location in the order of time. */
final class History {
    private final List<Version> versions = new ArrayList<>(2);

    @Nullable
    Version head() {
        return versions.isEmpty() ? null : versions.get(versions.size() - 1);
    }

    void add(Version version) {
        versions.add(version);
    }

    List<Version> versions() {
        return versions;
    }

    /** The last version made by an execution whose order is less than {@code limit}. */
    @Nullable
    Version before(int limit) {
        int low = 0;
        int high = versions.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (versions.get(middle).writer().execution().order() < limit) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? null : versions.get(low - 1);
    }
}
