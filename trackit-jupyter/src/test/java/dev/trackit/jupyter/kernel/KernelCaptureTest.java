package dev.trackit.jupyter.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.Gap;
import dev.trackit.api.Origin;
import dev.trackit.api.Output;
import dev.trackit.jupyter.wire.KernelSockets;
import dev.trackit.spi.CaptureEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of messages, with a kernel whose messages are written here. */
class KernelCaptureTest {
    private final FakeKernel kernel = new FakeKernel();
    private final SeenEvents seen = new SeenEvents();
    private KernelSockets sockets;
    private CaptureThread thread;
    private KernelCapture capture;

    @BeforeEach
    void open() {
        sockets = new KernelSockets("test-kernels", Duration.ZERO);
        thread = new CaptureThread(1 << 24, () -> {});
    }

    @AfterEach
    void close() {
        capture.close();
        sockets.close();
        thread.close();
        kernel.close();
    }

    private void attach(boolean late) {
        capture = KernelCapture.attach(kernel, late, sockets, thread, seen, Clock.systemUTC(), () -> {});
        capture.decideScope(true);
        kernel.awaitSubscriber();
    }

    @Test
    void busyAndIdleWithoutAnInputIsNoExecution() throws InterruptedException {
        attach(false);
        kernel.starting();
        kernel.publish("status", "silent", "execute_request", "{\"execution_state\":\"busy\"}");
        kernel.print("silent", "nobody asked");
        kernel.end("silent");
        kernel.run("e1", 1, "a = 1");
        seen.awaitCode("a = 1");
        assertThat(seen.executions()).hasSize(1);
        assertThat(seen.gaps()).isEmpty();
    }

    @Test
    void streamsAreJoinedAndClearingIsObeyed() throws InterruptedException {
        attach(false);
        kernel.starting();
        kernel.begin("e1", 1, "loop");
        kernel.print("e1", "one ");
        kernel.print("e1", "two");
        kernel.publish("clear_output", "e1", "execute_request", "{\"wait\":true}");
        kernel.print("e1", "three ");
        kernel.print("e1", "four");
        kernel.end("e1");
        assertThat(seen.awaitCode("loop").outputs()).containsExactly(Output.stream("stdout", "three four"));
    }

    @Test
    void forgedAndReplayedMessagesAreDroppedAndCounted() throws InterruptedException {
        attach(false);
        kernel.starting();
        kernel.forge("execute_input", "x", "{\"code\":\"evil\",\"execution_count\":1}");
        List<byte[]> input = kernel.signed("execute_input", "e1", "{\"code\":\"good\",\"execution_count\":1}");
        kernel.sendRaw(input);
        kernel.end("e1");
        kernel.sendRaw(input);
        kernel.run("e2", 2, "after");
        seen.awaitCode("after");
        assertThat(seen.codes()).containsExactly("good", "after");
        assertThat(capture.status().dropped()).isEqualTo(2);
        assertThat(capture.status().detail()).contains("wrong signature");
    }

    @Test
    void aJumpOfTheCountsIsFilledFromTheHistoryBeforeWhatRanAfter() throws InterruptedException {
        attach(false);
        kernel.starting();
        kernel.run("e1", 1, "one");
        kernel.run("e4", 4, "four");
        kernel.answerHistory("[[0,2,\"two\"],[0,3,\"three\"],[0,4,\"four\"]]");
        seen.awaitCode("four");
        assertThat(seen.codes()).containsExactly("one", "two", "three", "four");
        assertThat(seen.executions())
                .extracting(Execution::origin)
                .containsExactly(Origin.LIVE, Origin.RECOVERED, Origin.RECOVERED, Origin.LIVE);
        assertThat(seen.gaps()).isEmpty();
    }

