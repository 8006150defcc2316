package dev.trackit.jupyter.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The kernels that are installed, found where Jupyter looks for them: {@code JUPYTER_PATH}, the user's data folder, the folders beside each Python
 * that is on the search path, and the system's. No program is run to find them. Safe for use by several threads.
 */
public final class KernelSpecs {
    private static final int LONGEST_FILE = 256 * 1024;

    private final List<Path> folders;

    private KernelSpecs(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /** The specs of this machine, as this process's environment tells. */
    public static KernelSpecs system() {
        return of(System.getenv(), Path.of(System.getProperty("user.home", ".")), System.getProperty("os.name", ""));
    }

    /** The specs below these folders, the first ones first. */
    public static KernelSpecs in(List<Path> folders) {
        return new KernelSpecs(folders);
    }

    static KernelSpecs of(Map<String, String> environment, Path home, String system) {
        Set<Path> data = new LinkedHashSet<>();
        addAll(data, environment.get("JUPYTER_PATH"), "");
        addAll(data, environment.get("JUPYTER_DATA_DIR"), "");
        String os = system.toLowerCase(Locale.ROOT);
        if (os.contains("mac")) {
            data.add(home.resolve("Library/Jupyter"));
        } else if (os.contains("win")) {
            addAll(data, environment.get("APPDATA"), "jupyter");
            addAll(data, environment.get("PROGRAMDATA"), "jupyter");
        }
        addAll(data, environment.get("XDG_DATA_HOME"), "jupyter");
        data.add(home.resolve(".local/share/jupyter"));
        for (String variable : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
            addAll(data, environment.get(variable), "share/jupyter");
        }
        for (Path python : PythonLocator.onPath(environment)) {
            // bin/python3 has its data beside bin; on Windows python.exe stands in the prefix itself.
            Path folder = python.getParent();
            Path prefix = folder == null ? null : folder.endsWith("bin") ? folder.getParent() : folder;
            if (prefix != null) {
                data.add(prefix.resolve("share/jupyter"));
            }
        }
        if (File.separatorChar == '/') {
            data.add(Path.of("/usr/local/share/jupyter"));
            data.add(Path.of("/usr/share/jupyter"));
        }
        return new KernelSpecs(data.stream().map(d -> d.resolve("kernels")).toList());
    }

    private static void addAll(Set<Path> folders, @Nullable String paths, String below) {
        if (paths == null) {
            return;
        }
        for (String path : paths.split(File.pathSeparator, -1)) {
            try {
                if (!path.isBlank()) {
                    folders.add(Path.of(path).resolve(below));
                }
            } catch (InvalidPathException e) {
                // what is no path cannot be a folder
            }
        }
    }

    /** All specs by their names; of two with one name the one that Jupyter would take. */
    public Map<String, KernelSpec> all() {
        Map<String, KernelSpec> specs = new LinkedHashMap<>();
        for (Path folder : folders) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
                List<Path> sorted = new ArrayList<>();
                entries.forEach(sorted::add);
                sorted.sort(null);
                for (Path entry : sorted) {
                    read(entry).ifPresent(spec -> specs.putIfAbsent(spec.name(), spec));
                }
            } catch (IOException e) {
                // no such folder, no specs
            }
        }
        return specs;
    }

    /** The spec of this name. */
    public Optional<KernelSpec> find(String name) {
        if (name.isEmpty() || name.contains("/") || name.contains("\\") || name.startsWith(".")) {
            return Optional.empty();
        }
        for (Path folder : folders) {
            for (String spelled : List.of(name, name.toLowerCase(Locale.ROOT))) {
                Optional<KernelSpec> spec = read(folder.resolve(spelled));
                if (spec.isPresent()) {
                    return spec;
                }
            }
        }
        return Optional.empty();
    }

    /** The language of the kernel with this name in lower case; empty if it is not known. */
    public String languageOf(String name) {
        Optional<KernelSpec> spec = find(name);
        if (spec.isPresent()) {
            return spec.get().language();
        }
        return name.toLowerCase(Locale.ROOT).startsWith("python") ? "python" : "";
    }

    private static Optional<KernelSpec> read(Path folder) {
        Path file = folder.resolve("kernel.json");
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_FILE) {
                return Optional.empty();
            }
            JsonNode node = new ObjectMapper().readTree(Files.readAllBytes(file));
            List<String> command = new ArrayList<>();
            node.path("argv").forEach(a -> command.add(a.asText()));
            Map<String, String> environment = new LinkedHashMap<>();
            node.path("env")
                    .properties()
                    .forEach(e -> environment.put(e.getKey(), e.getValue().asText()));
            String name = String.valueOf(folder.getFileName()).toLowerCase(Locale.ROOT);
            return command.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new KernelSpec(
                            name,
                            node.path("display_name").asText(name),
                            node.path("language").asText("").toLowerCase(Locale.ROOT),
                            command,
                            environment,
                            folder.toAbsolutePath()));
        } catch (IOException e) {
            return Optional.empty(); // a broken spec is no spec; Jupyter skips it too
        }
    }
}
