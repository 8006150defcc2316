package dev.trackit.api;

/** How an execution ended. */
public enum ExecutionStatus {
    /** Every statement ran. */
    OK,
    /** A statement raised an exception, an interrupt included; the statements before it took effect. */
    ERROR,
    /** The kernel died, restarted or disappeared before the execution ended; what took effect is not known. */
    ABORTED
}
