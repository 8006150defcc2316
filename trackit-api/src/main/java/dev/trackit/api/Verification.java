package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The result of checking one log against its own chain of digests.
 *
 * @param log the log
 * @param records how many records are intact
 * @param bytes how many bytes were read
 * @param findings what is wrong, in order; empty if the log is whole
 */
public record Verification(LogId log, long records, long bytes, List<Finding> findings) {

    /** Checks and copies. */
    public Verification {
        requireNonNull(log, "log");
        findings = List.copyOf(findings);
    }

    /** Whether nothing is wrong, not counting a torn tail, which is what a crash may leave of a record never acknowledged. */
    public boolean intact() {
        return findings.stream().noneMatch(f -> f.severity() == Severity.BROKEN);
    }

    /** How bad a finding is. */
    public enum Severity {
        /** Left by a crash or a full disk; nothing acknowledged is lost. */
        NOTICE,
        /** Acknowledged records were changed or lost. */
        BROKEN
    }

    /**
     * One thing that is wrong.
     *
     * @param severity how bad it is
     * @param place where: for a file, its name and the line from 1
     * @param message what is wrong, and what to do
     */
    public record Finding(Severity severity, String place, String message) {
        /** Checks. */
        public Finding {
            requireNonNull(severity, "severity");
            requireNonNull(place, "place");
            requireNonNull(message, "message");
        }
    }
}
