package dev.trackit.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules that the compiled classes do not show, over the sources of all modules. */
class SourceRulesTest {
    private static final Path ROOT = root();

    @Test
    void nobodyCatchesThrowable() throws IOException {
        assertThat(linesWith("catch \\((final )?Throwable\\b", "/src/main/java/"))
                .isEmpty();
    }

    @Test
    void suppressedWarningsHaveAReasonBesideThem() throws IOException {
        assertThat(linesWith("@SuppressWarnings\\([^)]*\\)\\s*$", "/java/")).isEmpty();
    }

    @Test
    void nothingIsLeftForLater() throws IOException {
        assertThat(linesWith("\\b(TO" + "DO|FIX" + "ME|X" + "XX|HA" + "CK)\\b", "/java/"))
                .isEmpty();
    }

    @Test
    void testsWaitForConditionsAndDoNotSleep() throws IOException {
        assertThat(linesWith("Thread\\.sleep|TimeUnit\\.[A-Z]+\\.sleep", "/src/test/java/"))
                .isEmpty();
    }

    private static List<String> linesWith(String regex, String place) throws IOException {
        Pattern pattern = Pattern.compile(regex);
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : (Iterable<Path>) files.filter(f -> isSource(f, place))::iterator) {
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    if (pattern.matcher(lines.get(i)).find()) {
                        found.add(ROOT.relativize(file) + ":" + (i + 1) + ": "
                                + lines.get(i).strip());
                    }
                }
            }
        }
        return found;
    }

    private static boolean isSource(Path file, String place) {
        String path = file.toString().replace('\\', '/');
        return path.endsWith(".java")
                && path.contains(place)
                && !path.contains("/target/")
                && !path.endsWith("/SourceRulesTest.java");
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("trackit-api"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
