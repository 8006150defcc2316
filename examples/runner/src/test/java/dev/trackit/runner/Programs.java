package dev.trackit.runner;

import static org.assertj.core.api.Assertions.fail;

import dev.trackit.jupyter.client.PythonLocator;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Programs that tests drive. Without them a test is skipped; where TRACKIT_REQUIRE_PROGRAMS is 1, it fails. */
public final class Programs {
    private Programs() {}

    /** A Python that has these modules. */
    public static Path python(String... modules) {
        Optional<Path> python = PythonLocator.withModules(modules);
        String message = "needs a Python with " + String.join(", ", modules);
        if (python.isEmpty() && "1".equals(System.getenv("TRACKIT_REQUIRE_PROGRAMS"))) {
            fail(message);
        }
        Assumptions.assumeTrue(python.isPresent(), message);
        return python.orElseThrow();
    }
}
