package dev.trackit.runner.doctor;

import dev.trackit.core.discovery.Providers;
import dev.trackit.jupyter.discovery.DiscoveryOptions;
import dev.trackit.runner.cli.Wording;
import dev.trackit.spi.ProviderContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A look at all that helps or hinders capture. It changes nothing, and takes some seconds, because Pythons are asked what they have. */
public final class Examination {
    private final Map<String, Supplier<Check>> checks = new LinkedHashMap<>();

    private Examination(Path folder, Path data) {
        checks.put("Java", () -> Examination::java);
        checks.put("Python", PythonCheck::new);
        checks.put(
                "Jupyter",
                () -> new JupyterCheck(DiscoveryOptions.of(
                                ProviderContext.builder(folder, data).build())
                        .runtimeFolders()));
        checks.put("the folder", () -> new WatchCheck(folder));
        checks.put("adapters", () -> new ProviderCheck(Providers.defaultLoader(), folder, data));
        checks.put("the store", () -> new StoreCheck(data));
    }

    /** Is told which part comes next. */
    @FunctionalInterface
    public interface Watcher {
        /** @param done how many parts are done @param next what comes next */
        void next(int done, String next);
    }

    /** The examination of a folder that is tracked, or may be, and of its data. */
    public static Examination of(Path folder, Path data) {
        return new Examination(folder, data);
    }

    /** How many parts it has. */
    public int parts() {
        return checks.size();
    }

    /** Looks. */
    public List<Finding> look(Watcher watcher) {
        List<Finding> findings = new ArrayList<>();
        int done = 0;
        for (Map.Entry<String, Supplier<Check>> check : checks.entrySet()) {
            watcher.next(done++, check.getKey());
            findings.addAll(check.getValue().get().look());
        }
        return findings;
    }

    private static List<Finding> java() {
        long heap = Runtime.getRuntime().maxMemory();
        return List.of(Finding.fine(
                "java",
                "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + "), "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", up to "
                        + Wording.bytes(heap) + " of memory"));
    }
}
