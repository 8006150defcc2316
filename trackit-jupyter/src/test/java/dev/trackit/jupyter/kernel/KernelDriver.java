package dev.trackit.jupyter.kernel;

import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trackit.jupyter.client.PythonLocator;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A Python program that does to kernels what front ends do, with the libraries that front ends use. */
public final class KernelDriver implements AutoCloseable {
    private final ObjectMapper json = new ObjectMapper();
    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    private KernelDriver(Process process) {
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** The Python to test with; without one the test is skipped, or fails where programs are required. */
    public static Path python(String... modules) {
        Optional<Path> python = PythonLocator.withModules(modules);
        if (python.isEmpty() && "1".equals(System.getenv("TRACKIT_REQUIRE_PROGRAMS"))) {
            fail("No Python with %s was found, and TRACKIT_REQUIRE_PROGRAMS is set", List.of(modules));
        }
        Assumptions.assumeTrue(python.isPresent(), "needs a Python with " + List.of(modules));
        return python.orElseThrow();
    }

    /** Starts the program, with its script copied into this folder. */
    public static KernelDriver start(Path folder, String... modules) {
        Path python = python(modules);
        try (InputStream script = KernelDriver.class.getResourceAsStream("/kernels/kernel_driver.py")) {
            Path file = folder.resolve("kernel_driver.py");
            Files.write(file, script.readAllBytes());
            ProcessBuilder builder = new ProcessBuilder(python.toString(), file.toString())
                    .directory(folder.toFile())
                    .redirectError(folder.resolve("driver-errors.txt").toFile());
            builder.environment()
                    .put("JUPYTER_RUNTIME_DIR", folder.resolve("runtime").toString());
            return new KernelDriver(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does this and waits until it is done. */
    public JsonNode tell(String op, Object... namesAndValues) {
        Map<String, Object> command = new LinkedHashMap<>();
        command.put("op", op);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            command.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        try {
            commands.write(json.writeValueAsString(command));
            commands.newLine();
            commands.flush();
            String answer = answers.readLine();
            if (answer == null) {
                return fail("The driver ended at " + op);
            }
            return json.readTree(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
