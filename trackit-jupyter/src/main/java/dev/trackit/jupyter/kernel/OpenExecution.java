package dev.trackit.jupyter.kernel;

import dev.trackit.api.Digest;
import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.Origin;
import dev.trackit.api.Output;
import dev.trackit.jupyter.wire.JsonSpan;
import dev.trackit.jupyter.wire.WireMessage;
import dev.trackit.spi.CaptureEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One execution while its messages come in. Not safe for use by several threads. */
final class OpenExecution {
    private static final JsonSpan NOTHING = JsonSpan.of(new byte[] {'"', '"'});

    private static final String END_UNSEEN =
            "Its end was not seen: status, end time and the last outputs are not known.";

    private final String id;
    private final String session;
    private final Origin origin;
    private @Nullable String code;
    private @Nullable Integer count;
    private @Nullable Instant startedAt;
    private @Nullable Instant finishedAt;
    private ExecutionStatus status = ExecutionStatus.OK;
    private final OutputList outputs = new OutputList();
    private final Set<String> notes = new LinkedHashSet<>();
    private boolean ended;
    private boolean reported;
    private boolean suspect;

    private OpenExecution(String id, String session, Origin origin) {
        this.id = id;
        this.session = session;
        this.origin = origin;
    }

    /** An execution whose beginning was seen. */
    static OpenExecution begun(String id, String session, String code, @Nullable Integer count, @Nullable Instant at) {
        OpenExecution execution = new OpenExecution(id, session, Origin.LIVE);
        execution.code = code;
        execution.count = count;
        execution.startedAt = at;
        return execution;
    }

    /** An execution of which only the later messages are seen: its code must come from the kernel's history. */
    static OpenExecution withoutBeginning(String id, String session) {
        OpenExecution execution = new OpenExecution(id, session, Origin.RECOVERED);
        execution.notes.add("It ran already when it was first seen; its code comes from the kernel's history.");
        execution.incomplete();
        return execution;
    }

    /** An execution of which nothing was seen. */
    static OpenExecution recovered(String session, int count, String code) {
        OpenExecution execution = new OpenExecution(recoveredId(session, count, code), session, Origin.RECOVERED);
        execution.count = count;
        execution.code = code;
        execution.ended = true;
        execution.notes.add("Recovered from the kernel's history, which holds no times, status or outputs.");
        execution.incomplete();
        return execution;
    }

    /** The same for the same execution whenever it is recovered, and different from all others. */
    private static String recoveredId(String session, int count, String code) {
        byte[] key = (session + "\n" + count + "\n" + code).getBytes(StandardCharsets.UTF_8);
        return "recovered-" + Digest.of(key).hex().substring(0, 32);
    }

    String id() {
        return id;
    }

    Origin origin() {
        return origin;
    }

    OutputList outputs() {
        return outputs;
    }

    /** The code; null while it is not known. */
    @Nullable
    String code() {
        return code;
    }

    /** The kernel's count; null while it is not known. */
    @Nullable
    Integer count() {
        return count;
    }

    /** The code and count that the history gave. */
    void found(int historyCount, String historyCode) {
        count = historyCount;
        code = historyCode;
    }

    /** The count, which a result tells. */
    void count(@Nullable Integer known) {
        if (count == null) {
            count = known;
        }
    }

    /** Takes one of the messages that put something out. @throws IOException if its content is not valid JSON */
    void addOutput(WireMessage message) throws IOException {
        Map<String, JsonSpan> content = message.content();
        switch (message.header().type()) {
            case "stream" ->
                outputs.stream(content.getOrDefault("name", NOTHING).text(), content.getOrDefault("text", NOTHING));
            case "clear_output" ->
                outputs.clear(content.getOrDefault("wait", NOTHING).isTrue());
            case "error" -> {
                List<String> traceback = new ArrayList<>();
                for (JsonSpan line : content.getOrDefault("traceback", NOTHING).elements()) {
                    traceback.add(line.text());
                }
                outputs.error(
                        content.getOrDefault("ename", NOTHING).text(),
                        content.getOrDefault("evalue", NOTHING).text(),
                        traceback);
                failed();
            }
            default -> {
                boolean result = message.header().type().equals("execute_result");
                if (result) {
                    content.getOrDefault("execution_count", NOTHING).integer().ifPresent(this::count);
                }
                outputs.display(
                        result ? Output.Type.RESULT : Output.Type.DISPLAY,
                        content.getOrDefault("data", NOTHING).fields(),
                        displayId(content));
            }
        }
    }

    static String displayId(Map<String, JsonSpan> content) throws IOException {
        Map<String, JsonSpan> fields =
                content.getOrDefault("transient", NOTHING).fields();
        return fields.getOrDefault("display_id", NOTHING).text();
    }

    private void failed() {
        status = ExecutionStatus.ERROR;
    }

    void aborted(String note) {
        status = ExecutionStatus.ABORTED;
        ended = true;
        notes.add(note);
    }

    void ended(@Nullable Instant at) {
        finishedAt = at;
        ended = true;
        notes.remove(END_UNSEEN);
    }

    boolean isEnded() {
        return ended;
    }

    /** Its end may have been lost. */
    void suspect() {
        suspect = true;
    }

    boolean isSuspect() {
        return suspect;
    }

    /** Its end was lost. */
    void endUnseen() {
        notes.add(END_UNSEEN);
        incomplete();
    }

    void incomplete() {
        notes.add(CaptureEvent.ExecutionFinished.OUTPUTS_INCOMPLETE);
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    /** It was reported before, when less was known of it. */
    void wasReported() {
        reported = true;
    }

    /** Whether it was reported as finished before. */
    boolean isReported() {
        return reported;
    }

    CaptureEvent.ExecutionStarted asStarted() {
        return new CaptureEvent.ExecutionStarted(execution(false));
    }

    CaptureEvent.ExecutionFinished asFinished() {
        reported = true;
        if (outputs.isFull()) {
            note("More than " + OutputList.MOST_OUTPUTS + " outputs; the later ones are not held.");
            incomplete();
        }
        return new CaptureEvent.ExecutionFinished(execution(true), outputs.payloads());
    }

    private Execution execution(boolean whole) {
        List<String> sentences = whole ? new ArrayList<>(notes) : List.of();
        return Execution.builder(id, session, code == null ? "" : code)
                .executionCount(count)
                .origin(origin)
                .status(status)
                .startedAt(startedAt)
                .finishedAt(finishedAt)
                .outputs(whole ? outputs.outputs() : List.of())
                .notes(sentences)
                .build();
    }
}
