package dev.trackit.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.Execution;
import dev.trackit.api.NotebookMatch;
import dev.trackit.api.Session;
import dev.trackit.core.Trackit;
import dev.trackit.testkit.ScriptedNotebookSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jars and poms as they are published: complete, light, and of use to a project that knows nothing of this reactor. */
class ArtifactsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** What the API and the core may weigh together: 500 KB. */
    private static final long LIGHT = 500 * 1000;

    private final ReactorBuild reactor = new ReactorBuild();

    @TempDir
    Path folder;

    ArtifactsIT() throws IOException {}

    @Test
    void aProjectOutsideNeedsTheBomOnlyOnClassPathAndModulePath() throws Exception {
        Path work = record();
        OutsideProject project = OutsideProject.create(
                Files.createDirectory(folder.resolve("outside")),
                reactor,
                List.of("trackit-api", "trackit-core", "trackit-python", "trackit-store-jsonl"));
        List<Path> jars = project.build();
        assertThat(artifacts(jars))
                .containsExactlyInAnyOrder(
                        "trackit-api",
                        "trackit-core",
                        "trackit-python",
                        "trackit-store-jsonl",
                        "jackson-annotations",
                        "jackson-core",
                        "jackson-databind",
                        "slf4j-api");
        String main = "consumer.HowItCameToBe";
        assertThat(project.onClassPath(jars, work, main, work.toString(), "titanic", "adults"))
                .contains("on the class path", "pd.read_csv(\"raw.csv\")", "adults = ")
                .doesNotContain("head");
        assertThat(project.onModulePath(jars, work, main, work.toString(), "titanic", "adults"))
                .contains("on the module path", "pd.read_csv(\"raw.csv\")", "adults = ")
                .doesNotContain("head");

        Path idle = Files.createDirectory(folder.resolve("idle"));
        String after = project.onClassPath(jars, idle, "consumer.Bystander");
        assertThat(after).contains("builder", "threads []").doesNotContainPattern("sockets [1-9]");
        assertThat(idle).isEmptyDirectory();
    }

    @Test
    void theApiBringsNothingTheCoreTheLoggingApiAndTheyAreLight() throws IOException {
        assertThat(reactor.runtimeDependencies("trackit-api")).isEmpty();
        assertThat(reactor.runtimeDependencies("trackit-core"))
                .containsExactlyInAnyOrder("dev.trackit:trackit-api", "org.slf4j:slf4j-api");
        assertThat(reactor.runtimeDependencies("trackit-testkit"))
                .containsExactlyInAnyOrder("dev.trackit:trackit-api", "org.junit.jupiter:junit-jupiter-api");
        assertThat(Files.size(reactor.jar("trackit-api")) + Files.size(reactor.jar("trackit-core")))
                .as("bytes of API and core")
                .isLessThan(LIGHT);
    }

    @Test
    void theBomHasEveryLibrary() throws IOException {
        Set<String> listed = Pattern.compile("<artifactId>(trackit-[a-z-]+)</artifactId>")
                .matcher(Files.readString(reactor.publishedPom("trackit-bom")))
                .results()
                .map(artifact -> artifact.group(1))
                .filter(artifact -> !artifact.equals("trackit-bom"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(listed).containsExactlyInAnyOrderElementsOf(reactor.libraries());
    }

    @Test
    void publishedPomsAreComplete() throws IOException {
        for (String artifact : packaged()) {
            assertThat(Files.readString(reactor.publishedPom(artifact)))
                    .as(artifact)
                    .contains("<name>", "<description>", "<url>", "<license>", "<developer>", "<connection>")
                    .doesNotContain("<parent>")
                    .doesNotContain("${");
        }
        assertThat(Files.readString(reactor.publishedPom("trackit-bom")))
                .contains("<name>", "<description>", "<url>", "<license>", "<developer>", "<connection>")
                .doesNotContain("<parent>");
    }

    @Test
    void eachJarHasAModuleNameAndOnlyPackagesThatBeginWithIt() throws IOException {
        for (String artifact : packaged()) {
            try (JarFile jar = new JarFile(reactor.jar(artifact).toFile())) {
                String name = jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name");
                assertThat(name).as(artifact).isNotNull().startsWith("dev.trackit.");
                // The API has two packages; the other one is for those who implement it.
                String place = name.replace('.', '/') + "/|dev/trackit/spi/";
                assertThat(jar.stream().map(entry -> entry.getName()).filter(entry -> entry.endsWith(".class")))
                        .as(artifact)
                        .isNotEmpty()
                        .allMatch(entry -> entry.matches("(" + place + ").*"));
            }
        }
    }

    /** The libraries that are built before this module. */
    private List<String> packaged() {
        List<String> packaged = new ArrayList<>(reactor.libraries());
        packaged.remove("trackit-bedrock");
        return packaged;
    }

    private static List<String> artifacts(List<Path> jars) {
        return jars.stream()
                .map(jar -> jar.getFileName().toString().replaceFirst("-[0-9].*", ""))
                .toList();
    }

    private Path record() throws IOException {
        Path work = Files.createDirectory(folder.resolve("work"));
        ScriptedNotebookSource source = new ScriptedNotebookSource();
        try (Trackit trackit = Trackit.builder()
                .watchedFolder(work)
                .source(source)
                .store("jsonl")
                .start()) {
            source.started(
                    Session.builder("s1", "kernel").language("python").build(),
                    NotebookMatch.of(NotebookMatch.Basis.SERVER, work.resolve("titanic.ipynb")));
            List<String> codes = Stream.of(
                            "import pandas as pd",
                            "df = pd.read_csv(\"raw.csv\")",
                            "df.head()",
                            "adults = df[df[\"age\"] > 17]")
                    .toList();
            for (int i = 1; i <= codes.size(); i++) {
                source.finished(Execution.builder("e" + i, "s1", codes.get(i - 1))
                        .executionCount(i)
                        .build());
            }
            assertThat(trackit.flush(PATIENCE)).isTrue();
        }
        return work;
    }
}
