package dev.trackit.core.discovery;

import static java.util.Objects.requireNonNull;

/**
 * One provider that was found on the class path, or one that could not be used.
 *
 * @param service the simple name of its service, for example {@code LineageStoreProvider}
 * @param id its id; empty if it could not be constructed
 * @param className its class; empty if that is not known
 * @param place the jar or folder it comes from; empty if that is not known
 * @param version the version that its jar states; empty if none
 * @param problem what is wrong with it, in a sentence; empty if nothing is
 */
public record ProviderReport(
        String service, String id, String className, String place, String version, String problem) {
    /** Checks. */
    public ProviderReport {
        requireNonNull(service, "service");
        requireNonNull(id, "id");
        requireNonNull(className, "className");
        requireNonNull(place, "place");
        requireNonNull(version, "version");
        requireNonNull(problem, "problem");
    }

    /** Whether it can be used. */
    public boolean usable() {
        return problem.isEmpty();
    }
}
