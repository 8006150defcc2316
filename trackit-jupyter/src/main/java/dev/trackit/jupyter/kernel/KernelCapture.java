package dev.trackit.jupyter.kernel;

import dev.trackit.api.Gap;
import dev.trackit.api.NotebookMatch;
import dev.trackit.api.Session;
import dev.trackit.jupyter.wire.Channel;
import dev.trackit.jupyter.wire.KernelLink;
import dev.trackit.jupyter.wire.KernelSockets;
import dev.trackit.jupyter.wire.LinkListener;
import dev.trackit.jupyter.wire.MessageCodec;
import dev.trackit.jupyter.wire.WireMessage;
import dev.trackit.spi.CaptureEvent;
import dev.trackit.spi.CaptureListener;
import dev.trackit.spi.KernelStatus;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The capture of one kernel, as a passive subscriber, from the moment it is found until it is gone.
 *
 * <p><b>What is relied on.</b> Each message is signed, and names the request that led to it, so nothing depends on the time at which it is read.
 * A session is the kernel's own id in the headers, which changes at each restart. Execution counts grow by one, so a jump
 * tells that something was missed, and the kernel's history tells what ({@link HistoryRecovery}).
 *
 * <p><b>What is never done.</b> No code is sent. Nothing is asked on the shell channel, where a request would wait for the running cell. No thread
 * of the kernel's front end or of the kernel waits for us: a slow subscriber loses messages, it does not delay them.
 *
 * <p>The path of an event: session, recovery (holds events while an answer is awaited), scope (holds them until it is known whether
 * the kernel is watched), listener. All of it runs on the {@link CaptureThread}; only the status is read by other threads.
 */
