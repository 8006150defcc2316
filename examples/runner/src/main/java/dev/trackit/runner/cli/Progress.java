package dev.trackit.runner.cli;

import java.util.Locale;

/**
 * One line on standard error that tells how far a long task is; on a terminal only, at most ten times a second, and gone when
 * it is closed. Safe for use by several threads.
 */
public final class Progress implements AutoCloseable {
    private static final long INTERVAL_NANOS = 100_000_000;

    private final Console console;
    private final String what;
    private final boolean enabled;
    private long total;
    private long done;
    private long shownAt;
    private boolean visible;
    private boolean closed;

    Progress(Console console, String what, long total, boolean enabled) {
        this.console = console;
        this.what = what;
        this.total = total;
        this.enabled = enabled;
        this.shownAt = System.nanoTime() - INTERVAL_NANOS;
    }

    /** The total became known. */
    public void total(long newTotal) {
        synchronized (console) {
            this.total = newTotal;
        }
    }

    /** So many are done by now; the detail says which is at work. */
    public void done(long newDone, String detail) {
        if (!enabled) {
            return;
        }
        synchronized (console) {
            done = newDone;
            long now = System.nanoTime();
            if (!closed && now - shownAt >= INTERVAL_NANOS) {
                shownAt = now;
                visible = true;
                console.progressLine(TerminalText.fit(text(detail), console.progressColumns()));
            }
        }
    }

    private String text(String detail) {
        String count = total > 0
                ? String.format(Locale.ROOT, "%,d of %,d", done, total)
                : String.format(Locale.ROOT, "%,d", done);
        return what + " " + count + (detail.isEmpty() ? "" : "  " + detail);
    }

    void hide() {
        if (visible) {
            visible = false;
            console.progressLine("");
        }
    }

    /** Removes the line. Idempotent. */
    @Override
    public void close() {
        synchronized (console) {
            hide();
            closed = true;
        }
    }
}
