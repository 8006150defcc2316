package dev.trackit.jupyter.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes apart what a peer sends by <a href="https://rfc.zeromq.org/spec/23/">ZMTP 3</a> without encryption: the greeting, commands, and messages of
 * several frames. Bytes come in pieces of any size. A message above the limit is passed over, not held; the connection goes on. Not safe for
 * use by several threads.
 */
final class ZmtpDecoder {
    static final int GREETING_BYTES = 64;

    private static final int MORE = 1;
    private static final int LONG = 2;
    private static final int COMMAND = 4;
    private static final int REVISION_AT = 10;
    private static final int MECHANISM_AT = 12;
    private static final byte[] MECHANISM = "NULL\0".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_COMMAND = 64 * 1024;
    private static final int MAX_FRAMES = 256;
    /** What is allocated for a frame on the word of its length alone. */
    private static final int TRUSTED = 1 << 20;

    /** Is told what came. What it throws ends the decoding. */
    interface Receiver {
        /** The peer greeted: it speaks ZMTP 3 without encryption. */
        void onGreeting() throws ZmtpFault;

        /** A command came. @param body its name, with its length before it, and its data */
        void onCommand(byte[] body) throws ZmtpFault;

        /** A message came. @param frames its first frames, 256 at most; given away. @param bytes of all of them */
        void onMessage(List<byte[]> frames, long bytes);

        /** A message above the limit was passed over. */
        void onOversized(long bytes);
    }

    private final Receiver receiver;
    private final long limit;
    private final byte[] greeting = new byte[GREETING_BYTES];
    private int greeted;
    private final byte[] head = new byte[9];
    private int headLength;

    private boolean inBody;
    private int flags;
    private long left;
    private byte @Nullable [] body;
    private int filled;

    private List<byte[]> frames = new ArrayList<>(8);
    private long bytes;
    private boolean oversized;

    /** @param limit the largest message that is held, in bytes */
    ZmtpDecoder(Receiver receiver, long limit) {
        this.receiver = receiver;
        this.limit = limit;
    }

    /** Takes all of these bytes. */
    void take(ByteBuffer in) throws ZmtpFault {
        while (in.hasRemaining()) {
            if (greeted < GREETING_BYTES) {
                takeGreeting(in);
            } else if (inBody) {
                takeBody(in);
            } else {
                takeHead(in);
            }
        }
    }

    /** An older peer may wait after its first bytes, so each is looked at as soon as it is there. */
    private void takeGreeting(ByteBuffer in) throws ZmtpFault {
        int at = greeted++;
        greeting[at] = in.get();
        boolean other = at == 0 && greeting[0] != (byte) 0xFF
                || at == REVISION_AT - 1 && (greeting[at] & 1) == 0
                || at == REVISION_AT && greeting[at] < 3;
        if (other) {
            throw ZmtpFault.otherProtocol("The peer speaks no ZMTP 3");
        }
        if (greeted == GREETING_BYTES) {
            if (!Arrays.equals(
                    greeting, MECHANISM_AT, MECHANISM_AT + MECHANISM.length, MECHANISM, 0, MECHANISM.length)) {
                throw ZmtpFault.otherProtocol("The peer wants another security mechanism than NULL");
            }
            receiver.onGreeting();
        }
    }

    private void takeHead(ByteBuffer in) throws ZmtpFault {
        head[headLength++] = in.get();
        boolean isLong = (head[0] & LONG) != 0;
        if (headLength < (isLong ? head.length : 2)) {
            return;
        }
        headLength = 0;
        flags = head[0] & 0xFF;
        long size = isLong ? ByteBuffer.wrap(head, 1, Long.BYTES).getLong() : head[1] & 0xFF;
        if (size < 0 || flags > (MORE | LONG | COMMAND)) {
            throw new ZmtpFault("The peer sent a frame that ZMTP does not know");
        }
        begin(size);
    }

    private void begin(long size) throws ZmtpFault {
        boolean held = true;
        if (isCommand()) {
            if (size > MAX_COMMAND) {
                throw new ZmtpFault("The peer sent a command of " + size + " bytes");
            }
        } else {
            bytes = Math.addExact(Math.min(bytes, Long.MAX_VALUE - size), size);
            if (bytes > limit) {
                oversized = true;
                frames.clear();
            }
            held = !oversized && frames.size() < MAX_FRAMES;
        }
        inBody = true;
        left = size;
        filled = 0;
        body = held ? new byte[(int) Math.min(size, TRUSTED)] : null;
        if (size == 0) {
            finish();
        }
    }

    private void takeBody(ByteBuffer in) throws ZmtpFault {
        int some = (int) Math.min(left, in.remaining());
        byte[] into = body;
        if (into == null) {
            in.position(in.position() + some);
        } else {
            if (filled + some > into.length) {
                into = Arrays.copyOf(into, (int) Math.min(filled + left, Math.max(filled + some, 4L * into.length)));
                body = into;
            }
            in.get(into, filled, some);
            filled += some;
        }
        left -= some;
        if (left == 0) {
            finish();
        }
    }

    private void finish() throws ZmtpFault {
        byte[] whole = body;
        inBody = false;
        body = null;
        if (isCommand()) {
            receiver.onCommand(whole == null ? new byte[0] : whole);
            return;
        }
        if (whole != null) {
            frames.add(whole);
        }
        if ((flags & MORE) != 0) {
            return;
        }
        List<byte[]> message = frames;
        long size = bytes;
        boolean lost = oversized;
        frames = new ArrayList<>(8);
        bytes = 0;
        oversized = false;
        if (lost) {
            receiver.onOversized(size);
        } else {
            receiver.onMessage(message, size);
        }
    }

    private boolean isCommand() {
        return (flags & COMMAND) != 0;
    }
}
