package dev.trackit.runner.doctor;

import java.util.List;

/** Looks at one part of the surroundings. */
@FunctionalInterface
interface Check {
    /** What was found. Takes no longer than a few seconds, whatever hangs. */
    List<Finding> look();
}
