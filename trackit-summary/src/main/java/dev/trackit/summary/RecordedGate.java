package dev.trackit.summary;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Digest;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.SummarizerException;
import dev.trackit.api.TrackitException;
import dev.trackit.spi.EgressGate;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate to the outside: redacts, makes a durable record of the call in the notebook's log of notes, and only then lets the text go. The log is
 * held only while it is written to, so that several programs can use it. Safe for use by several threads.
 */
public final class RecordedGate implements EgressGate {
    /** The type of the record that stands before a call. */
    public static final String CALL = "egress.call";

    /** The type of the record of what became of it. */
    public static final String DONE = "egress.done";

    private static final Logger LOG = LoggerFactory.getLogger(RecordedGate.class);

    private final LineageStore store;
    private final LogId log;
    private final UnaryOperator<String> redaction;
    private final Clock clock;

    /**
     * A gate.
     *
     * @param log where calls are recorded
     * @param redaction applied to each text before it is sent
     */
    public RecordedGate(LineageStore store, LogId log, UnaryOperator<String> redaction, Clock clock) {
        this.store = requireNonNull(store, "store");
        this.log = requireNonNull(log, "log");
        this.redaction = requireNonNull(redaction, "redaction");
        this.clock = requireNonNull(clock, "clock");
    }

    @Override
    public Permit request(String purpose, String destination, String text) {
        String redacted = redaction.apply(text);
        String id = UUID.randomUUID().toString();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("call", id);
        fields.put("purpose", redaction.apply(purpose));
        fields.put("destination", destination);
        fields.put("digest", Digest.ofText(redacted).value());
        fields.put("bytes", redacted.getBytes(StandardCharsets.UTF_8).length);
        try {
            append(CALL, fields);
        } catch (TrackitException e) {
            throw new SummarizerException(
                    SummarizerException.Reason.NOT_PERMITTED,
                    "Nothing was sent to " + destination + ", because the call could not be recorded: "
                            + e.getMessage(),
                    e);
        }
        return new RecordedPermit(id, redacted);
    }

    private synchronized void append(String type, Map<String, Object> fields) {
        try (LogWriter writer = store.writer(log)) {
            writer.append(List.of(LineageRecord.of(type, clock.instant(), fields)));
        }
    }

    private final class RecordedPermit implements Permit {
        private final String id;
        private final String text;

        RecordedPermit(String id, String text) {
            this.id = id;
            this.text = text;
        }

        @Override
        public String text() {
            return text;
        }

        @Override
        public void done(String outcome, long inputTokens, long outputTokens) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("call", id);
            fields.put("outcome", outcome);
            fields.put("inputTokens", inputTokens);
            fields.put("outputTokens", outputTokens);
            // A file is closed under the feet of a thread that is interrupted while it writes: then once more, without.
            boolean interrupted = Thread.interrupted();
            try {
                append(DONE, fields);
            } catch (TrackitException e) {
                interrupted |= Thread.interrupted();
                if (interrupted) {
                    again(fields);
                } else {
                    warn(e);
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private void again(Map<String, Object> fields) {
            try {
                append(DONE, fields);
            } catch (TrackitException e) {
                warn(e);
            }
        }

        private void warn(TrackitException e) {
            LOG.warn("What became of a call could not be recorded in {}: {}", log, e.getMessage());
        }
    }
}
