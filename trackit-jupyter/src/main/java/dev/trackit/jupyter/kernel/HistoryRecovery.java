package dev.trackit.jupyter.kernel;

import dev.trackit.api.Gap;
import dev.trackit.jupyter.wire.Channel;
import dev.trackit.jupyter.wire.JsonSpan;
import dev.trackit.jupyter.wire.KernelLink;
import dev.trackit.jupyter.wire.MessageCodec;
import dev.trackit.jupyter.wire.WireMessage;
import dev.trackit.spi.CaptureEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks a kernel for what was not seen, and puts it where it belongs. Used on the capture thread only.
 *
 * <p>One {@code history_request} on the control channel returns code and counts of the session in milliseconds, also while a cell runs. It does not
 * say what is running, and it races with the broadcasts: an entry may be that of a cell whose input is on its way. The
 * race is decided by the request's own "idle" on the broadcast channel: it comes in order after the inputs of all entries that the reply can hold.
 * So what is in the reply and was not seen when that idle came was missed. It proves as well that the subscription had begun.
 *
 * <p>While an answer is awaited, events are held, so that recovered executions come before those that ran after them. After
 * {@link #HOLD} they are let go: a kernel whose interpreter is locked in native code answers late, and its answer is then still taken. A
 * kernel that has not answered after {@link #PATIENCE} gets a gap.
 */
final class HistoryRecovery implements EventStage {
    static final Duration HOLD = Duration.ofSeconds(3);
    static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration RETRY = Duration.ofMillis(400);
    private static final int STUCK_AFTER = 3;
    private static final int MOST_ATTEMPTS = 7;
    private static final int MOST_HELD = 20_000;

    /** What recovery needs of its kernel. */
    interface Owner {
        /** The present session; null if none is known yet. */
        @Nullable
        SessionCapture session();

        /** The session of a reply, which may be the first sign of it. */
        SessionCapture sessionOf(WireMessage reply);

        /** All that could be known of what was missed is known now. */
        void recovered();

        /** Reports a gap in the present session. */
        void gap(Gap.Builder gap);
    }

    private final Owner owner;
    private final EventStage next;
    private final MessageCodec codec;
    private final KernelLink link;
    private final CaptureThread thread;
    private final boolean hasControl;

    private final Set<String> requestIds = new HashSet<>();
    private final List<CaptureEvent> held = new ArrayList<>();
    private boolean holding;
    private boolean waiting;
    private boolean unanswered;
    private boolean overdue;
    private boolean atEnd;
    private int from;
    private Gap.Reason reason = Gap.Reason.DISCONNECTED;
    private int attempts;
    private int round;
    private boolean barrier;
    private boolean answering;
    private @Nullable List<HistoryEntry> reply;

    HistoryRecovery(
            Owner owner,
            EventStage next,
            MessageCodec codec,
            KernelLink link,
            CaptureThread thread,
            boolean hasControl) {
        this.owner = owner;
        this.next = next;
        this.codec = codec;
        this.link = link;
        this.thread = thread;
        this.hasControl = hasControl;
    }

    @Override
    public void accept(CaptureEvent event) {
        if (!holding) {
            next.accept(event);
            return;
        }
        held.add(event);
        if (held.size() > MOST_HELD) {
            release();
        }
    }

    /** Whether an answer is awaited. */
    boolean isWaiting() {
        return waiting;
    }

    /**
     * Executions from this count on may have been missed.
     *
     * @param because why
     * @param newestToo whether what ran last may be missing too, with nothing seen after it
     */
    void request(int fromCount, Gap.Reason because, boolean newestToo) {
        SessionCapture session = owner.session();
        if (session != null) {
            session.suspectOpen();
        }
        if (waiting) {
            from = Math.min(from, fromCount);
            atEnd |= newestToo;
            return;
        }
        overdue = false;
        from = fromCount;
        reason = because;
        atEnd = newestToo;
        if (!hasControl || unanswered) {
            finish(List.of(), false);
            return;
        }
        waiting = true;
        holding = true;
        attempts = 0;
        answering = false;
        int thisRound = ++round;
        thread.after(HOLD, () -> letGo(thisRound));
        thread.after(PATIENCE, () -> {
            if (waiting && round == thisRound) {
                giveUp();
            }
        });
        send();
    }

    /** A new session began: nothing was missed of it, and its kernel may answer where the old one did not. */
    void begin() {
        waiting = false;
        overdue = false;
        unanswered = false;
        release();
        link.disconnect(Channel.CONTROL);
    }

    /** Whether a message was caused by one of the requests. */
    boolean isOwn(WireMessage message) {
        return requestIds.contains(message.parent().id());
    }

    /** A message that one of the requests caused, from either channel. */
    void take(WireMessage message) throws IOException {
        boolean isReply = message.header().type().equals("history_reply");
        if (overdue && isReply) {
            overdue = false;
            unanswered = false;
            waiting = true; // better late than never, though after the executions that ran since
            round++;
        }
        if (!waiting) {
            return;
        }
        Map<String, JsonSpan> content = message.content();
        if (isReply) {
            answering = true;
            owner.sessionOf(message);
            reply = entries(content);
            completeOrRetry();
        } else if (message.header().type().equals("status")
                && content.containsKey("execution_state")
                && content.get("execution_state").text().equals("idle")) {
            barrier = true;
            completeOrRetry();
        }
    }

    /** The kernel or the source ends: what is awaited will not come. */
    void end() {
        if (waiting) {
            giveUp();
        }
    }

    /** A kernel that has answered is about to be dealt with; one that has not may not for long. */
    private void letGo(int ofRound) {
        if (!waiting || round != ofRound) {
            return;
        }
        if (reply == null && !answering) {
            release();
        } else {
            thread.after(HOLD, () -> letGo(ofRound));
        }
    }

    private void send() {
        attempts++;
        barrier = false;
        reply = null;
        String id = UUID.randomUUID().toString();
        requestIds.clear();
        requestIds.add(id);
        link.send(
                Channel.CONTROL,
                codec.encode(
                        id,
                        "history_request",
                        "{\"output\":false,\"raw\":true,\"hist_access_type\":\"range\",\"session\":0,\"start\":"
                                + Math.max(from, 1) + ",\"stop\":null}"));
    }

    private void completeOrRetry() {
        List<HistoryEntry> entries = reply;
        if (entries != null && barrier) {
            finish(entries, true);
        } else if (entries != null) {
            int thisRound = round;
            int thisAttempt = attempts;
            thread.after(RETRY.multipliedBy(attempts), () -> {
                if (waiting && round == thisRound && attempts == thisAttempt && !barrier) {
                    retry(entries);
                }
            });
        }
    }

    /**
     * The answer came, its broadcast did not. Either the subscription has not begun: then to ask again helps. Or the connection is stuck, as after
     * this process was stopped for a while: the system then tries again at intervals that grow to minutes, while the kernel's queue for us
     * overflows. Then only a new connection helps.
     */
    private void retry(List<HistoryEntry> entries) {
        if (attempts == STUCK_AFTER) {
            link.reconnect(Channel.IOPUB);
        }
        if (attempts < MOST_ATTEMPTS) {
            send();
        } else {
            finish(entries, true);
        }
    }

    private void giveUp() {
        overdue = reply == null;
        unanswered = overdue;
        finish(reply == null ? List.of() : reply, reply != null);
    }

    private void finish(List<HistoryEntry> entries, boolean answered) {
        waiting = false;
        reply = null;
        if (!overdue) {
            link.disconnect(Channel.CONTROL);
        }
        SessionCapture session = owner.session();
        if (session == null) {
            release();
            return;
        }
        List<HistoryEntry> unseen = new ArrayList<>();
        int newest = session.highest();
        for (HistoryEntry entry : entries) {
            newest = Math.max(newest, entry.count());
            if (entry.count() >= from && !session.hasSeen(entry.count(), entry.code())) {
                unseen.add(entry);
            }
        }
        List<CaptureEvent> after = new ArrayList<>(held);
        held.clear();
        holding = false;
        TreeMap<Integer, Runnable> reports = new TreeMap<>();
        session.placePartial(unseen, reports);
        int liveHighest = session.highest();
        for (HistoryEntry entry : unseen) {
            boolean mayRun = atEnd && entry.count() == newest && newest > liveHighest && !session.isBusy();
            reports.put(entry.count(), () -> session.recover(entry, mayRun));
        }
        session.settleAfterLoss(newest, reports);
        reportMissing(session, reports, newest, answered);
        settle(reports, after);
        if (answered) {
            owner.recovered();
        }
    }

    /** Recovered executions in between those that were held, by their counts; then everything goes on. */
    private void settle(TreeMap<Integer, Runnable> reports, List<CaptureEvent> after) {
        for (CaptureEvent event : after) {
            int count = countOf(event);
            while (!reports.isEmpty() && count > 0 && reports.firstKey() < count) {
                reports.pollFirstEntry().getValue().run();
            }
            next.accept(event);
        }
        while (!reports.isEmpty()) {
            reports.pollFirstEntry().getValue().run();
        }
    }

    private void reportMissing(
            SessionCapture session, TreeMap<Integer, Runnable> reports, int newest, boolean answered) {
        long missing = 0;
        for (int count = Math.max(from, 1); count <= newest; count++) {
            if (!session.hasSeen(count) && !reports.containsKey(count)) {
                missing++;
            }
        }
        boolean unknown = !answered && reason == Gap.Reason.ATTACHED_LATE;
        if (missing == 0 && !unknown) {
            return;
        }
        String what = missing == 0 ? "Executions" : missing + (missing == 1 ? " execution" : " executions");
        String why = answered ? "the kernel's history does not hold them" : "the kernel does not tell its history";
        owner.gap(
                Gap.builder(reason, what + " may have been missed, and " + why).missing(missing == 0 ? -1 : missing));
    }

    private void release() {
        holding = false;
        List<CaptureEvent> events = new ArrayList<>(held);
        held.clear();
        events.forEach(next::accept);
    }

    private static int countOf(CaptureEvent event) {
        if (event instanceof CaptureEvent.ExecutionStarted started) {
            return started.execution().executionCount().orElse(0);
        }
        if (event instanceof CaptureEvent.ExecutionFinished finished) {
            return finished.execution().executionCount().orElse(0);
        }
        return 0;
    }

    private static List<HistoryEntry> entries(Map<String, JsonSpan> content) throws IOException {
        List<HistoryEntry> entries = new ArrayList<>();
        JsonSpan history = content.get("history");
        if (history == null) {
            return entries;
        }
        for (JsonSpan line : history.elements()) {
            List<JsonSpan> parts = line.elements();
            if (parts.size() == 3) {
                JsonSpan code = parts.get(2);
                // With outputs asked for, a kernel sends [code, output]; some send that always.
                String text = code.isArray() ? code.elements().get(0).text() : code.text();
                parts.get(1).integer().ifPresent(count -> entries.add(new HistoryEntry(count, text)));
            }
        }
        return entries;
    }
}
