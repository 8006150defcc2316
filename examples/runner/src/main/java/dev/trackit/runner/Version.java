package dev.trackit.runner;

/** Which TrackIT this is. */
final class Version {
    private Version() {}

    /** The version from the jar's manifest; when run from class files, a word that says so. */
    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** What {@code --version} prints. */
    static String line() {
        return "trackit " + number() + " (Java " + System.getProperty("java.version") + ", "
                + System.getProperty("os.name") + ")";
    }
}
