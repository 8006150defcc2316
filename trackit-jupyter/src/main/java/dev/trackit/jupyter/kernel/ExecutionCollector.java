package dev.trackit.jupyter.kernel;

import dev.trackit.api.Execution;
import dev.trackit.jupyter.wire.JsonSpan;
import dev.trackit.jupyter.wire.WireMessage;
import dev.trackit.spi.CaptureEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the broadcasts that one request leads to, for those who sent it themselves. Not safe for use by several threads.
 */
public final class ExecutionCollector {
    private final String requestId;
    private final String session;
    private final String code;
    private OpenExecution execution;
    private boolean idle;

    /** A collector for the request with this id. */
    public ExecutionCollector(String requestId, String session, String code) {
        this.requestId = requestId;
        this.session = session;
        this.code = code;
        this.execution = OpenExecution.begun(requestId, session, code, null, null);
    }

    /**
     * Takes a broadcast; those of other requests are ignored.
     *
     * @throws IOException if its content is not valid JSON
     */
    public void take(WireMessage message) throws IOException {
        if (!message.parent().id().equals(requestId)) {
            return;
        }
        Map<String, JsonSpan> content = message.content();
        Instant date = message.header().date();
        switch (message.header().type()) {
            case "execute_input" -> begin(content.get("execution_count"), date);
            case "stream", "display_data", "execute_result", "error", "clear_output" -> execution.addOutput(message);
            case "update_display_data" -> {
                JsonSpan data = content.get("data");
                if (data != null) {
                    execution.outputs().update(data.fields(), OpenExecution.displayId(content));
                }
            }
            case "status" -> {
                JsonSpan state = content.get("execution_state");
                if (state != null && state.text().equals("idle")) {
                    execution.ended(date);
                    idle = true;
                }
            }
            default -> {
                // nothing else is part of the result
            }
        }
    }

    private void begin(@Nullable JsonSpan count, @Nullable Instant date) {
        Integer number = count == null || count.integer().isEmpty()
                ? null
                : count.integer().getAsInt();
        execution = OpenExecution.begun(requestId, session, code, number, date);
    }

    /** Whether the kernel is done with the request. */
    public boolean isDone() {
        return idle;
    }

    /** It will not end: the kernel is gone, or was not waited for. */
    public void abort(String note) {
        execution.aborted(note);
    }

    /** What came of it so far. */
    public CaptureEvent.ExecutionFinished result() {
        return execution.asFinished();
    }

    /** What came of it so far, without payloads. */
    public Execution execution() {
        return result().execution();
    }
}
