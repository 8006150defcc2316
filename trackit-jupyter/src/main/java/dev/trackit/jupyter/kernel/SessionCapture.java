package dev.trackit.jupyter.kernel;

import dev.trackit.api.Origin;
import dev.trackit.jupyter.wire.JsonSpan;
import dev.trackit.jupyter.wire.MessageHeader;
import dev.trackit.jupyter.wire.WireMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One life of a kernel: turns its messages into executions. The key of an execution is the id of the request that led to it, for session and
 * execution count together are not unique. Used on the capture thread only.
 *
 * <p>Kinds of requests by what is seen of them: busy, input, outputs, idle is an execution; busy and idle without an input is a silent request or one
 * that was aborted after an error, and is left out; outputs or idle without a busy belong to a cell that ran already when it was first
 * seen, whose code must come from the kernel's history.
 */
final class SessionCapture {
    private static final JsonSpan NOTHING = JsonSpan.of(new byte[] {'"', '"'});
    private static final byte[] EXECUTION_STATE = "execution_state".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_REQUESTS = 1_000;

    /** What a session asks of its kernel. */
    interface Owner {
        /** Executions from this count on were not seen, or an execution without its beginning was. */
        void missed(int fromCount);
    }

    private final String id;
    private final EventStage out;
    private final Owner owner;
    private final Counters counters;
    private final EndedExecutions ended;
    private final Map<String, OpenExecution> open = new LinkedHashMap<>();
    private final Map<String, OpenExecution> partial = new LinkedHashMap<>();
    private final Map<String, Integer> partialAfter = new LinkedHashMap<>();
    private final Set<String> requests = new HashSet<>();
    private final Set<Long> seen = new HashSet<>();
    private final BitSet counts = new BitSet();
    private final Map<Long, String> recoveredIds = new HashMap<>();
    private @Nullable OpenExecution perhapsRunning;
    private int highest;

    SessionCapture(String id, EventStage out, Owner owner, Counters counters, CaptureThread thread) {
        this.id = id;
        this.out = out;
        this.owner = owner;
        this.counters = counters;
        this.ended = new EndedExecutions(out, thread);
    }

    String id() {
        return id;
    }

    /** The highest execution count seen so far; 0 if none was. */
    int highest() {
        return highest;
    }

    /** Whether an execution runs, as far as seen. */
    boolean isBusy() {
        return !open.isEmpty() || !partial.isEmpty();
    }

    /** A message of the kernel's broadcasts that belongs to this session. */
    void take(WireMessage message) throws IOException {
        MessageHeader parent = message.parent();
        boolean ofExecution = !parent.id().isEmpty()
                && (parent.type().equals("execute_request") || parent.type().isEmpty());
        if (!ofExecution) {
            return;
        }
        switch (message.header().type()) {
            case "status" -> status(parent.id(), message);
            case "execute_input" -> input(parent.id(), message);
            case "stream", "display_data", "execute_result", "error", "clear_output" -> output(parent.id(), message);
            case "update_display_data" -> updateDisplay(parent.id(), message);
            default -> {
                // comm messages and what later versions may add are no part of an execution's record
            }
        }
    }

    /** The execution that a message with this parent belongs to, while it is open. */
    @Nullable
    OpenExecution openFor(String parentId) {
        OpenExecution execution = open.get(parentId);
        return execution != null ? execution : partial.get(parentId);
    }

    /** All that are open. */
    List<OpenExecution> allOpen() {
        List<OpenExecution> all = new ArrayList<>(open.values());
        all.addAll(partial.values());
        return all;
    }

    private void status(String parentId, WireMessage message) throws IOException {
        String state = message.text(EXECUTION_STATE);
        if (state.equals("busy")) {
            perhapsRunning = null;
            if (openFor(parentId) == null && requests.size() < MOST_REQUESTS) {
                requests.add(parentId);
            }
        } else if (state.equals("idle")) {
            idle(parentId, message.header().date());
        }
    }

