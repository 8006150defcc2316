package dev.trackit.runner.cli;

/** What the program tells scripts when it ends. */
public final class ExitCodes {
    /** All is well. */
    public static final int FINE = 0;

    /** The command worked, and found something that needs attention. */
    public static final int FINDINGS = 1;

    /** The command line is wrong. */
    public static final int USAGE = 2;

    /** What was asked for does not exist, or the agent is not running. */
    public static final int NOTHING = 3;

    /** A log is not what was written. */
    public static final int BROKEN = 4;

    /** Reading or writing failed. */
    public static final int IO = 5;

    /** Another process holds what this one needs. */
    public static final int LOCKED = 6;

    /** A fault of the program itself. */
    public static final int FAULT = 70;

    private ExitCodes() {}
}
