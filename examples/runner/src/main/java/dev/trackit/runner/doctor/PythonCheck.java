package dev.trackit.runner.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trackit.jupyter.client.KernelSpec;
import dev.trackit.jupyter.client.KernelSpecs;
import dev.trackit.jupyter.client.PythonLocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Which Pythons there are, which of them can run a kernel, and which kernels are installed. */
final class PythonCheck implements Check {
    private static final String AREA = "python";
    private static final long PATIENCE_SECONDS = 10;

    // Reads the metadata of packages: importing them would take seconds.
    private static final String PROBE = """
            import json, sys
            try:
                from importlib.metadata import version, PackageNotFoundError
            except ImportError:
                version = None
            found = {"python": "%d.%d.%d" % sys.version_info[:3], "executable": sys.executable}
            for name in ("ipykernel", "jupyter_server", "notebook", "jupyterlab", "nbclient", "pandas"):
                try:
                    found[name] = version(name) if version else ""
                except Exception:
                    pass
            print(json.dumps(found))
            """;

    private final List<Path> candidates;
    private final KernelSpecs specs;

    PythonCheck() {
        this(PythonLocator.candidates(), KernelSpecs.system());
    }

    PythonCheck(List<Path> candidates, KernelSpecs specs) {
        this.candidates = distinct(candidates);
        this.specs = specs;
    }

    // On many systems /bin is /usr/bin. A virtual environment's python is a link too, and yet another one: the folder
    // tells them apart.
    private static List<Path> distinct(List<Path> candidates) {
        Map<Path, Path> byPlace = new LinkedHashMap<>();
        for (Path candidate : candidates) {
            Path name = candidate.getFileName();
            Path folder = candidate.toAbsolutePath().getParent();
            try {
                Path real = folder == null || name == null
                        ? candidate
                        : folder.toRealPath().resolve(name);
                byPlace.putIfAbsent(real, candidate);
            } catch (IOException e) {
                byPlace.putIfAbsent(candidate, candidate);
            }
        }
        return List.copyOf(byPlace.values());
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        boolean canRunKernels = false;
        for (Path candidate : candidates) {
            Optional<JsonNode> answer = probe(candidate);
            if (answer.isEmpty()) {
                findings.add(Finding.note(AREA, candidate + " did not answer.", ""));
                continue;
            }
            boolean ipykernel = answer.get().hasNonNull("ipykernel");
            canRunKernels |= ipykernel;
            String text = candidate + ": Python " + answer.get().path("python").asText() + versions(answer.get());
            findings.add(
                    ipykernel
                            ? Finding.fine(AREA, text)
                            : Finding.note(AREA, text + ", without ipykernel, so it runs no kernels", ""));
        }
        if (!canRunKernels) {
            findings.add(
                    Finding.problem(
                            AREA,
                            candidates.isEmpty()
                                    ? "There is no Python."
                                    : "None of these Pythons has ipykernel, so they run no kernels to record.",
                            "Install it where you work with notebooks: python3 -m pip install ipykernel"
                                    + " (Debian, Ubuntu: apt install python3-ipykernel). Saved notebooks are recorded without it."));
        }
        findings.addAll(kernels());
        return findings;
    }

    private List<Finding> kernels() {
        List<Finding> findings = new ArrayList<>();
        for (Map.Entry<String, KernelSpec> entry : specs.all().entrySet()) {
            KernelSpec spec = entry.getValue();
            String text = "kernel " + entry.getKey() + ": " + spec.displayName() + " (" + spec.language() + ")";
            Optional<String> missing = spec.command().stream().findFirst().filter(PythonCheck::isMissing);
            findings.add(missing.map(program -> Finding.problem(
                            "kernels",
                            text + " cannot start: there is no " + program,
                            "Remove it (jupyter kernelspec remove " + entry.getKey() + ") or install it again."))
                    .orElseGet(() -> Finding.fine("kernels", text)));
        }
        return findings;
    }

    private static boolean isMissing(String program) {
        return program.startsWith("/") && !Files.exists(Path.of(program));
    }

    private static String versions(JsonNode answer) {
        String versions = answer.properties().stream()
                .filter(e -> !e.getKey().equals("python") && !e.getKey().equals("executable"))
                .map(e -> e.getKey() + " " + e.getValue().asText())
                .collect(Collectors.joining(", "));
        return versions.isEmpty() ? "" : ", " + versions;
    }

    private static Optional<JsonNode> probe(Path python) {
        Process process;
        try {
            process = new ProcessBuilder(python.toString(), "-c", PROBE)
                    .redirectErrorStream(false)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return Optional.empty();
        }
        try {
            process.getOutputStream().close();
            // The answer is far smaller than a pipe's buffer, so waiting first cannot block the process.
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return Optional.empty();
            }
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.exitValue() == 0 ? Optional.of(new ObjectMapper().readTree(text)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            process.destroyForcibly();
        }
    }
}
