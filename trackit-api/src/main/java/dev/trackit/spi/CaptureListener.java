package dev.trackit.spi;

/**
 * Is told what a {@link NotebookSource} sees. Safe for use by several threads; never blocks; never throws.
 */
@FunctionalInterface
public interface CaptureListener {

    /** Something happened. Events of one session arrive in the order in which they happened. */
    void on(CaptureEvent event);
}
