package dev.trackit.python.effects;

import dev.trackit.api.Effect;
import dev.trackit.api.Effect.Certainty;
import dev.trackit.api.Location;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files and addresses that code reads and writes, as far as constants tell which. */
final class FilePaths {
    private final Machine m;
    private final @Nullable Path start;

    /** Where the session is below or beside its first folder; null when a change of folder could not be followed. */
    private @Nullable String folder = "";

    private boolean folderChanged;

    /** Which files the running execution has written. */
    private final Map<String, Integer> written = new HashMap<>();

    /** Sources of modules that the session itself wrote, by key. */
    private final Map<String, String> sources = new HashMap<>();

    final Folders folders;

    FilePaths(Machine machine, @Nullable Path workingFolder) {
        this.m = machine;
        this.start = workingFolder;
        this.folders = new Folders(machine);
    }

    static String join(String a, String b) {
        if (b.startsWith("/") || a.isEmpty()) {
            return b;
        }
        return a.endsWith("/") ? a + b : a + "/" + b;
    }

    /** {@code os.chdir} and {@code %cd}. */
    void changeFolder(Value to) {
        String text = to.text();
        m.log.add(Effect.Kind.READ, LibraryCalls.hiddenLocation("cwd"), true);
        if (text != null) {
            folders.ask(key(text));
        }
        m.log.add(Effect.Kind.WRITE, LibraryCalls.hiddenLocation("cwd"), false);
        folderChanged = true;
        String f = folder;
        folder = text == null || f == null && !text.startsWith("/") ? null : join(f == null ? "" : f, text);
    }

    /** The file of the session's folder, for reading a module's source; null if the session's folder is not known. */
    @Nullable
    Path resolve(String relative) {
        Path s = start;
        String f = folder;
        if (s == null || f == null) {
            return null;
        }
        try {
            return s.resolve(f).resolve(relative).normalize();
        } catch (InvalidPathException e) {
            return null;
        }
    }

    void read(Value file, String call) {
        for (String path : paths(file, call, "reads")) {
            Location where = location(path);
            m.log.add(Effect.Kind.READ, where, writtenNow(where));
            noteFolder(path);
            if (!isAddress(path)) {
                folders.use(where.key());
            }
        }
    }

    private boolean writtenNow(Location where) {
        Integer by = written.get(where.key());
        return by == null || by != m.execution;
    }

    void write(Value file, String call, boolean append) {
        for (String path : paths(file, call, "writes")) {
            Location where = location(path);
            m.log.add(append ? Effect.Kind.MUTATE : Effect.Kind.WRITE, where, Certainty.SURE, append);
            written.put(where.key(), m.execution);
            sources.remove(where.key());
            noteFolder(path);
            if (!isAddress(path)) {
                folders.written(where.key());
            }
        }
    }

    void remove(Value file, String call) {
        for (String path : paths(file, call, "removes")) {
            m.log.add(Effect.Kind.DELETE, location(path), Certainty.SURE, true);
            noteFolder(path);
            if (!isAddress(path)) {
                folders.removed(key(path));
            }
        }
    }

    /** The normalised name of a file or folder that the code names now. */
    String key(String path) {
        return location(path).key();
    }

    /** Whether the session wrote the file. */
    boolean isWritten(String path) {
        return written.containsKey(key(path));
    }

    /** A source that the session writes to a file, so that it can be imported. */
    void writeSource(String path, String text) {
        write(m.ofConstant(path), "%%writefile", false);
        sources.put(key(path), text);
    }

    /** What the session wrote to a file; null if that is not known. */
    @Nullable
    String source(String path) {
        return sources.get(key(path));
    }

    /** Does something with each folder or file that a value names. @return whether it names any */
    boolean each(Value file, java.util.function.Consumer<String> action) {
        List<String> found = new ArrayList<>();
        boolean known = true;
        for (HeapObject o : file.objects()) {
            known &= collect(o, found, 0);
        }
        for (String path : found) {
            if (!isAddress(path)) {
                noteFolder(path);
                action.accept(key(path));
            }
        }
        return known && !found.isEmpty();
    }

    private void noteFolder(String path) {
        if (folderChanged && !isAddress(path) && !path.startsWith("/")) {
            m.log.add(Effect.Kind.READ, LibraryCalls.hiddenLocation("cwd"), true);
        }
    }

    static boolean isAddress(String path) {
        int colon = path.indexOf("://");
        return colon > 1 && colon < 16;
    }

    Location location(String path) {
        if (isAddress(path)) {
            return new Location(Location.Kind.EXTERNAL, path, path, "");
        }
        String f = folder;
        String within = f == null || f.isEmpty() ? path : join(f, path);
        String key = normalize(within);
        Path s = start;
        if (s != null && f != null && !key.startsWith("/") && !key.startsWith("~")) {
            try {
                key = s.resolve(key).normalize().toString();
            } catch (InvalidPathException e) {
                m.log.assume("The path " + path + " cannot be resolved");
            }
        }
        return new Location(Location.Kind.EXTERNAL, key.replace('\\', '/'), path, "");
    }

    private static String normalize(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.replace('\\', '/').split("/")) {
            if (part.equals("..") && !parts.isEmpty() && !parts.peekLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return (path.startsWith("/") ? "/" : "") + String.join("/", parts);
    }

    /** The paths that a value may name: a string, a path, an open file, or a list of them. */
    private List<String> paths(Value file, String call, String does) {
        List<String> found = new ArrayList<>();
        boolean unknown = false;
        for (HeapObject o : file.objects()) {
            unknown |= !collect(o, found, 0);
        }
        if (unknown && found.isEmpty() && !file.isNothing()) {
            m.log.assume(call + " " + does + " a file whose name does not follow from the code");
            if (does.equals("reads")) {
                folders.readUnknown();
            } else {
                folders.writtenUnknown();
            }
        }
        return found;
    }

    private boolean collect(HeapObject o, List<String> found, int depth) {
        if (o.payload instanceof Payload.OpenFile f) {
            found.addAll(f.paths());
            return true;
        }
        if (o.constant instanceof String s && (o.type == m.types.string || o.isA("pathlib.Path"))) {
            if (!s.isEmpty() && s.length() < 1000 && s.indexOf('\n') < 0 && !looksLikeText(s)) {
                found.add(s);
            }
            return true;
        }
        if (depth < 2 && o.identity && (o.type == m.types.list || o.type == m.types.tuple)) {
            boolean all = true;
            for (HeapObject each : o.elements.objects()) {
                all &= collect(each, found, depth + 1);
            }
            return all;
        }
        return o.isA("io.StringIO") || !o.identity && o.constant == null && o.type == m.types.none;
    }

    private static boolean looksLikeText(String s) {
        String start = s.stripLeading().toLowerCase(Locale.ROOT);
        return start.startsWith("<") || start.startsWith("{") || start.startsWith("[{");
    }
}
