package dev.trackit.jupyter.wire;

import java.time.Instant;
import java.util.List;

/** Is told what comes from one kernel. Called on the thread that reads all sockets: must return at once. */
public interface LinkListener {

    /**
     * A message came.
     *
     * @param frames the raw frames; given away
     * @param bytes their length in total
     */
    void onMessage(Channel channel, List<byte[]> frames, long bytes);

    /**
     * A message came that is larger than what is taken, and was passed over.
     *
     * @param bytes its length
     */
    void onOversized(Channel channel, long bytes);

    /**
     * Displays and prints are left out from now on, because they flood the channel, or not any more. In order with the messages.
     *
     * @param at when the change was made; it takes effect a moment later
     */
    void onFiltered(boolean leftOut, Instant at);

    /** A connection was made, or made again; what was subscribed to is subscribed to. */
    void onConnected(Channel channel);

    /** A connection was lost; it is tried again until the link is closed. */
    void onDisconnected(Channel channel);
}
