package dev.trackit.python.effects;

import dev.trackit.python.effects.Shapes.Shape;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows and columns of a frame that {@code read_csv} or {@code read_table} makes of a file that is there to look at. Only where every argument is
 * understood, the session did not write the file, and it was not changed after the execution that read it. What outputs show is believed first.
 */
final class FileShapes {
    /** Arguments that change values, not rows or columns. */
    private static final Set<String> HARMLESS = Set.of(
            "dtype",
            "na_values",
            "keep_default_na",
            "na_filter",
            "parse_dates",
            "infer_datetime_format",
            "dayfirst",
            "date_parser",
            "date_format",
            "cache_dates",
            "thousands",
            "decimal",
            "low_memory",
            "memory_map",
            "float_precision",
            "engine",
            "converters",
            "true_values",
            "false_values",
            "encoding",
            "filepath_or_buffer",
            "sep",
            "delimiter",
            "delim_whitespace",
            "header",
            "names",
            "index_col",
            "usecols",
            "nrows",
            "skiprows",
            "verbose");

    private static final Map<String, Charset> ONE_BYTE = Map.of(
            "latin-1", StandardCharsets.ISO_8859_1,
            "latin1", StandardCharsets.ISO_8859_1,
            "iso-8859-1", StandardCharsets.ISO_8859_1,
            "ascii", StandardCharsets.US_ASCII,
            "utf-8", StandardCharsets.UTF_8,
            "utf8", StandardCharsets.UTF_8,
            "utf-8-sig", StandardCharsets.UTF_8);

    private final Machine m;

    FileShapes(Machine machine) {
        this.m = machine;
    }

    /** The shape of the frame that the call makes; unknown unless it is sure. */
    Shape read(String call, CallArguments args) {
        Path file = file(args);
        if (file == null || !understood(args)) {
            return Shape.UNKNOWN;
        }
        Character separator = separator(call, args);
        Charset charset = charset(args);
        Long skip = number(args, "skiprows", 0);
        if (separator == null || charset == null || skip == null || skip < 0 || skip > 10_000) {
            return Shape.UNKNOWN;
        }
        DelimitedFile text = DelimitedFile.read(file, separator, skip.intValue(), charset);
        return text == null ? Shape.UNKNOWN : shape(text, args);
    }

    private @Nullable Path file(CallArguments args) {
        Value given = args.positionalCount() > 0 ? args.valueAt(0) : args.valueNamed("filepath_or_buffer");
        HeapObject o = given.single();
        String path = o != null && o.constant instanceof String s ? s : null;
        String lower = path == null ? "" : path.toLowerCase(Locale.ROOT);
        boolean packed = lower.matches(".*\\.(gz|bz2|zip|xz|zst|tar|tgz)");
        if (path == null || packed || FilePaths.isAddress(path) || m.files.isWritten(path)) {
            return null;
        }
        Path file = m.files.resolve(path);
        return file == null || changedSince(file) ? null : file;
    }

    private boolean changedSince(Path file) {
        Instant end = m.executionEnd;
        try {
            return end != null && Files.getLastModifiedTime(file).toInstant().isAfter(end);
        } catch (IOException e) {
            return true;
        }
    }

    private boolean understood(CallArguments args) {
        if (args.open || args.positionalCount() > 1 && args.valueAt(1).text() == null || args.positionalCount() > 2) {
            return false;
        }
        for (CallArguments.Argument a : args.list) {
            if (!a.name().isEmpty() && !HARMLESS.contains(a.name())) {
                return false;
            }
        }
        Value dates = args.valueNamed("parse_dates");
        return dates.isNothing() || dates.constant() instanceof Boolean || flat(dates);
    }

