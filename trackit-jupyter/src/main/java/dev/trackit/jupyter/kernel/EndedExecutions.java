package dev.trackit.jupyter.kernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The last executions that ended, which displays that are updated later and threads that outlive their cell may still change. Changes are
 * reported after a while, each time after a longer one, so that a thread that prints for ever does not fill the log. Used on the capture
 * thread only.
 */
final class EndedExecutions {
    private static final int MOST = 64;
    private static final long MOST_BYTES = 32L * 1024 * 1024;
    private static final int MOST_IDS = 50_000;
    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    private final EventStage out;
    private final CaptureThread thread;
    private final Map<String, OpenExecution> byId = new LinkedHashMap<>();
    private final Set<String> ids = new LinkedHashSet<>();
    private final Set<OpenExecution> changed = new LinkedHashSet<>();
    private final Map<OpenExecution, Duration> delays = new HashMap<>();
    /** What they hold at most: counted again only when it may be too much, for each execution that ends comes by here. */
    private long heldAtMost;

    EndedExecutions(EventStage out, CaptureThread thread) {
        this.out = out;
        this.thread = thread;
    }

    void add(String parentId, OpenExecution execution) {
        byId.put(parentId, execution);
        heldAtMost += execution.outputs().heldBytes();
        ids.add(parentId);
        if (ids.size() > MOST_IDS) {
            ids.remove(ids.iterator().next());
        }
        while (byId.size() > MOST || byId.size() > 1 && holdTooMuch()) {
            String oldest = byId.keySet().iterator().next();
            OpenExecution gone = byId.remove(oldest);
            report(gone);
            delays.remove(gone);
        }
    }

    /** Whether the execution ended, also when it is not held any more. */
    boolean contains(String parentId) {
        return ids.contains(parentId);
    }

    @Nullable
    OpenExecution get(String parentId) {
        return byId.get(parentId);
    }

    List<OpenExecution> all() {
        return new ArrayList<>(byId.values());
    }

    /** The execution of this request was changed; one that is still open is none of this object's business. */
    void changed(String parentId) {
        OpenExecution execution = byId.get(parentId);
        if (execution != null) {
            changed(execution);
        }
    }

    /** One of those that are held was changed. */
    void changed(OpenExecution execution) {
        heldAtMost = Long.MAX_VALUE / 2;
        if (!changed.add(execution)) {
            return;
        }
        Duration delay = delays.getOrDefault(execution, FIRST_DELAY);
        Duration next = delay.multipliedBy(2);
        delays.put(execution, next.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : next);
        thread.after(delay, () -> report(execution));
    }

    /** Reports all changes now. */
    void flush() {
        List.copyOf(changed).forEach(this::report);
    }

    private void report(@Nullable OpenExecution execution) {
        if (execution != null && changed.remove(execution)) {
            out.accept(execution.asFinished());
        }
    }

    private boolean holdTooMuch() {
        if (heldAtMost > MOST_BYTES) {
            heldAtMost = 0;
            for (OpenExecution execution : byId.values()) {
                heldAtMost += execution.outputs().heldBytes();
            }
        }
        return heldAtMost > MOST_BYTES;
    }
}
