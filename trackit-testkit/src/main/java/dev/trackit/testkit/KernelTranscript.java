package dev.trackit.testkit;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a real kernel published in a small session, message by message as it was on the wire, for tests of sources that listen to kernels: a
 * sequence that nobody wrote by hand. Recorded from ipykernel. Immutable.
 *
 * <ul>
 *   <li>{@link #CLEANING}: a frame is made, a cell fails, is mended, is edited and run again;
 *   <li>{@link #OUTPUTS}: both streams, a cleared output, a display that a later cell updates, an empty cell, a failure;
 *   <li>{@link #RESTART}: the kernel is started again, under a new session, and counts from 1.
 * </ul>
 *
 * @see <a href="https://jupyter-client.readthedocs.io/en/stable/messaging.html">Messaging in Jupyter</a>
 */
public final class KernelTranscript {
    /** A frame is made, a cell fails, is mended, is edited and run again. */
    public static final String CLEANING = "cleaning";

    /** Streams, a cleared output, a display that is updated later, an empty cell, a failure. */
    public static final String OUTPUTS = "outputs";

    /** A session, a restart, and a second session. */
    public static final String RESTART = "restart";

    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
    private static final int PARTS = 5;

    private final String name;
    private final List<Message> messages;

    private KernelTranscript(String name, List<Message> messages) {
        this.name = name;
        this.messages = List.copyOf(messages);
    }

    /**
     * One message of the kernel's IOPub channel; the parts are JSON as it was on the wire.
     *
     * @param topic what subscribers filter by
     * @param header who sent what, and when
     * @param parentHeader the header of the request that it belongs to; an empty object if it belongs to none
     * @param metadata mostly an empty object
     * @param content what it says
     */
    public record Message(String topic, String header, String parentHeader, String metadata, String content) {
        /** Checks. */
        public Message {
            requireNonNull(topic, "topic");
            requireNonNull(header, "header");
            requireNonNull(parentHeader, "parentHeader");
            requireNonNull(metadata, "metadata");
            requireNonNull(content, "content");
        }

        /**
         * The frames of the message, as a kernel with this key sends them: topic, delimiter, signature, and the four parts.
         *
         * @param key of the kernel, for HMAC-SHA256; empty for a kernel that does not sign
         */
        public List<byte[]> frames(byte[] key) {
            List<byte[]> parts = new ArrayList<>();
            for (String part : List.of(header, parentHeader, metadata, content)) {
                parts.add(part.getBytes(StandardCharsets.UTF_8));
            }
            List<byte[]> frames = new ArrayList<>();
            frames.add(topic.getBytes(StandardCharsets.UTF_8));
            frames.add(DELIMITER.clone());
            frames.add(signature(key, parts));
            frames.addAll(parts);
            return frames;
        }

        private static byte[] signature(byte[] key, List<byte[]> parts) {
            if (key.length == 0) {
                return new byte[0];
            }
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                parts.forEach(mac::update);
                return HexFormat.of().formatHex(mac.doFinal()).getBytes(StandardCharsets.US_ASCII);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Each Java has HMAC-SHA256.", e);
            }
        }
    }

    /**
     * A transcript.
     *
     * @param name one of the constants of this class
     * @throws IllegalArgumentException if there is none of this name
     */
    public static KernelTranscript of(String name) {
        List<Message> messages = new ArrayList<>();
        try (InputStream in = KernelTranscript.class.getResourceAsStream("transcripts/" + name + ".tsv")) {
            if (in == null) {
                throw new IllegalArgumentException("There is no transcript " + name + ".");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] parts = line.split("\t", PARTS);
                messages.add(new Message(parts[0], parts[1], parts[2], parts[3], parts[4]));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The transcript " + name + " cannot be read.", e);
        }
        return new KernelTranscript(name, messages);
    }

    /** The messages, in the order in which the kernel published them. */
    public List<Message> messages() {
        return messages;
    }

    /**
     * Plays all messages, in order, as a kernel with this key sends them.
     *
     * @param key of the kernel, for HMAC-SHA256; empty for a kernel that does not sign
     * @param send is given the frames of each message
     */
    public void play(byte[] key, Consumer<List<byte[]>> send) {
        messages.forEach(message -> send.accept(message.frames(key)));
    }

    @Override
    public String toString() {
        return "KernelTranscript[" + name + ", " + messages.size() + " messages]";
    }
}
