package dev.trackit.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What embedders and authors of adapters program against is commented: every public and protected type, method and field of it. */
class CommentsTest {
    private static final List<String> LIBRARIES =
            List.of("trackit-api", "trackit-core", "trackit-summary", "trackit-testkit");

    @TempDir
    Path classes;

    @Test
    void whatIsPublicHasAComment() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String library : LIBRARIES) {
            try (Stream<Path> files = Files.walk(root().resolve(library).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(said, Locale.ROOT, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "-proc:none",
                    "-Xdoclint:missing/protected",
                    "-Xmaxwarns",
                    "100000",
                    "-classpath",
                    System.getProperty("java.class.path"),
                    "-d",
                    classes.toString());
            assertThat(compiler.getTask(null, files, said, options, null, files.getJavaFileObjectsFromPaths(sources))
                            .call())
                    .as(said.getDiagnostics().toString())
                    .isTrue();
        }
        assertThat(said.getDiagnostics().stream().filter(d -> text(d).contains("no @return")))
                .as("the check is on: it finds what we do without")
                .isNotEmpty();
        assertThat(said.getDiagnostics().stream()
                        .filter(d -> text(d).contains("no comment"))
                        .map(d -> root().relativize(Path.of(d.getSource().toUri())) + ":" + d.getLineNumber()))
                .isEmpty();
    }

    private static String text(Diagnostic<?> diagnostic) {
        return diagnostic.getMessage(Locale.ENGLISH);
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("trackit-api"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