    private static boolean flat(Value list) {
        HeapObject o = list.single();
        if (o == null || o.items == null) {
            return false;
        }
        for (Value each : o.items) {
            if (each.constant() == null) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Character separator(String call, CallArguments args) {
        if (Boolean.TRUE.equals(args.valueNamed("delim_whitespace").constant())) {
            return DelimitedFile.BLANKS;
        }
        Value given = args.positionalCount() > 1 ? args.valueAt(1) : args.valueNamed("sep");
        given = given.isNothing() ? args.valueNamed("delimiter") : given;
        if (given.isNothing()) {
            return call.equals("read_table") ? '\t' : ',';
        }
        String s = given.text();
        if (s == null) {
            return null;
        }
        return s.equals("\\s+")
                ? Character.valueOf(DelimitedFile.BLANKS)
                : s.length() == 1 && s.charAt(0) < 128 ? Character.valueOf(s.charAt(0)) : null;
    }

    private static @Nullable Charset charset(CallArguments args) {
        Value given = args.valueNamed("encoding");
        if (given.isNothing() || given.constant() == HeapObject.NONE) {
            return StandardCharsets.UTF_8;
        }
        String name = given.text();
        return name == null ? null : ONE_BYTE.get(name.toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** A number that an argument gives; the default where it is not given, null where it is something else. */
    private static @Nullable Long number(CallArguments args, String name, long ifMissing) {
        Value v = args.valueNamed(name);
        if (v.isNothing() || v.constant() == HeapObject.NONE) {
            return ifMissing;
        }
        return v.constant() instanceof Long n ? n : null;
    }

    private Shape shape(DelimitedFile text, CallArguments args) {
        Value names = args.valueNamed("names");
        Value header = args.valueNamed("header");
        boolean headed =
                header.isNothing() ? names.isNothing() : Long.valueOf(0).equals(header.constant());
        boolean headless = header.isNothing() ? !names.isNothing() : header.constant() == HeapObject.NONE;
        int width = headed ? text.second() : text.first().size();
        int widest =
                headed ? text.widest() : Math.max(text.widest(), text.first().size());
        List<String> columns =
                names.isNothing() ? (headed ? mangled(text.first()) : numbered(width)) : m.subscripts.strings(names);
        Long most = number(args, "nrows", Long.MAX_VALUE);
        if (!headed && !headless || columns == null || most == null || widest > Math.max(width, columns.size())) {
            return Shape.UNKNOWN;
        }
        int implied = Math.max(0, width - columns.size());
        if (implied > 0 && (!headed || !names.isNothing())) {
            return Shape.UNKNOWN;
        }
        long rows = Math.min(most, text.records() - (headed ? 1 : 0));
        return indexed(columns, rows, implied, args);
    }

    private Shape indexed(List<String> columns, long rows, int implied, CallArguments args) {
        Value use = args.valueNamed("usecols");
        Value index = args.valueNamed("index_col");
        boolean none = index.isNothing() || index.constant() == HeapObject.NONE;
        if (implied > 0) {
            return none && use.isNothing() ? new Shape(columns, rows, null) : Shape.UNKNOWN;
        }
        List<String> used = use.isNothing() || use.constant() == HeapObject.NONE ? columns : chosen(columns, use);
        if (used == null) {
            return Shape.UNKNOWN;
        }
        List<String> kept = new ArrayList<>();
        columns.stream().filter(used::contains).forEach(kept::add);
        if (none || Boolean.FALSE.equals(index.constant())) {
            return new Shape(kept, rows, Shape.UNNAMED);
        }
        List<String> keys = chosen(kept, index);
        if (keys == null) {
            return Shape.UNKNOWN;
        }
        kept.removeAll(keys);
        return new Shape(kept, rows, keys.stream().anyMatch(k -> k.startsWith("Unnamed: ")) ? null : keys);
    }

    /** The columns that a name, a place, or a list of them chooses; null if that is not known. */
    private static @Nullable List<String> chosen(List<String> columns, Value by) {
        HeapObject o = by.single();
        List<Value> items = o != null && o.items != null ? o.items : List.of(by);
        List<String> found = new ArrayList<>();
        for (Value item : items) {
            Object c = item.constant();
            if (c instanceof String s && columns.contains(s)) {
                found.add(s);
            } else if (c instanceof Long n && n >= 0 && n < columns.size()) {
                found.add(columns.get(n.intValue()));
            } else {
                return null;
            }
        }
        return found;
    }

    private static List<String> numbered(int width) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            names.add(Integer.toString(i));
        }
        return names;
    }

    /** Columns without a name are numbered, and a name that comes twice gets a number; null where that is not clear. */
    private static @Nullable List<String> mangled(List<String> header) {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i).isEmpty() ? "Unnamed: " + i : header.get(i);
            int copy = 0;
            String own = name;
            while (names.contains(own)) {
                own = name + "." + ++copy;
            }
            names.add(own);
            if (copy > 0 && header.contains(own)) {
                return null;
            }
        }
        return List.copyOf(names);
    }
}