    private void input(String parentId, WireMessage message) throws IOException {
        requests.remove(parentId);
        if (open.containsKey(parentId) || ended.contains(parentId)) {
            return;
        }
        Map<String, JsonSpan> content = message.content();
        String code = content.getOrDefault("code", NOTHING).text();
        int count = content.getOrDefault("execution_count", NOTHING).integer().orElse(0);
        // A message may be late, so that its execution was recovered before it came: then it says more of the same
        // execution.
        String recoveredAs = recoveredIds.remove(key(count, code));
        OpenExecution execution = OpenExecution.begun(
                recoveredAs == null ? parentId : recoveredAs,
                id,
                code,
                count > 0 ? count : null,
                message.header().date());
        if (recoveredAs != null) {
            execution.wasReported();
        }
        if (count > 0) {
            if (recoveredAs == null && count > highest + 1) {
                owner.missed(highest + 1);
            } else if (recoveredAs == null && count < highest) {
                seen.clear(); // the user reset the kernel's history, and with it the counts
                counts.clear();
                recoveredIds.clear();
                highest = count;
            }
            highest = Math.max(highest, count);
            remember(count, code);
        }
        open.put(parentId, execution);
        out.accept(execution.asStarted());
    }

    private void output(String parentId, WireMessage message) throws IOException {
        OpenExecution execution = openFor(parentId);
        if (execution == null) {
            execution = ended.get(parentId);
        }
        if (execution == null && !requests.contains(parentId) && !ended.contains(parentId)) {
            execution = withoutBeginning(parentId);
        }
        if (execution != null) {
            execution.addOutput(message);
            ended.changed(parentId);
        }
    }

    private OpenExecution withoutBeginning(String parentId) {
        OpenExecution running = perhapsRunning;
        if (running != null) {
            // The newest of the recovered executions still ran: this is what it puts out.
            perhapsRunning = null;
            open.put(parentId, running);
            return running;
        }
        OpenExecution execution = OpenExecution.withoutBeginning(parentId, id);
        partial.put(parentId, execution);
        partialAfter.put(parentId, highest);
        owner.missed(highest + 1);
        return execution;
    }

    private void updateDisplay(String parentId, WireMessage message) throws IOException {
        Map<String, JsonSpan> content = message.content();
        Map<String, JsonSpan> data = content.getOrDefault("data", NOTHING).fields();
        String displayId = OpenExecution.displayId(content);
        for (OpenExecution execution : allOpen()) {
            execution.outputs().update(data, displayId);
        }
        for (OpenExecution execution : ended.all()) {
            if (execution.outputs().update(data, displayId)) {
                ended.changed(execution);
            }
        }
    }

    private void idle(String parentId, @Nullable Instant at) {
        if (requests.remove(parentId) || ended.contains(parentId)) {
            return;
        }
        OpenExecution execution = open.remove(parentId);
        if (execution == null) {
            execution = openFor(parentId) == null ? withoutBeginning(parentId) : partial.get(parentId);
            open.remove(parentId);
        }
        if (execution == null) {
            return;
        }
        execution.ended(at);
        if (execution.code() != null) {
            report(parentId, execution);
        }
    }

    private void report(String parentId, OpenExecution execution) {
        if (!execution.isReported()) {
            (execution.origin() == Origin.LIVE ? counters.captured : counters.recovered).incrementAndGet();
        }
        out.accept(execution.asFinished());
        ended.add(parentId, execution);
    }

    // ---- what the kernel's history adds ----

    /** Whether this execution was seen or recovered already. */
    boolean hasSeen(int count, String code) {
        return seen.contains(key(count, code));
    }

    /** Whether any execution with this count was seen or recovered. */
    boolean hasSeen(int count) {
        return counts.get(count);
    }

