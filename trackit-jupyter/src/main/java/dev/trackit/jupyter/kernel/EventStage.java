package dev.trackit.jupyter.kernel;

import dev.trackit.spi.CaptureEvent;

/** Takes events of one kernel in order and passes them on, now or later. */
@FunctionalInterface
interface EventStage {
    void accept(CaptureEvent event);
}
