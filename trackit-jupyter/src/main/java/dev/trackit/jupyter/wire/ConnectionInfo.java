package dev.trackit.jupyter.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a connection file says: where a kernel listens, and the key with which its messages are signed. Immutable.
 *
 * <p>A file is created empty and rewritten while a kernel starts, so a file that does not parse is no error.
 */
public final class ConnectionInfo {
    private static final int MAX_BYTES = 64 * 1024;

    private final String transport;
    private final String ip;
    private final int shellPort;
    private final int iopubPort;
    private final int controlPort;
    private final String key;
    private final String signatureScheme;
    private final String kernelName;
    private final String jupyterSession;
    private final Optional<CurveKeys> curve;

    private ConnectionInfo(Map<String, String> fields) {
        this.transport = fields.getOrDefault("transport", "tcp");
        this.ip = fields.getOrDefault("ip", "127.0.0.1");
        this.shellPort = port(fields, "shell_port");
        this.iopubPort = port(fields, "iopub_port");
        this.controlPort = port(fields, "control_port");
        this.key = fields.getOrDefault("key", "");
        this.signatureScheme = fields.getOrDefault("signature_scheme", "hmac-sha256");
        this.kernelName = fields.getOrDefault("kernel_name", "");
        this.jupyterSession = fields.getOrDefault("jupyter_session", "");
        this.curve =
                CurveKeys.of(fields.getOrDefault("curve_publickey", ""), fields.getOrDefault("curve_secretkey", ""));
    }

    /** What these bytes say; empty if they are not a whole connection file. */
    public static Optional<ConnectionInfo> parse(byte[] json) {
        if (json.length == 0 || json.length > MAX_BYTES) {
            return Optional.empty();
        }
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, String> fields = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken().isScalarValue()) {
                    fields.put(name, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
            boolean whole = parser.currentToken() == JsonToken.END_OBJECT
                    && fields.containsKey("shell_port")
                    && fields.containsKey("iopub_port");
            return whole ? Optional.of(new ConnectionInfo(fields)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // half-written, or not a connection file at all
        }
    }

    private static int port(Map<String, String> fields, String name) {
        try {
            return Integer.parseInt(fields.getOrDefault(name, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** {@code tcp} or {@code ipc}. */
    public String transport() {
        return transport;
    }

    /** Whether it listens on sockets of the file system, not on ports. */
    public boolean isLocalSocket() {
        return transport.equals("ipc");
    }

    /** Where a channel listens. A name that cannot be resolved gives an unresolved address. @throws java.nio.file.InvalidPathException if its path is none */
    public SocketAddress address(Channel channel) {
        int port =
                switch (channel) {
                    case IOPUB -> iopubPort;
                    case CONTROL -> controlPort;
                    case SHELL -> shellPort;
                };
        return isLocalSocket() ? UnixDomainSocketAddress.of(ip + "-" + port) : new InetSocketAddress(ip(), port);
    }

    /** The address to connect to. A kernel that listens on all interfaces is reached by the loopback one. */
    public String ip() {
        return isLocalSocket()
                ? ip
                : ip.equals("0.0.0.0") || ip.equals("*") || ip.isEmpty() || ip.equals("localhost") ? "127.0.0.1" : ip;
    }

    /** The port of requests. */
    public int shellPort() {
        return shellPort;
    }

    /** The port of broadcasts. */
    public int iopubPort() {
        return iopubPort;
    }

    /** The port of requests that do not wait for a running cell; 0 if there is none. */
    public int controlPort() {
        return controlPort;
    }

    /** The kernel spec's name; empty if the file does not say. */
    public String kernelName() {
        return kernelName;
    }

    /** The notebook's path or name as newer front ends write it into the file; empty if it does not say. */
    public String jupyterSession() {
        return jupyterSession;
    }

    /** The CURVE keys of an encrypted kernel. */
    Optional<CurveKeys> curve() {
        return curve;
    }

    /** A signer with the file's key and scheme. */
    public MessageSigner signer() {
        return MessageSigner.of(signatureScheme, key.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the ports are chosen; files of kernels that choose their own ports hold zeros at first. */
    public boolean isReady() {
        return shellPort > 0 && iopubPort > 0;
    }

    /** What tells kernels apart: two files with the same address and key are one kernel. */
    public String identity() {
        return ip() + " " + shellPort + " " + iopubPort + " " + key.hashCode();
    }

    /** Address and ports: never the key. */
    @Override
    public String toString() {
        return "ConnectionInfo[" + transport + " " + ip + " iopub " + iopubPort + "]";
    }
}
