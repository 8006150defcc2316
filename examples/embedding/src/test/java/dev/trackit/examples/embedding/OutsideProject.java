package dev.trackit.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The project in {@code src/test/resources/consumer}, copied to where no pom of ours is above it, built by a Maven of its own. */
final class OutsideProject {
    private static final long MINUTES = 5;

    private final Path folder;
    private final ReactorBuild reactor;

    private OutsideProject(Path folder, ReactorBuild reactor) {
        this.folder = folder;
        this.reactor = reactor;
    }

    /** Copies the project, and lays TrackIT's artifacts where {@code mvn install} would, in a local repository that only this project uses. */
    static OutsideProject create(Path folder, ReactorBuild reactor, List<String> artifacts) throws IOException {
        OutsideProject project = new OutsideProject(folder, reactor);
        Path template = Path.of("src/test/resources/consumer");
        try (Stream<Path> files = Files.walk(template)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(template.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Path fetched = Path.of(System.getProperty("maven.repo.local"));
        Files.writeString(
                folder.resolve("pom.xml"),
                Files.readString(folder.resolve("pom.xml"))
                        .replace("@fetched@", fetched.toUri().toString())
                        .replace("@trackit@", reactor.version())
                        .replace("@maven-compiler-plugin@", reactor.plugin("maven-compiler-plugin"))
                        .replace("@maven-dependency-plugin@", reactor.plugin("maven-dependency-plugin")));
        project.install("trackit-bom", false);
        for (String artifact : artifacts) {
            project.install(artifact, true);
        }
        return project;
    }

    private void install(String artifact, boolean jar) throws IOException {
        String version = reactor.version();
        Path place = repository().resolve("dev/trackit").resolve(artifact).resolve(version);
        Files.createDirectories(place);
        Files.copy(reactor.publishedPom(artifact), place.resolve(artifact + "-" + version + ".pom"));
        if (jar) {
            Files.copy(reactor.jar(artifact), place.resolve(artifact + "-" + version + ".jar"));
        }
    }

    private Path repository() {
        return folder.resolve("repository");
    }

    /** Compiles the project with Maven and answers the jars of its class path. */
    List<Path> build() throws IOException, InterruptedException {
        boolean windows = File.separatorChar == '\\';
        Path maven = Path.of(System.getProperty("maven.home"), "bin", windows ? "mvn.cmd" : "mvn");
        run(
                folder,
                maven.toString(),
                "-B",
                "-q",
                "-Dmaven.repo.local=" + repository(),
                "org.apache.maven.plugins:maven-compiler-plugin:compile",
                "org.apache.maven.plugins:maven-dependency-plugin:build-classpath");
        return Stream.of(Files.readString(folder.resolve("target/classpath")).split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }

    /** Runs a class of the project on the class path. */
    String onClassPath(List<Path> jars, Path workingFolder, String main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(tool("java"), "-cp", folder.resolve("target/classes") + File.pathSeparator + path(jars), main));
        command.addAll(List.of(arguments));
        return run(workingFolder, command.toArray(String[]::new));
    }

    /** Compiles the project again as a module, and runs a class of it on the module path. */
    String onModulePath(List<Path> jars, Path workingFolder, String main, String... arguments)
            throws IOException, InterruptedException {
        Path modules = folder.resolve("target/modules/consumer");
        Path declaration = folder.resolve("target/module-info.java");
        Files.copy(folder.resolve("module-info.java.txt"), declaration);
        List<String> compile = new ArrayList<>(List.of(tool("javac"), "-Xlint:all,-requires-automatic", "-Werror"));
        compile.addAll(List.of("--module-path", path(jars), "-d", modules.toString(), declaration.toString()));
        try (Stream<Path> sources = Files.list(folder.resolve("src/main/java/consumer"))) {
            sources.map(Path::toString).forEach(compile::add);
        }
        run(folder, compile.toArray(String[]::new));
        List<String> command = new ArrayList<>(List.of(
                tool("java"),
                "--module-path",
                modules + File.pathSeparator + path(jars),
                "--add-modules",
                "ALL-MODULE-PATH",
                "--module",
                "consumer/" + main));
        command.addAll(List.of(arguments));
        return run(workingFolder, command.toArray(String[]::new));
    }

    private static String path(List<Path> jars) {
        return String.join(File.pathSeparator, jars.stream().map(Path::toString).toList());
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private String run(Path workingFolder, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "run", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(workingFolder.toFile()).redirectErrorStream(true);
        builder.redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        String text = Files.readString(output);
        assertThat(ended).as("ended in time: " + text).isTrue();
        assertThat(process.exitValue())
                .as(String.join(" ", command) + "\n" + text)
                .isZero();
        return text;
    }
}