    @Test
    void whatTheHistoryDoesNotHoldIsAGapThatCounts() throws InterruptedException {
        attach(false);
        kernel.starting();
        kernel.run("e1", 1, "one");
        kernel.run("e5", 5, "five");
        kernel.answerHistory("[[0,3,\"three\"],[0,5,\"five\"]]");
        seen.awaitCode("five");
        assertThat(seen.codes()).containsExactly("one", "three", "five");
        assertThat(seen.gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.missing()).isEqualTo(2);
            assertThat(gap.reason()).isEqualTo(Gap.Reason.DISCONNECTED);
        });
    }

    @Test
    void aMessageThatComesAfterItsExecutionWasRecoveredSaysMoreOfTheSameExecution() throws InterruptedException {
        attach(true);
        kernel.answerHistory("[[0,1,\"one\"],[0,2,\"two\"]]");
        seen.awaitCode("two");
        kernel.begin("e2", 2, "two");
        kernel.print("e2", "text");
        kernel.end("e2");
        kernel.run("e3", 3, "three");
        seen.awaitCode("three");
        assertThat(seen.codes()).containsExactly("one", "two", "three");
        assertThat(seen.executions().get(1).outputs()).containsExactly(Output.stream("stdout", "text"));
    }

    @Test
    void theCellThatRunsWhileAttachingGetsItsCodeFromTheHistory() throws InterruptedException {
        attach(true);
        kernel.print("e2", "half");
        kernel.answerHistory("[[0,1,\"one\"],[0,2,\"two\"]]");
        kernel.publish(
                "error",
                "e2",
                "execute_request",
                "{\"ename\":\"E\",\"evalue\":\"v\",\"traceback\":[\"\\u001b[31mE\\u001b[0m: v\"]}");
        kernel.end("e2");
        seen.awaitCode("two");
        Execution two = seen.executions().get(1);
        assertThat(two.id()).isEqualTo("e2");
        assertThat(two.status()).isEqualTo(ExecutionStatus.ERROR);
        assertThat(two.outputs().get(1).text()).isEqualTo("E: v");
        assertThat(two.notes()).contains(CaptureEvent.ExecutionFinished.OUTPUTS_INCOMPLETE);
    }

    @Test
    void aNewSessionAbortsWhatIsOpen() throws InterruptedException {
        attach(false);
        kernel.starting();
        kernel.begin("e1", 1, "endless");
        kernel.restart();
        kernel.starting();
        kernel.run("f1", 1, "again");
        seen.awaitCode("again");
        assertThat(seen.executions().get(0).status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(seen.of(CaptureEvent.SessionEnded.class)).hasSize(1);
        assertThat(seen.of(CaptureEvent.SessionStarted.class)).hasSize(2);
        assertThat(seen.executions().get(1).session())
                .isNotEqualTo(seen.executions().get(0).session());
    }

    @Test
    void anEmptyCellThatReusesACountIsNeitherAGapNorTheSameExecution() throws InterruptedException {
        attach(false);
        kernel.starting();
        kernel.run("e1", 1, "");
        kernel.run("e2", 1, "one");
        kernel.run("e3", 2, "two");
        seen.awaitCode("two");
        assertThat(seen.executions()).extracting(Execution::id).containsExactly("e1", "e2", "e3");
        assertThat(seen.gaps()).isEmpty();
    }

    @Test
    void aKernelThatIsGoneAbortsWhatIsOpen() throws InterruptedException {
        attach(false);
        kernel.starting();
        kernel.begin("e1", 1, "endless");
        seen.await(
                "the beginning", s -> !s.of(CaptureEvent.ExecutionStarted.class).isEmpty());
        kernel.die();
        assertThat(seen.awaitCode("endless").status()).isEqualTo(ExecutionStatus.ABORTED);
    }

    @Test
    void eventsAreHeldUntilItIsKnownThatTheKernelIsToBeRecorded() throws InterruptedException {
        capture = KernelCapture.attach(kernel, false, sockets, thread, seen, Clock.systemUTC(), () -> {});
        kernel.awaitSubscriber();
        kernel.starting();
        kernel.run("e1", 1, "one");
        awaitCaptured(1);
        assertThat(seen.all()).isEmpty();
        capture.decideScope(true);
        seen.awaitCode("one");
        assertThat(seen.of(CaptureEvent.SessionStarted.class)).hasSize(1);
    }

    @Test
    void nothingIsToldOfAKernelThatIsNotToBeRecorded() {
        attach(false);
        capture.decideScope(false);
        kernel.starting();
        kernel.run("e1", 1, "private");
        awaitCaptured(1);
        assertThat(seen.all()).isEmpty();
    }

    private void awaitCaptured(int count) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (capture.status().captured() < count) {
            assertThat(System.nanoTime() - deadline).as("time left").isNegative();
            Thread.yield();
        }
    }
}
