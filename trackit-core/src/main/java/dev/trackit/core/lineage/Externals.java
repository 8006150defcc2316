package dev.trackit.core.lineage;

import dev.trackit.api.Location;
import dev.trackit.api.Session;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files, addresses and tables of a graph by their normalised names, and the versions of each. */
final class Externals {
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

    private final Map<String, ExternalDataset> datasets = new LinkedHashMap<>();
    private final Map<ExternalDataset, History> histories = new HashMap<>();
    private final Set<ExternalDataset> written = new LinkedHashSet<>();

    ExternalDataset dataset(Session session, Location location) {
        Path path = path(session, location.key());
        String key = path == null ? location.key() : path.toString();
        return datasets.computeIfAbsent(
                key, k -> new ExternalDataset(k, path != null && path.isAbsolute() ? path : null));
    }

    /** The normalised name under which a dataset is known to all sessions. */
    static String key(Session session, String name) {
        Path path = path(session, name);
        return path == null ? name : path.toString();
    }

    Optional<ExternalDataset> find(Session session, String name) {
        Path path = path(session, name);
        return Optional.ofNullable(datasets.get(path == null ? name : path.toString()));
    }

    History history(ExternalDataset dataset) {
        return histories.computeIfAbsent(dataset, d -> new History());
    }

    Collection<ExternalDataset> all() {
        return Collections.unmodifiableCollection(datasets.values());
    }

    void written(ExternalDataset dataset) {
        written.add(dataset);
    }

    /** The dataset itself and, if its name is a pattern ({@code data/*.csv}), every written file that fits. */
    List<ExternalDataset> matching(ExternalDataset dataset) {
        String key = dataset.key();
        if ((key.indexOf('*') < 0 && key.indexOf('?') < 0)
                || ADDRESS.matcher(key).matches()) {
            return List.of(dataset);
        }
        List<ExternalDataset> matching = new ArrayList<>();
        matching.add(dataset);
        try {
            PathMatcher pattern = FileSystems.getDefault().getPathMatcher("glob:" + key);
            for (ExternalDataset candidate : written) {
                if (candidate.path().filter(pattern::matches).isPresent()) {
                    matching.add(candidate);
                }
            }
        } catch (IllegalArgumentException e) {
            // Not a pattern after all: the name stands for itself.
            return List.of(dataset);
        }
        return matching;
    }

    /** The path that code in the session means by this name, absolute if the session's folder is known; null for an address. */
    private static @Nullable Path path(Session session, String name) {
        if (ADDRESS.matcher(name).matches() || name.startsWith("<") || name.isEmpty()) {
            return null;
        }
        try {
            Path path = Path.of(name);
            return session.workingFolder()
                    .map(folder -> folder.resolve(path))
                    .orElse(path)
                    .normalize();
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
