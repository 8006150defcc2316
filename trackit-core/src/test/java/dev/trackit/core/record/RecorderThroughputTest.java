package dev.trackit.core.record;

import static dev.trackit.core.record.Capture.NOTEBOOK;
import static dev.trackit.core.record.Capture.execution;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.Output;
import dev.trackit.core.timeline.Timeline;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Not a benchmark: it shows that tens of thousands of executions pass, fold and can be read from their end, and says how long that took. */
class RecorderThroughputTest {
    private static final Logger LOG = LoggerFactory.getLogger(RecorderThroughputTest.class);
    private static final int EXECUTIONS = 30_000;

    @Test
    void tensOfThousandsOfExecutionsAreRecordedAndFolded() {
        Capture capture = new Capture();
        capture.settings.queueLimits(2 * EXECUTIONS, 1L << 30);
        try (capture) {
            capture.started("s1", NOTEBOOK);
            long start = System.nanoTime();
            for (int i = 1; i <= EXECUTIONS; i++) {
                capture.ran(execution("execution-" + i, "s1", i, "df['x'] = df['x'] + " + i % 1_000)
                        .outputs(List.of(Output.stream("stdout", "shape (" + i + ", 3)\n"))));
            }
            capture.flushed();
            long recorded = System.nanoTime();
            Timeline timeline = Timeline.read(capture.store, capture.id(NOTEBOOK));
            long folded = System.nanoTime();
            assertThat(timeline.executions()).hasSize(EXECUTIONS);
            LOG.info(
                    "{} executions: recorded in {} ms, folded in {} ms",
                    EXECUTIONS,
                    (recorded - start) / 1_000_000,
                    (folded - recorded) / 1_000_000);
        }
    }
}
