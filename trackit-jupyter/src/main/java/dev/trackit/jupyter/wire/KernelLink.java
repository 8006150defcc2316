package dev.trackit.jupyter.wire;

import java.util.List;

/** The connections to one kernel. Safe for use by several threads; no call waits. */
public interface KernelLink extends AutoCloseable {

    /** Connects to {@link Channel#IOPUB}, all topics. To be called once, before anything else. The listener is called on the reading thread. */
    void open(LinkListener listener);

    /** Sends a message on a channel, connecting to it first where that is not done yet. */
    void send(Channel channel, List<byte[]> frames);

    /** Gives a connection up and makes it anew: what the other side holds for the old one is not delivered any more. */
    void reconnect(Channel channel);

    /** Closes one channel, to be connected again when something is sent. */
    void disconnect(Channel channel);

    /** Closes all channels. Idempotent. A message may still be reported while this runs. */
    @Override
    void close();
}
