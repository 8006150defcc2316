package dev.trackit.core.discovery;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.ConfigurationException;
import dev.trackit.spi.CodeAnalyzerProvider;
import dev.trackit.spi.LineageStoreProvider;
import dev.trackit.spi.NotebookSourceProvider;
import dev.trackit.spi.Provider;
import dev.trackit.spi.SummarizerProvider;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/**
 * The providers of one service on a class path, and the choice among them.
 *
 * <p>Finding constructs each provider, which must be cheap, and opens none. A provider that is broken (its class or its superclass is missing,
 * its constructor throws, its id is not one) does not hinder the others: it stands in the {@link #report()} with its problem. The choice never
 * guesses: with two providers and no id, or an unknown id, or an id that two share, there is an error that lists what was found.
 *
 * <p>Immutable, safe for use by any thread.
 *
 * @param <P> the type of provider
 */
public final class Providers<P extends Provider> {
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");
    /** A loader whose iterator never ends because it fails for ever must not hang the program. */
    private static final int MAX_PROBLEMS = 100;

    private final Class<P> service;
    private final List<P> found;
    private final List<ProviderReport> report;

    private Providers(Class<P> service, List<P> found, List<ProviderReport> report) {
        this.service = service;
        this.found = List.copyOf(found);
        this.report = List.copyOf(report);
    }

    /**
     * Finds the providers that this loader sees.
     *
     * @param loader usually that of the application, see {@link #defaultLoader()}
     */
    public static <P extends Provider> Providers<P> find(Class<P> service, ClassLoader loader) {
        requireNonNull(loader, "loader");
        return collect(service, ServiceLoader.load(service, loader).iterator());
    }

