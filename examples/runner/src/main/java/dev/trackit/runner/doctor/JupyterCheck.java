package dev.trackit.runner.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Jupyter's runtime folders, and what is in them: connection files of kernels, and the files of servers. */
final class JupyterCheck implements Check {
    private static final String AREA = "jupyter";
    private static final int CONNECT_MILLIS = 500;
    private static final long AT_MOST_BYTES = 1 << 20;

    private final List<Path> runtimeFolders;

    JupyterCheck(List<Path> runtimeFolders) {
        this.runtimeFolders = List.copyOf(runtimeFolders);
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        for (Path folder : runtimeFolders) {
            if (!Files.isDirectory(folder)) {
                findings.add(Finding.note(AREA, "runtime folder " + folder + " does not exist yet", ""));
            } else if (!Files.isReadable(folder)) {
                findings.add(Finding.problem(
                        AREA,
                        "runtime folder " + folder + " cannot be read, so its kernels cannot be found",
                        "Run trackit as the user who runs Jupyter."));
            } else {
                look(folder, findings);
            }
        }
        return findings;
    }

    private static void look(Path folder, List<Finding> findings) {
        int running = 0;
        int leftOver = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (name.startsWith("kernel-")) {
                    Optional<JsonNode> connection = read(file);
                    boolean answers = connection.isPresent() && answers(connection.get());
                    running += answers ? 1 : 0;
                    leftOver += answers ? 0 : 1;
                    connection.ifPresent(c -> kernel(file, c, findings));
                } else if (name.startsWith("jpserver-") || name.startsWith("nbserver-")) {
                    read(file).ifPresent(server -> server(file, server, findings));
                }
            }
        } catch (IOException e) {
            findings.add(Finding.problem(AREA, "runtime folder " + folder + " cannot be read: " + e.getMessage(), ""));
            return;
        }
        findings.add(Finding.fine(
                AREA,
                "runtime folder " + folder + ": " + running + (running == 1 ? " kernel runs" : " kernels run")
                        + (leftOver > 0 ? ", " + leftOver + " connection files left by kernels that ended" : "")));
    }

    private static void kernel(Path file, JsonNode connection, List<Finding> findings) {
        if ("ipc".equals(connection.path("transport").asText())) {
            findings.add(Finding.problem(
                    AREA,
                    "the kernel of " + file.getFileName() + " uses the ipc transport, which cannot be recorded live",
                    "Let Jupyter start kernels with the tcp transport, its default"
                            + " (c.KernelManager.transport = \"tcp\")."));
        }
    }

    private static void server(Path file, JsonNode server, List<Finding> findings) {
        boolean alive = ProcessHandle.of(server.path("pid").asLong(-1))
                .map(ProcessHandle::isAlive)
                .orElse(false);
        String address = "port " + server.path("port").asInt() + ", folder "
                + server.path("root_dir").asText(server.path("notebook_dir").asText("?"));
        if (alive) {
            findings.add(Finding.fine(AREA, "a server runs: " + address));
        } else {
            findings.add(Finding.note(AREA, file + " was left by a server that ended", ""));
        }
    }

    private static Optional<JsonNode> read(Path file) {
        try {
            return Files.size(file) > AT_MOST_BYTES
                    ? Optional.empty()
                    : Optional.of(new ObjectMapper().readTree(Files.readAllBytes(file)));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean answers(JsonNode connection) {
        int port = connection.path("iopub_port").asInt(0);
        if (port <= 0
                || port > 65_535
                || !"tcp".equals(connection.path("transport").asText("tcp"))) {
            return false;
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(connection.path("ip").asText("127.0.0.1"), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
