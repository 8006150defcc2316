package dev.trackit.jupyter.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.Origin;
import dev.trackit.api.Output;
import dev.trackit.jupyter.wire.KernelSockets;
import dev.trackit.spi.CaptureEvent;
import dev.trackit.testkit.KernelTranscript;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the messages of real kernels, played again byte for byte. */
class RecordedKernelTest {
    private final FakeKernel kernel = new FakeKernel();
    private final SeenEvents seen = new SeenEvents();
    private KernelSockets sockets;
    private CaptureThread thread;
    private KernelCapture capture;

    @BeforeEach
    void attach() {
        sockets = new KernelSockets("test-kernels", Duration.ZERO);
        thread = new CaptureThread(1 << 24, () -> {});
        capture = KernelCapture.attach(kernel, false, sockets, thread, seen, Clock.systemUTC(), () -> {});
        capture.decideScope(true);
        kernel.awaitSubscriber();
    }

    @AfterEach
    void close() {
        capture.close();
        sockets.close();
        thread.close();
        kernel.close();
    }

    private void play(String transcript) {
        KernelTranscript.of(transcript)
                .play(FakeKernel.KEY.getBytes(StandardCharsets.UTF_8), frames -> kernel.sendRaw(List.copyOf(frames)));
    }

    @Test
    void sessionOfCleaningIsSeenInItsOrderWithTheFailedAndTheRepeatedCell() throws InterruptedException {
        play(KernelTranscript.CLEANING);
        seen.awaitCode("df.shape");
        assertThat(seen.codes()).hasSize(6).first().isEqualTo("import pandas as pd");
        assertThat(seen.executions())
                .extracting(Execution::status)
                .containsExactly(
                        ExecutionStatus.OK,
                        ExecutionStatus.OK,
                        ExecutionStatus.ERROR,
                        ExecutionStatus.OK,
                        ExecutionStatus.OK,
                        ExecutionStatus.OK);
        assertThat(seen.executions()).allSatisfy(e -> {
            assertThat(e.origin()).isEqualTo(Origin.LIVE);
            assertThat(e.startedAt()).isPresent();
            assertThat(e.finishedAt()).isPresent();
        });
        assertThat(text(seen.executions().get(5))).contains("(3, 2)");
        assertThat(seen.gaps()).isEmpty();
        assertThat(capture.status().dropped()).isZero();
    }

    @Test
    void outputsAreThoseThatThePersonSawAtTheEnd() throws InterruptedException {
        play(KernelTranscript.OUTPUTS);
        Execution failed = seen.awaitCode("1 / 0");
        assertThat(failed.status()).isEqualTo(ExecutionStatus.ERROR);
        assertThat(text(failed)).contains("ZeroDivisionError");
        Execution first = seen.executions().get(0);
        assertThat(first.outputs()).contains(Output.stream("stderr", "careful\n"));
        assertThat(text(first)).contains("line 0\nline 1\nline 2");
        assertThat(text(seen.executions().get(1))).contains("stays").doesNotContain("gone");
        assertThat(seen.gaps()).isEmpty();
    }

    @Test
    void restartBeginsASecondSessionWithCountsOfItsOwn() throws InterruptedException {
        play(KernelTranscript.RESTART);
        Execution last = seen.awaitCode("a = 2\na");
        Execution first = seen.executions().get(0);
        assertThat(seen.codes()).containsExactly("a = 1", "a + 1", "a", "a = 2\na");
        assertThat(last.session()).isNotEqualTo(first.session());
        assertThat(last.executionCount()).hasValue(2);
        assertThat(seen.of(CaptureEvent.SessionStarted.class)).hasSize(2);
        assertThat(seen.executions().get(2).status()).isEqualTo(ExecutionStatus.ERROR);
    }

    private static String text(Execution execution) {
        StringBuilder text = new StringBuilder();
        execution.outputs().forEach(output -> text.append(output.text()).append('\n'));
        return text.toString();
    }
}
