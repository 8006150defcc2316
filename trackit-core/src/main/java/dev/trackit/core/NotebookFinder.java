package dev.trackit.core;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Finds the one notebook that a user means. The first rule that some notebook answers to decides; then exactly one must answer. */
final class NotebookFinder {
    private static final int MAX_LISTED = 8;
    private static final String SUFFIX = ".ipynb";

    private final Path watchedFolder;

    NotebookFinder(Path watchedFolder) {
        this.watchedFolder = watchedFolder;
    }

    NotebookSummary find(String name, List<NotebookSummary> all) {
        Set<Path> paths = paths(name);
        String plain = name.toLowerCase(Locale.ROOT);
        List<Predicate<NotebookSummary>> rules = List.of(
                n -> n.id().value().equals(name),
                n -> n.path() != null && paths.contains(n.path()),
                n -> n.name().equals(name) || n.name().equals(name + SUFFIX),
                n -> n.name().toLowerCase(Locale.ROOT).equals(plain)
                        || n.name().toLowerCase(Locale.ROOT).equals(plain + SUFFIX),
                n -> n.id().value().startsWith(plain),
                n -> n.path() != null && n.path().endsWith(name) || haystack(n).contains(plain));
        if (!name.isBlank()) {
            for (Predicate<NotebookSummary> rule : rules) {
                List<NotebookSummary> answers = all.stream().filter(rule).toList();
                if (answers.size() == 1) {
                    return answers.get(0);
                } else if (!answers.isEmpty()) {
                    throw new UnknownNotebookException(
                            "\"" + name + "\" names " + answers.size()
                                    + " notebooks. Use a longer part of the path, or the id:" + list(answers),
                            true,
                            answers);
                }
            }
        }
        throw unknown(name, all);
    }

    private UnknownNotebookException unknown(String name, List<NotebookSummary> all) {
        if (all.isEmpty()) {
            return new UnknownNotebookException(
                    "No notebook has been recorded yet for " + watchedFolder + ".", false, List.of());
        }
        List<NotebookSummary> similar = all.stream()
                .sorted(Comparator.comparingInt((NotebookSummary n) -> distance(name, n)))
                .filter(n -> distance(name, n) <= Math.max(2, name.length() / 3))
                .limit(3)
                .toList();
        return new UnknownNotebookException(
                "No recorded notebook answers to \"" + name + "\"."
                        + (similar.isEmpty()
                                ? " There are " + all.size() + ":" + list(all)
                                : " Did you mean:" + list(similar)),
                false,
                similar);
    }

    private Set<Path> paths(String name) {
        Set<Path> paths = new LinkedHashSet<>();
        try {
            Path given = Path.of(name);
            paths.add(given.toAbsolutePath().normalize());
            paths.add(watchedFolder.resolve(given).normalize());
        } catch (InvalidPathException e) {
            return Set.of();
        }
        return paths;
    }

    private static String haystack(NotebookSummary notebook) {
        Path path = notebook.path();
        return (path == null ? notebook.id().value() : path.toString()).toLowerCase(Locale.ROOT);
    }

    private static String list(List<NotebookSummary> notebooks) {
        StringBuilder out = new StringBuilder();
        notebooks.stream()
                .limit(MAX_LISTED)
                .forEach(n -> out.append("\n  ").append(n.id()).append(n.path() == null ? "" : "  " + n.path()));
        if (notebooks.size() > MAX_LISTED) {
            out.append("\n  and ").append(notebooks.size() - MAX_LISTED).append(" more");
        }
        return out.toString();
    }

    private static int distance(String name, NotebookSummary notebook) {
        String plain = name.toLowerCase(Locale.ROOT);
        String other = notebook.name().toLowerCase(Locale.ROOT);
        int whole = levenshtein(plain, other);
        return other.endsWith(SUFFIX)
                ? Math.min(whole, levenshtein(plain, other.substring(0, other.length() - SUFFIX.length())))
                : whole;
    }

    private static int levenshtein(String a, String b) {
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}
