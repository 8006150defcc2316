package dev.trackit.jupyter.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the Jupyter servers of this machine which kernel belongs to which notebook: {@code GET /api/sessions?no_track_activity=1} with the token of the
 * server's own file in the runtime folder. Loopback only, no proxy, no redirects, short times, a size limit; the token is never logged. Used
 * on one thread.
 */
final class JupyterServers {
    private static final Logger LOG = LoggerFactory.getLogger(JupyterServers.class);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int LONGEST_ANSWER = 8 * 1024 * 1024;
    private static final int LONGEST_FILE = 64 * 1024;

    private record Server(URI sessions, String token, Path root) {}

    private final List<Path> runtimeFolders;
    private final ObjectMapper json = new ObjectMapper();
    private @Nullable HttpClient client;

    JupyterServers(List<Path> runtimeFolders) {
        this.runtimeFolders = runtimeFolders;
    }

    /** Whether a server runs, as far as its files tell. */
    boolean any() {
        return !servers().isEmpty();
    }

    /** The root folders of the servers that run: relative session names mean files below one of them. */
    List<Path> roots() {
        return servers().stream().map(Server::root).toList();
    }

    /** Notebook files by the ids of their kernels, as the servers know them now. */
    Map<String, Path> notebooksByKernel() throws InterruptedException {
        Map<String, Path> notebooks = new HashMap<>();
        for (Server server : servers()) {
            try {
                ask(server, notebooks);
            } catch (IOException | IllegalArgumentException e) {
                LOG.debug("A Jupyter server did not tell its sessions: {}", e.toString());
            }
        }
        return notebooks;
    }

    private void ask(Server server, Map<String, Path> notebooks) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.sessions())
                .timeout(TIMEOUT)
                .header("Authorization", "token " + server.token())
                .GET()
                .build();
        HttpResponse<InputStream> response = client().send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            byte[] answer = body.readNBytes(LONGEST_ANSWER);
            if (response.statusCode() != 200) {
                return;
            }
            for (JsonNode session : json.readTree(answer)) {
                String kernel = session.path("kernel").path("id").asText("");
                String path = session.path("path").asText("");
                if (path.isEmpty()) {
                    path = session.path("notebook").path("path").asText("");
                }
                if (!kernel.isEmpty()
                        && !path.isEmpty()
                        && !session.path("type").asText("").equals("console")) {
                    notebooks.put(
                            kernel,
                            server.root().resolve(SessionNames.file(path)).normalize());
                }
            }
        }
    }

    private HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            made = HttpClient.newBuilder()
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(Duration.ofMillis(500))
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            client = made;
        }
        return made;
    }

    private List<Server> servers() {
        List<Server> servers = new ArrayList<>();
        for (Path folder : runtimeFolders) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, JupyterServers::isName)) {
                for (Path file : files) {
                    read(file, servers);
                }
            } catch (IOException e) {
                // no such folder, no servers
            }
        }
        return servers;
    }

    private static boolean isName(Path file) {
        String name = String.valueOf(file.getFileName());
        return (name.startsWith("jpserver-") || name.startsWith("nbserver-")) && name.endsWith(".json");
    }

    private void read(Path file, List<Server> servers) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_FILE) {
                return;
            }
            JsonNode node = json.readTree(Files.readAllBytes(file));
            URI url = URI.create(node.path("url").asText(""));
            boolean local = "http".equals(url.getScheme()) && url.getHost() != null && LOOPBACK.contains(url.getHost());
            boolean alive = ProcessHandle.of(node.path("pid").asLong(-1))
                    .map(ProcessHandle::isAlive)
                    .orElse(false);
            String root = node.path("root_dir").asText(node.path("notebook_dir").asText(""));
            if (local && alive && !root.isEmpty()) {
                String base = url.toString().endsWith("/") ? url.toString() : url + "/";
                servers.add(new Server(
                        URI.create(base + "api/sessions?no_track_activity=1"),
                        node.path("token").asText(""),
                        Path.of(root)));
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("{} does not describe a server", file);
        }
    }
}
