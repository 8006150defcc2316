package dev.trackit.jupyter.kernel;

import java.util.concurrent.atomic.AtomicLong;

/** What was counted of one kernel since the source was started. Safe for use by several threads. */
final class Counters {
    final AtomicLong captured = new AtomicLong();
    final AtomicLong recovered = new AtomicLong();
    final AtomicLong gaps = new AtomicLong();
    final AtomicLong dropped = new AtomicLong();
    final AtomicLong bytes = new AtomicLong();
}
