package dev.trackit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code trackit up} as a process of its own, from the packaged jar, with the heap that the launcher gives it. */
public final class AgentProcess implements AutoCloseable {
    private static final Pattern PAGE = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/\\?token=[\\w-]+");

    private final Process process;
    private final Path output;

    private AgentProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts it, and waits until it records. */
    public static AgentProcess start(Path folder, Map<String, String> variables, String... options) throws Exception {
        Path jar = Path.of("target", "trackit.jar").toAbsolutePath();
        assertThat(jar).as("the packaged program").isRegularFile();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-jar",
                jar.toString(),
                "up",
                folder.toString()));
        command.addAll(List.of(options));
        Path output = Files.createTempFile("trackit-agent", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .directory(folder.toFile());
        builder.environment().putAll(variables);
        AgentProcess agent = new AgentProcess(builder.start(), output);
        Waiting.until("the agent to record", Duration.ofSeconds(60), () -> {
            assertThat(agent.process.isAlive()).as("agent: %s", agent.output()).isTrue();
            return agent.output().contains("Recording ");
        });
        return agent;
    }

    /** The address of its page, with the token, as it was printed. */
    public String pageAddress() throws Exception {
        Waiting.until("the address of the page", Duration.ofSeconds(60), () -> {
            assertThat(process.isAlive()).as("agent: %s", output()).isTrue();
            return PAGE.matcher(output()).find();
        });
        Matcher found = PAGE.matcher(output());
        assertThat(found.find()).isTrue();
        return found.group();
    }

    public String output() throws IOException {
        return Files.readString(output);
    }

    public long pid() {
        return process.pid();
    }

    /** Ends it as Ctrl-C does. */
    public int stop() throws Exception {
        signal("INT");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the agent ends").isTrue();
        return process.exitValue();
    }

    /** Ends it without warning. */
    public void kill() throws Exception {
        signal("KILL");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Sends a signal by its name. */
    public void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() throws IOException {
        if (process.isAlive()) {
            process.destroyForcibly().onExit().join();
        }
        Files.deleteIfExists(output);
    }
}