    /** Takes one execution from the history that was not seen. */
    void recover(HistoryEntry entry, boolean mayStillRun) {
        remember(entry.count(), entry.code());
        OpenExecution execution = OpenExecution.recovered(id, entry.count(), entry.code());
        recoveredIds.put(key(entry.count(), entry.code()), execution.id());
        if (mayStillRun) {
            execution.note("It may have been running still when it was recovered.");
            perhapsRunning = execution;
        }
        highest = Math.max(highest, entry.count());
        report(execution.id(), execution);
    }

    /**
     * The executions whose beginning was not seen are among the entries that were not seen: each is the last one before what was seen
     * next. Takes those entries out of the list.
     */
    void placePartial(List<HistoryEntry> unseen, Map<Integer, Runnable> reports) {
        for (Map.Entry<String, OpenExecution> e : List.copyOf(partial.entrySet())) {
            OpenExecution execution = e.getValue();
            int after = partialAfter.getOrDefault(e.getKey(), 0);
            int before = counts.nextSetBit(after + 1) < 0 ? Integer.MAX_VALUE : counts.nextSetBit(after + 1);
            HistoryEntry match = null;
            for (HistoryEntry entry : unseen) {
                boolean fits = execution.count() == null
                        ? entry.count() > after && entry.count() < before
                        : entry.count() == execution.count();
                match = fits ? entry : match;
            }
            partial.remove(e.getKey());
            partialAfter.remove(e.getKey());
            if (match != null) {
                unseen.remove(match);
                place(e.getKey(), execution, match, reports);
            }
        }
    }

    private void place(String parentId, OpenExecution execution, HistoryEntry entry, Map<Integer, Runnable> reports) {
        execution.found(entry.count(), entry.code());
        remember(entry.count(), entry.code());
        highest = Math.max(highest, entry.count());
        if (execution.isEnded()) {
            reports.put(entry.count(), () -> report(parentId, execution));
        } else {
            open.put(parentId, execution);
            reports.put(entry.count(), () -> out.accept(execution.asStarted()));
        }
    }

    /** Messages may have been lost: of what is open now the end may be among them. */
    void suspectOpen() {
        open.values().forEach(OpenExecution::suspect);
    }

    /**
     * Messages were lost: executions that are open although the kernel went on have ended, and the newest one may have.
     *
     * @param newest the highest count that the kernel has reached
     * @param reports takes what is to be reported, by count
     */
    void settleAfterLoss(int newest, Map<Integer, Runnable> reports) {
        for (Map.Entry<String, OpenExecution> e : List.copyOf(open.entrySet())) {
            OpenExecution execution = e.getValue();
            Integer count = execution.count();
            if (count == null || !execution.isSuspect() || execution.isReported()) {
                continue;
            }
            execution.endUnseen();
            if (count < newest) {
                open.remove(e.getKey());
                reports.put(count, () -> report(e.getKey(), execution));
            } else {
                reports.put(count, () -> {
                    counters.captured.incrementAndGet();
                    out.accept(execution.asFinished());
                });
            }
        }
    }

    /** The kernel is gone: what is open will never end. */
    void abortOpen(String note) {
        for (Map.Entry<String, OpenExecution> e : List.copyOf(open.entrySet())) {
            e.getValue().aborted(note);
            report(e.getKey(), e.getValue());
        }
        open.clear();
        partial.clear();
        partialAfter.clear();
        requests.clear();
        ended.flush();
    }

    /** Reports late changes at once. */
    void flush() {
        ended.flush();
    }

    private void remember(int count, String code) {
        counts.set(count);
        seen.add(key(count, code));
    }

    private static long key(int count, String code) {
        int end = code.length();
        while (end > 0 && (code.charAt(end - 1) == '\n' || code.charAt(end - 1) == '\r')) {
            end--; // the history leaves out line ends at the end
        }
        return (long) count << 32 | code.substring(0, end).hashCode() & 0xFFFFFFFFL;
    }
}
