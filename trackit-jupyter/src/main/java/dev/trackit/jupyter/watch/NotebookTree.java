package dev.trackit.jupyter.watch;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The notebooks that are known to exist below a folder, and how they looked last. Links to folders are not followed, so there are no
 * circles; a link to a file counts as that file. Belongs to the watcher's thread.
 */
final class NotebookTree {

    /** Is told what differs from what was known. */
    interface Changes {
        /** A notebook is there that was not. */
        void appeared(Path notebook, Stamp now);

        /** A notebook looks different. */
        void changed(Path notebook, Stamp before, Stamp now);

        /** A notebook that was there is not. */
        void gone(Path notebook, Stamp before);
    }

    private final Path root;
    private final Changes changes;
    private final Map<Path, Stamp> known = new HashMap<>();
    private final Map<Object, Path> byKey = new HashMap<>();
    private int unreadable;

    NotebookTree(Path root, Changes changes) {
        this.root = root;
        this.changes = changes;
    }

    /** All notebooks that are known. */
    List<Path> notebooks() {
        return new ArrayList<>(known.keySet());
    }

    /** How a notebook looked last; null if it is not known. */
    @Nullable
    Stamp stamp(Path notebook) {
        return known.get(notebook);
    }

    /** The notebook that had this identity last; null if there is none. */
    @Nullable
    Path byKey(@Nullable Object fileKey) {
        return fileKey == null ? null : byKey.get(fileKey);
    }

    /** How many folders the last walk of the whole tree could not read. */
    int unreadable() {
        return unreadable;
    }

    /** Compares one notebook with what is known of it. */
    void look(Path notebook) {
        compare(notebook, Stamp.of(notebook));
    }

    /** Looks at all notebooks that are known to be below this folder. */
    void lookBelow(Path folder) {
        for (Path notebook : notebooks()) {
            if (notebook.startsWith(folder)) {
                look(notebook);
            }
        }
    }

    /**
     * Walks the tree below a folder, and compares all notebooks there with what is known.
     *
     * @param onFolder is told each folder before its content is listed, so that nothing can come between
     */
    void walk(Path folder, Consumer<Path> onFolder) throws IOException {
        Set<Path> found = new HashSet<>();
        int failures = visit(folder, onFolder, (file, stamp) -> {
            found.add(file);
            compare(file, stamp);
        });
        if (folder.equals(root)) {
            unreadable = failures;
        }
        for (Path notebook : notebooks()) {
            if (notebook.startsWith(folder) && !found.contains(notebook)) {
                look(notebook);
            }
        }
    }

    /** The notebooks below a folder, in order of their paths. @throws IOException if the folder itself cannot be read */
    static List<Path> list(Path folder) throws IOException {
        Set<Path> notebooks = new TreeSet<>();
        visit(folder, below -> {}, (file, stamp) -> notebooks.add(file));
        return List.copyOf(notebooks);
    }

    private void compare(Path notebook, @Nullable Stamp now) {
        Stamp before = known.get(notebook);
        if (now == null) {
            if (before != null) {
                known.remove(notebook);
                forgetKey(before, notebook);
                changes.gone(notebook, before);
            }
            return;
        }
        if (now.equals(before)) {
            return;
        }
        known.put(notebook, now);
        if (before != null) {
            forgetKey(before, notebook);
        }
        Path elsewhere = byKey(now.fileKey());
        if (now.fileKey() != null) {
            byKey.put(now.fileKey(), notebook);
        }
        if (before == null) {
            changes.appeared(notebook, now);
        } else {
            changes.changed(notebook, before, now);
        }
        if (elsewhere != null && !elsewhere.equals(notebook)) {
            // most likely it was renamed, and the event of the old folder is still to come
            look(elsewhere);
        }
    }

    private void forgetKey(Stamp stamp, Path notebook) {
        if (stamp.fileKey() != null) {
            byKey.remove(stamp.fileKey(), notebook);
        }
    }

    /** Is told each notebook. */
    private interface OnNotebook {
        void found(Path notebook, Stamp stamp);
    }

    /** Visits a tree; returns how many folders could not be read. */
    private static int visit(Path top, Consumer<Path> onFolder, OnNotebook onNotebook) throws IOException {
        int[] failures = {0};
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (!folder.equals(top) && NotebookNames.isLeftOut(folder)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                onFolder.accept(folder);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (NotebookNames.isNotebook(file)) {
                    Stamp stamp = attributes.isRegularFile()
                            ? Stamp.of(attributes)
                            : attributes.isSymbolicLink() ? Stamp.of(file) : null;
                    if (stamp != null) {
                        onNotebook.found(file, stamp);
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (file.equals(top)) {
                    throw e;
                }
                failures[0] += e instanceof NoSuchFileException ? 0 : 1;
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
                failures[0] += e == null ? 0 : 1;
                return FileVisitResult.CONTINUE;
            }
        });
        return failures[0];
    }
}
