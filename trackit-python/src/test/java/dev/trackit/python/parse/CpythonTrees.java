package dev.trackit.python.parse;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The Python of this machine, to ask CPython what it thinks of a source. */
public final class CpythonTrees {

    /** Names the program to ask, if it is not one of the usual places. */
    private static final String PROGRAM_PROPERTY = "trackit.python";

    private CpythonTrees() {}

    /** A Python 3.8 or later; without one the test is skipped, or fails where programs are required. */
    public static String python() {
        Optional<String> found = find();
        if (found.isEmpty() && "1".equals(System.getenv("TRACKIT_REQUIRE_PROGRAMS"))) {
            fail("no python3 found, and TRACKIT_REQUIRE_PROGRAMS=1 requires it");
        }
        assumeTrue(found.isPresent(), "no python3 found");
        return found.orElseThrow();
    }

    /** The version of that Python: 311 for Python 3.11. */
    public static int version() {
        try (InputStream output = new ProcessBuilder(
                        python(), "-c", "import sys; print('%d%02d' % sys.version_info[:2])")
                .start()
                .getInputStream()) {
            return Integer.parseInt(new String(output.readAllBytes(), StandardCharsets.US_ASCII).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> find() {
        List<String> candidates = new ArrayList<>();
        String configured = System.getProperty(PROGRAM_PROPERTY);
        if (configured != null) {
            candidates.add(configured);
        }
        candidates.addAll(List.of("/usr/bin/python3", "python3", "python"));
        return candidates.stream().filter(CpythonTrees::isUsable).findFirst();
    }

    private static boolean isUsable(String program) {
        try {
            Process process = new ProcessBuilder(program, "-c", "import sys; sys.exit(sys.version_info < (3, 8))")
                    .redirectErrorStream(true)
                    .start();
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A script of the test resources, run with arguments; the caller reads its output and closes it. */
    public static Process start(String script, String... arguments) {
        try (InputStream resource = CpythonTrees.class.getResourceAsStream(script)) {
            if (resource == null) {
                throw new IllegalStateException("no resource " + script);
            }
            Path file = Files.createTempFile("trackit", ".py");
            file.toFile().deleteOnExit();
            Files.copy(resource, file, StandardCopyOption.REPLACE_EXISTING);
            List<String> command = new ArrayList<>(List.of(python(), "-I", file.toString()));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().put("PYTHONIOENCODING", "utf-8");
            return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8), 1 << 16);
    }
}
