package dev.trackit.jupyter.kernel;

import dev.trackit.api.Gap;
import dev.trackit.spi.CaptureEvent;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Holds the events of a kernel until it is known whether its notebook is one of those that are watched. Used on the capture thread only.
 */
final class ScopeGate implements EventStage {
    private static final int MOST_EVENTS = 20_000;
    private static final long MOST_BYTES = 64L * 1024 * 1024;

    private final EventStage next;
    private final Clock clock;
    private final Deque<CaptureEvent> held = new ArrayDeque<>();
    private long heldBytes;
    private long lost;
    private @Nullable Boolean inside;

    ScopeGate(EventStage next, Clock clock) {
        this.next = next;
        this.clock = clock;
    }

    /** It is known now. What is outside is forgotten. */
    void decide(boolean isInside) {
        inside = isInside;
        if (isInside && lost > 0) {
            String detail = lost + " events were dropped while it was not known which notebook the kernel belongs to";
            next.accept(new CaptureEvent.Missed(
                    Gap.builder(Gap.Reason.OVERLOAD, detail).build(), clock.instant()));
            lost = 0;
        }
        while (isInside && !held.isEmpty()) {
            next.accept(held.removeFirst());
        }
        held.clear();
        heldBytes = 0;
    }

    @Override
    public void accept(CaptureEvent event) {
        if (inside == null) {
            held.addLast(event);
            heldBytes += weight(event);
            while (held.size() > MOST_EVENTS || heldBytes > MOST_BYTES && held.size() > 1) {
                forgetOldest();
            }
        } else if (inside) {
            next.accept(event);
        }
    }

    // The session's beginning is never forgotten: without it nothing that follows has a place.
    private void forgetOldest() {
        CaptureEvent first = held.removeFirst();
        if (first instanceof CaptureEvent.SessionStarted) {
            CaptureEvent second = held.removeFirst();
            held.addFirst(first);
            first = second;
        }
        heldBytes -= weight(first);
        lost++;
    }

    private static long weight(CaptureEvent event) {
        if (!(event instanceof CaptureEvent.ExecutionFinished finished)) {
            return 200;
        }
        long weight = 500 + 2L * finished.execution().code().length();
        for (byte[] payload : finished.payloads().values()) {
            weight += payload.length;
        }
        return weight;
    }
}