    /** The loader of the calling thread's context where it has one, as application servers expect, else TrackIT's own. */
    public static ClassLoader defaultLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader own = Providers.class.getClassLoader();
        return context != null ? context : own != null ? own : ClassLoader.getSystemClassLoader();
    }

    /** All services of TrackIT: what was found, and what is wrong with it. For {@code trackit doctor}. */
    public static List<ProviderReport> reportAll(ClassLoader loader) {
        List<ProviderReport> all = new ArrayList<>();
        all.addAll(find(LineageStoreProvider.class, loader).report());
        all.addAll(find(NotebookSourceProvider.class, loader).report());
        all.addAll(find(CodeAnalyzerProvider.class, loader).report());
        all.addAll(find(SummarizerProvider.class, loader).report());
        return all;
    }

    static <P extends Provider> Providers<P> collect(Class<P> service, Iterator<P> iterator) {
        List<P> found = new ArrayList<>();
        List<ProviderReport> report = new ArrayList<>();
        int problems = 0;
        while (problems < MAX_PROBLEMS) {
            // Both calls may throw: hasNext() when a superclass is missing, next() for everything else. The iterator
            // goes on after either.
            try {
                if (!iterator.hasNext()) {
                    break;
                }
                P provider = iterator.next();
                ProviderReport line = describe(service, provider);
                report.add(line);
                if (line.usable()) {
                    found.add(provider);
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                problems++;
                report.add(new ProviderReport(service.getSimpleName(), "", "", "", "", problem(e)));
            }
        }
        return new Providers<>(service, found, report);
    }

    private static ProviderReport describe(Class<? extends Provider> service, Provider provider) {
        String id = "";
        String problem = "";
        try {
            id = requireNonNull(provider.id(), "id");
            if (!ID.matcher(id).matches()) {
                problem = "Its id \"" + id + "\" is not 1 to 40 of a-z, 0-9 and '-'.";
            }
        } catch (RuntimeException | LinkageError e) {
            problem = "Its id() failed: " + problem(e);
        }
        Class<?> type = provider.getClass();
        Package home = type.getPackage();
        String version = home == null || home.getImplementationVersion() == null ? "" : home.getImplementationVersion();
        return new ProviderReport(service.getSimpleName(), id, type.getName(), place(type), version, problem);
    }

    private static String problem(Throwable e) {
        StringBuilder text = new StringBuilder();
        if (e instanceof NoClassDefFoundError) {
            text.append("A class it needs is missing: ");
        }
        text.append(e.getMessage() == null ? e.getClass().getName() : e.getMessage());
        Throwable cause = e.getCause();
        if (cause != null && cause != e) {
            text.append(" (").append(cause).append(')');
        }
        return text.toString();
    }

    private static String place(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        if (location == null) {
            return "";
        }
        try {
            Path file = Path.of(location.toURI()).getFileName();
            return file == null ? location.toString() : file.toString();
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return location.toString();
        }
    }

    /** The providers that can be used, in the order in which they were found. */
    public List<P> usable() {
        return found;
    }

    /** Every provider that was found, and every problem, in order. */
    public List<ProviderReport> report() {
        return report;
    }

    /** What is wrong with providers that were found, in sentences; empty if all is well. */
    public List<String> problems() {
        return report.stream()
                .filter(line -> !line.usable())
                .map(line -> service.getSimpleName()
                        + (line.className().isEmpty() ? "" : " " + line.className())
                        + (line.place().isEmpty() ? "" : " in " + line.place())
                        + " cannot be used. " + line.problem())
                .toList();
    }

    /**
     * The provider with this id; without an id, the only one there is.
     *
     * @param id the id that the user configured; empty if none
     * @return empty if no id was given and there is none
     * @throws ConfigurationException if the id is unknown, or two providers share an id, or there are several and none was chosen
     */
    public Optional<P> choose(Optional<String> id) {
        rejectDuplicateIds();
        if (id.isPresent()) {
            return Optional.of(byId(id.get()));
        }
        if (found.size() > 1) {
            throw new ConfigurationException("There are " + found.size() + " providers of " + service.getSimpleName()
                    + " and none was chosen. Name one of these by its id, or take the others off the class path:"
                    + list());
        }
        return found.stream().findFirst();
    }

    /**
     * As {@link #choose}, for a service that must be there.
     *
     * @throws ConfigurationException also if there is no provider; the message names the artifact to add
     */
    public P require(Optional<String> id) {
        return choose(id)
                .orElseThrow(() -> new ConfigurationException("There is no provider of " + service.getSimpleName()
                        + " on the class path. " + hint() + problemList()));
    }

    /**
     * All of them, for a service whose providers are used side by side.
     *
     * @throws ConfigurationException if two share an id
     */
    public List<P> all() {
        rejectDuplicateIds();
        return found;
    }

    private P byId(String id) {
        for (P provider : found) {
            if (provider.id().equals(id)) {
                return provider;
            }
        }
        throw new ConfigurationException("There is no provider of " + service.getSimpleName() + " with the id \"" + id
                + "\"."
                + (found.isEmpty() ? " " + hint() : " These were found:" + list() + "\n" + hint()) + problemList());
    }

    private void rejectDuplicateIds() {
        for (int i = 0; i < found.size(); i++) {
            for (int j = i + 1; j < found.size(); j++) {
                if (found.get(i).id().equals(found.get(j).id())) {
                    throw new ConfigurationException("Two providers of " + service.getSimpleName()
                            + " share the id \"" + found.get(i).id() + "\". Take one of them off the class path:"
                            + list());
                }
            }
        }
    }

    private String list() {
        StringBuilder list = new StringBuilder();
        for (ProviderReport line : report) {
            if (line.usable()) {
                list.append("\n  ").append(line.id()).append("  ").append(line.className());
                if (!line.place().isEmpty()) {
                    list.append("  (")
                            .append(line.place())
                            .append(line.version().isEmpty() ? "" : ", version " + line.version())
                            .append(')');
                }
            }
        }
        return list.toString();
    }

    private String problemList() {
        List<String> problems = problems();
        return problems.isEmpty() ? "" : "\n  " + String.join("\n  ", problems);
    }

    private String hint() {
        String artifact = artifact();
        return artifact.isEmpty()
                ? ""
                : "TrackIT's own is in the artifact " + artifact + ": add it to the dependencies.";
    }

    private String artifact() {
        if (service == LineageStoreProvider.class) {
            return "dev.trackit:trackit-store-jsonl";
        } else if (service == NotebookSourceProvider.class) {
            return "dev.trackit:trackit-jupyter";
        } else if (service == CodeAnalyzerProvider.class) {
            return "dev.trackit:trackit-python";
        } else if (service == SummarizerProvider.class) {
            return "dev.trackit:trackit-bedrock";
        }
        return "";
    }
}