public final class KernelCapture implements LinkListener, SessionCapture.Owner, HistoryRecovery.Owner, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KernelCapture.class);
    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final Duration PROBE = Duration.ofMillis(500);
    private static final int PROBES = 60;
    private static final int RENEW_AFTER = 3;
    private static final int REMEMBERED_SESSIONS = 100;
    private static final Duration FILTER_DELAY = Duration.ofMillis(250);

    private final KernelTarget target;
    private final CaptureThread thread;
    private final Clock clock;
    private final boolean late;
    private final Runnable onDead;
    private final Counters counters = new Counters();
    private final AtomicLong overflow = new AtomicLong();
    private final MessageCodec codec;
    private final KernelLink link;
    private final ScopeGate gate;
    private final HistoryRecovery recovery;
    private final Set<String> endedSessions = new LinkedHashSet<>();
    private final Set<String> unsettled = new LinkedHashSet<>();

    private @Nullable SessionCapture session;
    private boolean narrowed;
    private Instant filteredUntil = Instant.MIN;
    private boolean connectedBefore;
    private boolean shutDown;
    private boolean lossSuspected;
    private boolean heard;
    private int disconnects;
    private volatile String sessionId = "";
    private volatile KernelStatus.State state = KernelStatus.State.CONNECTING;
    private volatile String detail = "";

    private KernelCapture(
            KernelTarget target,
            boolean late,
            KernelLink link,
            CaptureThread thread,
            CaptureListener listener,
            Clock clock,
            Runnable onDead) {
        this.target = target;
        this.late = late;
        this.thread = thread;
        this.clock = clock;
        this.onDead = onDead;
        this.codec = new MessageCodec(target.info().signer());
        this.gate = new ScopeGate(listener::on, clock);
        this.link = link;
        this.recovery = new HistoryRecovery(
                this, gate, codec, link, thread, target.info().controlPort() > 0);
    }

    /**
     * Connects to a kernel.
     *
     * @param late whether it may have run cells before
     * @param listener is told what happens, on the capture thread
     * @param onDead called on the capture thread when the kernel is gone for good
     */
    public static KernelCapture attach(
            KernelTarget target,
            boolean late,
            KernelSockets sockets,
            CaptureThread thread,
            CaptureListener listener,
            Clock clock,
            Runnable onDead) {
        return attach(target, late, sockets.link(target.info()), thread, listener, clock, onDead);
    }

    /** As {@link #attach(KernelTarget, boolean, KernelSockets, CaptureThread, CaptureListener, Clock, Runnable)}, over a link that is given. */
    public static KernelCapture attach(
            KernelTarget target,
            boolean late,
            KernelLink link,
            CaptureThread thread,
            CaptureListener listener,
            Clock clock,
            Runnable onDead) {
        KernelCapture capture = new KernelCapture(target, late, link, thread, listener, clock, onDead);
        link.open(capture);
        return capture;
    }

    /** What is seen of the kernel now. Safe to call from any thread. */
    public KernelStatus status() {
        return new KernelStatus(
                target.kernelId(),
                sessionId,
                target.info().kernelName(),
                target.language(),
                state,
                target.match(),
                detail,
                counters.captured.get(),
                counters.recovered.get(),
                counters.gaps.get(),
                counters.dropped.get(),
                counters.bytes.get());
    }

    /** Whether the kernel is one of those to be recorded is known now. Safe to call from any thread. */
    public void decideScope(boolean inside) {
        thread.post(() -> gate.decide(inside));
    }

    /** More is known of the notebook. Safe to call from any thread. */
    public void matched(NotebookMatch match) {
        thread.post(() -> {
            if (session != null) {
                recovery.accept(new CaptureEvent.SessionMatched(session.id(), match, clock.instant()));
            }
            // Often a notebook is saved after its kernel ended: what is learned then holds for the sessions before,
            // too.
            for (String ended : List.copyOf(unsettled)) {
                recovery.accept(new CaptureEvent.SessionMatched(ended, match, clock.instant()));
            }
            if (isCertain(match)) {
                unsettled.clear();
            }
        });
    }

    private static boolean isCertain(NotebookMatch match) {
        return match.isSettled() && match.basis().compareTo(NotebookMatch.Basis.TIME) <= 0;
    }

    /** The whole process was stopped for a while: messages may have been lost without a sign. On the capture thread. */
    public void afterStall() {
        if (session != null && state != KernelStatus.State.DEAD) {
            lossSuspected = true;
            recovery.request(session.highest() + 1, Gap.Reason.DISCONNECTED, true);
        }
    }

    /** Ends the capture; what is open is not reported, for the kernel goes on. Idempotent. */
    @Override
    public void close() {
        link.close();
        thread.post(() -> {
            if (session != null) {
                session.flush();
            }
        });
    }

    // ---- what the sockets tell, on their threads ----

    @Override
    public void onMessage(Channel channel, List<byte[]> frames, long bytes) {
        byte[] topic = frames.get(0);
        boolean essential = channel != Channel.IOPUB || topic.length > 0 && topic[0] == 'k';
        if (!thread.offer(() -> take(channel, frames, bytes), bytes, essential)) {
            overflow.incrementAndGet();
        }
    }

    @Override
    public void onOversized(Channel channel, long bytes) {
        thread.post(() -> oversized(bytes));
    }

    @Override
    public void onFiltered(boolean leftOut, Instant at) {
        thread.post(() -> filtered(leftOut, at));
    }

    @Override
    public void onConnected(Channel channel) {
        if (channel == Channel.IOPUB) {
            thread.post(this::connected);
        }
    }

    @Override
    public void onDisconnected(Channel channel) {
        if (channel == Channel.IOPUB) {
            thread.post(this::disconnected);
        }
    }

    // ---- on the capture thread ----

    private void connected() {
        if (state == KernelStatus.State.DEAD) {
            return;
        }
        boolean again = connectedBefore;
        connectedBefore = true;
        disconnects++;
        state = KernelStatus.State.IDLE;
        if (again) {
            int from = session == null ? 1 : session.highest() + 1;
            recovery.request(from, Gap.Reason.DISCONNECTED, true);
        } else if (late) {
            recovery.request(1, Gap.Reason.ATTACHED_LATE, true);
        } else {
            // A kernel that starts says so. One that stays silent was there before, whatever its file's age.
            thread.after(QUIET, () -> {
                if (!heard && state != KernelStatus.State.DEAD) {
                    recovery.request(1, Gap.Reason.ATTACHED_LATE, true);
                }
            });
        }
    }

    private void disconnected() {
        if (!connectedBefore || state == KernelStatus.State.DEAD) {
            return;
        }
        state = KernelStatus.State.DISCONNECTED;
        probe(++disconnects, 0);
    }

    /** Looks whether the kernel is gone, or only the connection, for as long as a restart may take. */
    private void probe(int ofDisconnect, int attempt) {
        if (disconnects != ofDisconnect || state != KernelStatus.State.DISCONNECTED) {
            return;
        }
        if (!target.answers()) {
            if (session != null) {
                session.abortOpen("The kernel ended while it ran.");
            }
            if (shutDown || attempt >= PROBES) {
                die(shutDown ? "The kernel was shut down." : "The kernel died.");
                return;
            }
        } else if (attempt % RENEW_AFTER == RENEW_AFTER - 1) {
            // JeroMQ does not connect again by itself after a message that is larger than the limit.
            link.reconnect(Channel.IOPUB);
        }
        thread.after(PROBE, () -> probe(ofDisconnect, attempt + 1));
    }

    /** The kernel is gone for good. On the capture thread. */
    private void die(String reason) {
        recovery.end();
        endSession(reason);
        state = KernelStatus.State.DEAD;
        detail = reason;
        link.close();
        onDead.run();
    }

    /** Gives up on a kernel that never answered. Safe to call from any thread. */
    public void abandon(String reason) {
        thread.post(() -> {
            if (state != KernelStatus.State.DEAD && !connectedBefore) {
                die(reason);
            }
        });
    }

    private void take(Channel channel, List<byte[]> frames, long bytes) {
        counters.bytes.addAndGet(bytes);
        if (overflow.get() > 0) {
            overflowed(overflow.getAndSet(0));
        }
        Optional<WireMessage> decoded = codec.decode(frames);
        if (decoded.isEmpty()) {
            counters.dropped.incrementAndGet();
            if (codec.lastRefusal() == MessageCodec.Refusal.FORGED) {
                detail = "Messages with a wrong signature were dropped: another program may use the kernel's port.";
            }
            return;
        }
        try {
            dispatch(channel, decoded.get());
        } catch (IOException e) {
            counters.dropped.incrementAndGet();
            unreadable(decoded.get());
        }
    }

    private void dispatch(Channel channel, WireMessage message) throws IOException {
        heard = true;
        String type = message.header().type();
        if (channel == Channel.CONTROL || recovery.isOwn(message)) {
            recovery.take(message);
            return;
        }
        if (message.parent().session().equals(codec.session())) {
            return; // an earlier request of ours
        }
        boolean starting = type.equals("status")
                && message.parent().id().isEmpty()
                && message.content().containsKey("execution_state")
                && message.content().get("execution_state").text().equals("starting");
        SessionCapture current = sessionFor(message, starting);
        if (current == null) {
            counters.dropped.incrementAndGet();
            return;
        }
        if (type.equals("shutdown_reply")) {
            shutDown = !message.content().containsKey("restart")
                    || !message.content().get("restart").isTrue();
            return;
        }
        current.take(message);
        if (type.equals("execute_input")) {
            markFiltered(current, message);
        }
        state = current.isBusy() ? KernelStatus.State.BUSY : KernelStatus.State.IDLE;
    }

    private @Nullable SessionCapture sessionFor(WireMessage message, boolean starting) {
        String own = message.header().session();
        boolean foreign = own.isEmpty() || own.equals(message.parent().session());
        String id = foreign ? "" : own;
        if (foreign) {
            // Kernels of other languages may use the front end's session for their own.
            if (session != null) {
                return session;
            }
            id = target.kernelId() + "-"
                    + target.startedAt().map(Instant::getEpochSecond).orElse(0L);
        } else if (own.length() < 16) {
            id = target.kernelId() + "-" + own;
        }
        if (session != null && session.id().equals(id)) {
            return session;
        }
        if (endedSessions.contains(id)) {
            return null; // a message of a kernel that is gone can only be a replay
        }
        if (session != null) {
            session.abortOpen("The kernel ended while it ran, and was started again.");
            endSession("The kernel was restarted.");
        }
        return beginSession(id, starting, message.header().date());
    }

    private SessionCapture beginSession(String id, boolean starting, @Nullable Instant at) {
        boolean first = endedSessions.isEmpty();
        SessionCapture begun = new SessionCapture(id, recovery, this, counters, thread);
        session = begun;
        sessionId = id;
        shutDown = false;
        Instant startedAt = starting ? at : first ? target.startedAt().orElse(null) : at;
        if (starting || !first) {
            recovery.begin();
        }
        recovery.accept(new CaptureEvent.SessionStarted(
                Session.builder(id, target.kernelId())
                        .kernelName(target.info().kernelName())
                        .language(target.language())
                        .workingFolder(target.workingFolder().orElse(null))
                        .startedAt(startedAt == null ? clock.instant() : startedAt)
                        .build(),
                target.match()));
        return begun;
    }

    private void endSession(String reason) {
        if (session == null) {
            return;
        }
        session.abortOpen("The kernel ended while it ran.");
        if (lossSuspected) {
            gap(Gap.builder(
                    Gap.Reason.DISCONNECTED,
                    "The last executions of this session may have been missed: it ended while messages were lost"));
            lossSuspected = false;
        }
        recovery.accept(new CaptureEvent.SessionEnded(session.id(), reason, clock.instant()));
        if (endedSessions.size() >= REMEMBERED_SESSIONS) {
            endedSessions.remove(endedSessions.iterator().next());
        }
        endedSessions.add(session.id());
        if (!isCertain(target.match()) && unsettled.size() < REMEMBERED_SESSIONS) {
            unsettled.add(session.id());
        }
        session = null;
        sessionId = "";
    }

    // ---- floods and losses ----

    /** Its first outputs may have been filtered still. */
    private void markFiltered(SessionCapture current, WireMessage message) {
        Instant date = message.header().date();
        OpenExecution execution = current.openFor(message.parent().id());
        if (execution != null && date != null && (narrowed || date.isBefore(filteredUntil))) {
            execution.incomplete();
        }
    }

    private void filtered(boolean leftOut, Instant at) {
        narrowed = leftOut;
        if (!leftOut) {
            filteredUntil = at.plus(FILTER_DELAY);
        } else if (session != null) {
            for (OpenExecution execution : session.allOpen()) {
                execution.incomplete();
                execution.note("It flooded the channel, so that its outputs were not taken to the end.");
            }
        }
    }

    private void oversized(long bytes) {
        counters.dropped.incrementAndGet();
        if (session == null) {
            return;
        }
        for (OpenExecution execution : session.allOpen()) {
            execution.incomplete();
            execution.note("One of its messages, of " + bytes / 1_000_000 + " MB, was larger than what is taken.");
        }
    }

    private void overflowed(long lost) {
        counters.dropped.addAndGet(lost);
        if (session == null) {
            return;
        }
        lossSuspected = true;
        session.allOpen().forEach(OpenExecution::incomplete);
        gap(Gap.builder(Gap.Reason.OVERLOAD, lost + " messages came faster than they could be taken"));
        recovery.request(session.highest() + 1, Gap.Reason.OVERLOAD, true);
    }

    private void unreadable(WireMessage message) {
        if (session != null) {
            OpenExecution execution = session.openFor(message.parent().id());
            if (execution != null) {
                execution.incomplete();
            }
            gap(Gap.builder(
                    Gap.Reason.UNREADABLE,
                    "A message of type " + message.header().type() + " could not be read"));
        }
    }

    // ---- what session and recovery ask ----

    @Override
    public void missed(int fromCount) {
        boolean first = session != null && session.highest() == 0 && endedSessions.isEmpty();
        recovery.request(fromCount, first ? Gap.Reason.ATTACHED_LATE : Gap.Reason.DISCONNECTED, false);
    }

    @Override
    public @Nullable SessionCapture session() {
        return session;
    }

    @Override
    public SessionCapture sessionOf(WireMessage reply) {
        SessionCapture current = sessionFor(reply, false);
        return current == null
                ? beginSession(reply.header().session(), false, reply.header().date())
                : current;
    }

    @Override
    public void recovered() {
        lossSuspected = false;
    }

    @Override
    public void gap(Gap.Builder gap) {
        if (session != null) {
            gap.session(session.id());
        }
        counters.gaps.incrementAndGet();
        recovery.accept(new CaptureEvent.Missed(gap.build(), clock.instant()));
    }
}
