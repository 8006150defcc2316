package dev.trackit.api;

/** From where the record of an execution was taken. */
public enum Origin {
    /** Seen on the kernel's channel while it ran. */
    LIVE,
    /** Asked from the kernel's own history afterwards: code and count are exact, times and outputs may be missing. */
    RECOVERED,
    /** Read from a saved notebook: what ran, in the order of the counts, as far as the file still holds it. */
    SAVED
}
