package dev.trackit.python.effects;

import dev.trackit.api.Effect;
import dev.trackit.api.Effect.Certainty;
import dev.trackit.api.Location;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The folders that the session made, and which files it put into them or took away. Both are hidden state: a file can be written only
 * after its folder was made, and what a folder holds depends on who wrote there.
 */
final class Folders {
    private static final Location UNKNOWN = LibraryCalls.hiddenLocation("files whose names are not known");
    private static final int MOST_FILES = 60;

    private final Machine m;
    private final Set<String> made = new LinkedHashSet<>();
    private final Set<String> files = new LinkedHashSet<>();

    Folders(Machine machine) {
        this.m = machine;
    }

    private static Location folder(String key) {
        return LibraryCalls.hiddenLocation("folder " + key);
    }

    private static Location presence(String key) {
        return LibraryCalls.hiddenLocation("whether there is " + key);
    }

    /** The folders above a file or folder, the nearest last. */
    private static List<String> above(String key) {
        List<String> found = new ArrayList<>();
        for (int slash = key.indexOf('/', 1); slash > 0; slash = key.indexOf('/', slash + 1)) {
            found.add(key.substring(0, slash));
        }
        return found;
    }

    private static boolean isBelow(String file, String folder) {
        return folder.isEmpty() ? !file.startsWith("/") : file.startsWith(folder + "/");
    }

    boolean isMade(String key) {
        return made.contains(key);
    }

    /** {@code mkdir}, {@code makedirs}: those above may be made with it. One that was made before stays as it is. */
    void make(String key) {
        List<String> all = above(key);
        all.add(key);
        use(key);
        for (String each : all) {
            if (!made.contains(each) && (each.equals(key) || !isAboveStart(each))) {
                made.add(each);
                m.log.add(Effect.Kind.WRITE, folder(each), Certainty.SURE, false);
                m.log.add(Effect.Kind.WRITE, presence(each), Certainty.SURE, false);
            }
        }
    }

    private boolean isAboveStart(String key) {
        Path start = m.files.resolve(".");
        return start != null && (start.toString() + "/").startsWith(key + "/");
    }

    /** Something puts files into a folder of which only that is known: an archive that is unpacked. */
    void fill(String key) {
        make(key);
        made.add(key);
        m.log.add(Effect.Kind.MUTATE, folder(key), Certainty.SURE, true);
    }

    /** Uses the folders in which a file lies. */
    void use(String key) {
        if (made.isEmpty()) {
            return;
        }
        for (String each : above(key)) {
            if (made.contains(each)) {
                m.log.add(Effect.Kind.READ, folder(each), true);
            }
        }
    }

    /** A file was written. */
    void written(String key) {
        use(key);
        files.add(key);
        m.log.add(Effect.Kind.WRITE, presence(key), Certainty.SURE, false);
    }

    /** A file or a folder with all that is in it was removed. */
    void removed(String key) {
        use(key);
        m.log.add(Effect.Kind.WRITE, presence(key), Certainty.SURE, false);
        files.add(key);
        if (!made.contains(key)) {
            return;
        }
        m.log.add(Effect.Kind.READ, folder(key), true);
        for (String file : List.copyOf(files)) {
            if (isBelow(file, key)) {
                m.log.add(Effect.Kind.WRITE, presence(file), Certainty.SURE, false);
                m.log.add(
                        Effect.Kind.DELETE, new Location(Location.Kind.EXTERNAL, file, file, ""), Certainty.SURE, true);
            }
        }
        made.removeIf(each -> each.equals(key) || isBelow(each, key));
        m.log.add(Effect.Kind.WRITE, folder(key), Certainty.SURE, false);
    }

    /** Asks whether there is a file or folder, or how big it is. */
    void ask(String key) {
        use(key);
        m.log.add(Effect.Kind.READ, presence(key), true);
        if (made.contains(key)) {
            m.log.add(Effect.Kind.READ, folder(key), true);
        }
    }

    /** Asks what is in a folder. */
    void list(String key) {
        use(key);
        if (made.contains(key)) {
            m.log.add(Effect.Kind.READ, folder(key), true);
        }
        for (String each : made) {
            if (isBelow(each, key)) {
                m.log.add(Effect.Kind.READ, presence(each), true);
            }
        }
        for (String file : files) {
            if (isBelow(file, key)) {
                m.log.add(Effect.Kind.READ, presence(file), true);
            }
        }
    }

    /** Asks which files match a pattern. */
    void match(String pattern) {
        use(pattern);
        PathMatcher matcher;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
            for (String file : files) {
                if (matcher.matches(Path.of(file))) {
                    m.log.add(Effect.Kind.READ, presence(file), true);
                }
            }
        } catch (IllegalArgumentException notAPattern) {
            // InvalidPathException is one too.
            ask(pattern);
        }
    }

    /** A file whose name is not known was written. */
    void writtenUnknown() {
        m.log.add(Effect.Kind.WRITE, UNKNOWN, Certainty.POSSIBLE, false);
    }

    /** A file whose name is not known was read: it may be one that the session wrote. */
    void readUnknown() {
        m.log.add(Effect.Kind.READ, UNKNOWN, true);
        int n = 0;
        for (String file : files) {
            if (n++ < MOST_FILES) {
                m.log.add(Effect.Kind.READ, presence(file), true);
            }
        }
    }
}
