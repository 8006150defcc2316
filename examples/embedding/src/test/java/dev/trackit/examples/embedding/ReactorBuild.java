package dev.trackit.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the build of this reactor has made so far, found by its place. */
final class ReactorBuild {
    private static final Pattern LIBRARY = Pattern.compile("<module>(trackit-[a-z-]+)</module>");
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>trackit-parent</artifactId>\\s*<version>([^<]+)<");
    private static final Pattern DEPENDENCY = Pattern.compile(
            "<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*(?:<version>[^<]*</version>\\s*)?(?:<scope>([^<]+)</scope>)?");

    private final Path root;
    private final String pom;

    ReactorBuild() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("trackit-api"))) {
            folder = folder.resolve("..").normalize();
        }
        root = folder;
        pom = Files.readString(root.resolve("pom.xml"));
    }

    Path root() {
        return root;
    }

    String version() {
        return first(VERSION, pom);
    }

    /** The version that the root pom gives to a plugin. */
    String plugin(String artifact) {
        return first(Pattern.compile("<artifactId>" + artifact + "</artifactId>\\s*<version>([^<]+)<"), pom);
    }

    /** All modules that are published as jars. */
    List<String> libraries() {
        return LIBRARY.matcher(pom)
                .results()
                .map(module -> module.group(1))
                .filter(module -> !module.equals("trackit-bom"))
                .toList();
    }

    Path jar(String artifact) {
        return built(artifact, artifact + "-" + version() + ".jar");
    }

    /** The pom as it is published: without a parent, with versions. */
    Path publishedPom(String artifact) {
        return artifact.equals("trackit-bom")
                ? root.resolve("trackit-bom/pom.xml")
                : built(artifact, ".flattened-pom.xml");
    }

    /** What comes along at run time with an artifact, by its own pom: group and artifact. */
    List<String> runtimeDependencies(String artifact) throws IOException {
        String text = Files.readString(publishedPom(artifact));
        int begin = text.indexOf("<dependencies>");
        return begin < 0
                ? List.of()
                : DEPENDENCY
                        .matcher(text.substring(begin))
                        .results()
                        .filter(d -> d.group(3) == null || d.group(3).matches("compile|runtime"))
                        .map(d -> d.group(1) + ":" + d.group(2))
                        .toList();
    }

    private Path built(String artifact, String name) {
        Path file = root.resolve(artifact).resolve("target").resolve(name);
        assertThat(file).as("made by mvn package").exists();
        return file;
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(pattern.pattern()).isTrue();
        return matcher.group(1);
    }
}
