package dev.trackit.jupyter.client;

import dev.trackit.api.CaptureException;
import dev.trackit.jupyter.wire.ConnectionInfo;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process of a kernel that was started here, its connection file, and what it printed. Safe for use by several threads. */
final class KernelProcessHandle implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KernelProcessHandle.class);
    private static final int LAST_WORDS = 2_000;

    private final KernelSpec spec;
    private final ConnectionInfo info;
    private final Path folder;
    private final Path connectionFile;
    private final Path printed;
    private final Process process;

    private KernelProcessHandle(
            KernelSpec spec, ConnectionInfo info, Path folder, Path connectionFile, Path printed, Process process) {
        this.spec = spec;
        this.info = info;
        this.folder = folder;
        this.connectionFile = connectionFile;
        this.printed = printed;
        this.process = process;
    }

    static KernelProcessHandle start(KernelSpec spec, Path workingFolder, @Nullable Path connectionFolder) {
        try {
            Path folder = Files.createTempDirectory("trackit-kernel-"); // for its owner only
            Path file = connectionFolder == null
                    ? folder.resolve(PrivateKernels.PREFIX + UUID.randomUUID() + ".json")
                    : Files.createDirectories(connectionFolder).resolve("kernel-" + UUID.randomUUID() + ".json");
            byte[] json = connectionJson(spec.name()).getBytes(StandardCharsets.UTF_8);
            ConnectionInfo info = ConnectionInfo.parse(json)
                    .orElseThrow(() -> new IllegalStateException("A connection file of our own must parse"));
            write(file, json);
            Path printed = folder.resolve("output.txt");
            Process process = builder(spec, workingFolder, file, printed).start();
            return new KernelProcessHandle(spec, info, folder, file, printed, process);
        } catch (IOException e) {
            throw new CaptureException(
                    "The kernel " + spec.name() + " could not be started by " + spec.command() + ": " + e.getMessage(),
                    e);
        }
    }

    private static ProcessBuilder builder(KernelSpec spec, Path workingFolder, Path file, Path printed) {
        List<String> command = new ArrayList<>();
        for (String part : spec.command()) {
            command.add(part.replace("{connection_file}", file.toString())
                    .replace("{resource_dir}", spec.folder().toString()));
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workingFolder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File(File.separatorChar == '/' ? "/dev/null" : "NUL")))
                .redirectOutput(printed.toFile());
        builder.environment().putAll(spec.environment());
        builder.environment().remove("JPY_SESSION_NAME");
        if (File.separatorChar == '/') {
            // A kernel that knows its parent ends with it, also when the parent is killed.
            builder.environment()
                    .put("JPY_PARENT_PID", Long.toString(ProcessHandle.current().pid()));
        }
        return builder;
    }

    private static String connectionJson(String kernelName) throws IOException {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        List<Integer> ports = freePorts(5);
        return "{\"shell_port\":" + ports.get(0) + ",\"iopub_port\":" + ports.get(1) + ",\"stdin_port\":" + ports.get(2)
                + ",\"control_port\":" + ports.get(3) + ",\"hb_port\":" + ports.get(4)
                + ",\"ip\":\"127.0.0.1\",\"key\":\"" + HexFormat.of().formatHex(key)
                + "\",\"transport\":\"tcp\",\"signature_scheme\":\"hmac-sha256\",\"kernel_name\":"
                + JsonText.quote(kernelName) + "}";
    }

    // As Jupyter does it: free now, and most likely a moment later.
    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                ports.add(socket.getLocalPort());
            }
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
        return ports;
    }

    private static void write(Path file, byte[] json) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
        Files.write(file, json, StandardOpenOption.WRITE);
    }

    ConnectionInfo info() {
        return info;
    }

    String name() {
        return spec.name();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void awaitEnd(Duration patience) {
        try {
            process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends the signal that Ctrl-C sends. Java itself cannot. */
    void interrupt() {
        if (File.separatorChar != '/') {
            return;
        }
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(2, TimeUnit.SECONDS);
        } catch (IOException e) {
            LOG.debug("The kernel could not be interrupted", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(5));
    }

    /** The end of what the process printed. */
    String lastWords() {
        try {
            String text = Files.readString(printed, StandardCharsets.UTF_8);
            return text.isBlank()
                    ? "nothing"
                    : text.substring(Math.max(0, text.length() - LAST_WORDS)).strip();
        } catch (IOException e) {
            return "nothing that could be read";
        }
    }

    @Override
    public void close() {
        kill();
        for (Path file : List.of(connectionFile, printed, folder)) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.debug("{} could not be removed", file, e);
            }
        }
    }
}
