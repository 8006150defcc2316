package dev.trackit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real Jupyter server, used over REST and WebSocket by {@code src/test/python/server_driver.py}. */
public final class JupyterServerDriver implements AutoCloseable {
    private final ObjectMapper mapper = new ObjectMapper();
    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;

    public JupyterServerDriver(Path python, Path folder, Map<String, String> variables) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        python.toString(),
                        Path.of("src", "test", "python", "server_driver.py")
                                .toAbsolutePath()
                                .toString(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(variables);
        process = builder.start();
        orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(answers.readLine()).as("the server is up").contains("port");
    }

    public void open(String notebook) throws IOException {
        order("open", notebook, Map.of());
    }

    /** Runs code, waits for its end; the truth about it. */
    public Truth run(String notebook, String code) throws IOException {
        return truth(order("run", notebook, Map.of("code", code)));
    }

    public Truth runAndInterrupt(String notebook, String code) throws IOException {
        return truth(order("run", notebook, Map.of("code", code, "interrupt_after", 1.0)));
    }

    /** Sends all at once, as "run all" does, and waits for all. */
    public List<Truth> send(String notebook, List<String> codes, boolean stopOnError) throws IOException {
        List<Truth> truths = new ArrayList<>();
        order("send", notebook, Map.of("codes", codes, "stop_on_error", stopOnError))
                .forEach(t -> truths.add(truth(t)));
        return truths;
    }

    public void save(String notebook, List<Truth> cells) throws IOException {
        List<Map<String, Object>> saved = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            saved.add(Map.of(
                    "id",
                    "cell-" + i,
                    "source",
                    cells.get(i).code(),
                    "count",
                    cells.get(i).count()));
        }
        saveCells(notebook, saved);
    }

    /** Saves cells of any kind: each with its {@code id}, {@code source}, and {@code type} or {@code count}. */
    public void saveCells(String notebook, List<Map<String, Object>> cells) throws IOException {
        order("save", notebook, Map.of("cells", cells));
    }

    public void restart(String notebook) throws IOException {
        order("restart", notebook, Map.of());
    }

    /** Kills the kernel while it runs this code; the server starts it again. */
    public String killWhileRunning(String notebook, String code) throws IOException {
        return order("kill", notebook, Map.of("code", code)).path("id").asText();
    }

    public void rename(String notebook, String to) throws IOException {
        order("rename", notebook, Map.of("to", to));
    }

    public void closeKernel(String notebook) throws IOException {
        order("close", notebook, Map.of());
    }

    private static Truth truth(JsonNode node) {
        return new Truth(
                node.path("id").asText(),
                node.path("code").asText(),
                node.path("count").asInt(),
                node.path("status").asText(),
                node.path("stdout").asLong(),
                node.path("ran").asBoolean());
    }

    private JsonNode order(String what, String notebook, Map<String, ?> more) throws IOException {
        ObjectNode order = mapper.createObjectNode().put("do", what).put("notebook", notebook);
        more.forEach((name, value) -> order.set(name, mapper.valueToTree(value)));
        orders.write(mapper.writeValueAsString(order) + "\n");
        orders.flush();
        String line = answers.readLine();
        assertThat(line).as("the driver answers to %s", what).isNotNull();
        JsonNode answer = mapper.readTree(line);
        assertThat(answer.has("ok")).as("%s: %s", what, line).isTrue();
        return answer.path("ok");
    }

    @Override
    public void close() throws IOException {
        orders.write("{\"do\": \"quit\"}\n");
        orders.flush();
        process.onExit().completeOnTimeout(process, 30, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }

    /**
     * What a front end saw of one execution.
     *
     * @param id the id of the request
     * @param code what was sent
     * @param count the kernel's execution count
     * @param status how it ended, in the kernel's words
     * @param stdout how many bytes it printed
     * @param ran whether the kernel began with it
     */
    public record Truth(String id, String code, int count, String status, long stdout, boolean ran) {}
}
