package dev.trackit.python.effects;

import dev.trackit.api.Effect;
import dev.trackit.api.Effect.Certainty;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.knowledge.CallKnowledge;
import dev.trackit.python.knowledge.ClassKnowledge.Trait;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Strings, paths and files: what constants become, and which files are opened. */
final class SpecialTexts {
    private static final Pattern QUERY =
            Pattern.compile("\\s*(?:select|pragma|explain|show|describe|with)\\b", Pattern.CASE_INSENSITIVE);

    private final Machine m;

    SpecialTexts(Machine machine) {
        this.m = machine;
    }

    @Nullable
    Value bySpecial(CallKnowledge k, @Nullable HeapObject self, CallArguments args) {
        return switch (k.special()) {
            case "str" -> str(args);
            case "textOf" -> textOf(k, args);
            case "format" -> self == null ? null : format(self, args);
            case "string" -> self == null ? null : string(k.name(), self, args);
            case "joinPath" -> joinPath(args, m.types.string);
            case "path" -> joinPath(args, m.types.path);
            case "pathJoin" -> self == null ? null : joinSelf(self, args);
            case "parent", "name", "stem", "suffix" -> self == null ? null : partOfPath(k.special(), self);
            case "basename" -> partOf("name", args.valueAt(0));
            case "renamedPath" -> self == null ? null : renamedPath(k.name(), self, args.valueAt(0));
            case "splitext" -> splitSuffix(args.valueAt(0));
            case "cwd", "cwdPath" -> {
                m.log.add(Effect.Kind.READ, LibraryCalls.hiddenLocation("cwd"), true);
                yield k.special().equals("cwd") ? m.ofConstant(".") : Value.of(m.heap.path("."));
            }
            case "dirname" -> partOf("parent", args.valueAt(0));
            case "samePath" -> args.list.isEmpty() ? (self == null ? null : Value.of(self)) : args.valueAt(0);
            case "open" -> open(args.valueAt(0), mode(args, 1));
            case "openSelf" -> self == null ? null : open(Value.of(self), mode(args, 0));
            case "openToRead" -> open(args.valueAt(0), "r");
            case "openToWrite" ->
                open(args.valueAt(0), "a".equals(args.valueNamed("mode").text()) ? "a" : "w");
            case "connect" -> connect(args.valueAt(0));
            case "fileLike" -> fileLike(args);
            case "writeFile" -> self == null ? null : writeFile(self, args);
            case "closeFile" -> self == null ? null : closeFile(self);
            case "execute" -> self == null ? null : execute(k, self, args);
            case "readFile" -> self == null ? null : readFile(k, self);
            case "print" -> print(args);
            case "chdir" -> chdir(args);
            case "makeFolder", "askFile", "listFolder", "fillFolder" -> folder(k, self, args);
            case "copyInto" -> copyInto(k, args);
            case "copyFolder" -> copyFolder(args);
            case "shell" -> shell(args);
            case "glob" -> glob(args.valueAt(0), "");
            case "globSelf" -> self == null ? null : glob(args.valueAt(0), String.valueOf(self.constant));
            case "joinStrings" -> self == null ? null : joinStrings(self, args);
            case "fieldFactory" -> fieldFactory(args);
            case "split" -> self == null ? null : split(self, args);
            default -> null;
        };
    }

    /** {@code field(default_factory=list)}: each instance gets an object of its own. */
    private @Nullable Value fieldFactory(CallArguments args) {
        Value factory = args.valueNamed("default_factory");
        if (factory.isNothing()) {
            Value byDefault = args.valueNamed("default");
            return byDefault.isNothing() ? null : byDefault;
        }
        HeapObject field = new HeapObject(0, m.types.scalar, false, m.statement, null);
        field.payload = new Payload.FieldFactory(factory);
        return Value.of(field);
    }

    private @Nullable Value str(CallArguments args) {
        m.heap.readDeep(args.all());
        shownBy(args.all());
        m.userCalls.dunder(args.valueAt(0), "__str__", CallArguments.NONE);
        String text = Constants.textOf(args.valueAt(0).constant());
        return text == null ? m.string() : m.ofConstant(text);
    }

    private @Nullable Value textOf(CallKnowledge k, CallArguments args) {
        m.heap.readDeep(args.all());
        shownBy(args.all());
        m.userCalls.dunder(
                args.valueAt(0), "__" + (k.name().equals("format") ? "format" : "repr") + "__", CallArguments.NONE);
        return m.string();
    }

    /** Texts of frames and arrays rest on the options of their libraries. */
    void shownBy(Value v) {
        for (HeapObject o : v.objects()) {
            if (o.isA("numpy.ndarray")) {
                m.log.add(Effect.Kind.READ, LibraryCalls.hiddenLocation("numpy.printoptions"), true);
            } else if (o.is(Trait.COLUMNS) || o.isA("pandas.Series")) {
                m.log.add(Effect.Kind.READ, LibraryCalls.hiddenLocation("pandas.options"), true);
            }
        }
    }

    private Value format(HeapObject self, CallArguments args) {
        m.heap.readDeep(args.all());
        if (!(self.constant instanceof String s)) {
            return m.string();
        }
        StringBuilder result = new StringBuilder();
        int place = 0;
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c != '{' && c != '}') {
                result.append(c);
                continue;
            }
            int close = s.indexOf('}', i);
            if (c == '}' || close < 0) {
                return m.string();
            }
            String inner = s.substring(i + 1, close);
            int colon = inner.indexOf(':');
            String field = colon < 0 ? inner : inner.substring(0, colon);
            Value v = field.isEmpty()
                    ? args.valueAt(place++)
                    : field.chars().allMatch(Character::isDigit) && field.length() < 3
                            ? args.valueAt(Integer.parseInt(field))
                            : args.valueNamed(field);
            String text = Constants.formatted(v.constant(), colon < 0 ? "" : inner.substring(colon + 1));
            if (text == null) {
                return m.string();
            }
            result.append(text);
            i = close;
        }
        return m.ofConstant(result.toString());
    }

    private Value string(String method, HeapObject self, CallArguments args) {
        m.heap.readDeep(args.all());
        if (!(self.constant instanceof String s)) {
            return m.string();
        }
        String a = args.valueAt(0).text();
        String b = args.valueAt(1).text();
        String result =
                switch (method) {
                    case "lower" -> s.toLowerCase(Locale.ROOT);
                    case "upper" -> s.toUpperCase(Locale.ROOT);
                    case "strip" -> args.list.isEmpty() ? s.strip() : null;
                    case "replace" -> a != null && b != null && args.positionalCount() == 2 ? s.replace(a, b) : null;
                    case "removesuffix" ->
                        a == null ? null : s.endsWith(a) ? s.substring(0, s.length() - a.length()) : s;
                    case "removeprefix" -> a == null ? null : s.startsWith(a) ? s.substring(a.length()) : s;
                    default -> null;
                };
        return result == null ? m.string() : m.ofConstant(result);
    }

    private Value joinStrings(HeapObject self, CallArguments args) {
        m.heap.readDeep(args.all());
        List<String> parts = m.subscripts.strings(args.valueAt(0));
        return parts != null && self.constant instanceof String s ? m.ofConstant(String.join(s, parts)) : m.string();
    }

    private Value split(HeapObject self, CallArguments args) {
        m.heap.readDeep(args.all());
        String by = args.valueAt(0).text();
        if (self.constant instanceof String s
                && s.length() < 2000
                && (by != null && !by.isEmpty() || args.list.isEmpty())) {
            String[] parts = by == null ? s.strip().split("\\s+") : s.split(java.util.regex.Pattern.quote(by), -1);
            if (parts.length < 100 && args.positionalCount() < 2) {
                return Value.of(m.heap.container(
                        m.types.list, List.of(parts).stream().map(m::ofConstant).toList()));
            }
        }
        HeapObject list = m.heap.make(m.types.list);
        m.heap.addElement(list, m.string(), false);
        return Value.of(list);
    }

    private Value joinPath(CallArguments args, dev.trackit.python.knowledge.ClassKnowledge type) {
        m.heap.readDeep(args.all());
        String path = "";
        for (CallArguments.Argument a : args.list) {
            String text = a.value().text();
            if (text == null || args.open) {
                return type == m.types.string
                        ? m.string()
                        : Value.of(new HeapObject(0, type, false, m.statement, null));
            }
            path = FilePaths.join(path, text);
        }
        String whole = path.isEmpty() ? "." : path;
        return type == m.types.string ? m.ofConstant(whole) : Value.of(m.heap.path(whole));
    }

    private Value joinSelf(HeapObject self, CallArguments args) {
        CallArguments all = CallArguments.of(Value.of(self));
        args.list.forEach(a -> all.add("", a.value(), a.source()));
        return joinPath(all, m.types.path);
    }

    private Value partOfPath(String which, HeapObject self) {
        Value part = partOf(which, Value.of(self));
        String text = part.text();
        return which.equals("parent") && text != null ? Value.of(m.heap.path(text)) : part;
    }

    private Value splitSuffix(Value path) {
        m.heap.readDeep(path);
        String s = path.text();
        int dot = s == null ? -1 : s.lastIndexOf('.');
        if (s == null) {
            return Value.of(m.heap.container(m.types.tuple, List.of(m.string(), m.string())));
        }
        boolean has = dot > s.lastIndexOf('/') + 1;
        return Value.of(m.heap.container(
                m.types.tuple,
                List.of(m.ofConstant(has ? s.substring(0, dot) : s), m.ofConstant(has ? s.substring(dot) : ""))));
    }

    /** The file of another name, stem or suffix beside the file. */
    private Value renamedPath(String method, HeapObject self, Value given) {
        m.heap.readDeep(Value.of(self));
        String to = given.text();
        if (!(self.constant instanceof String s) || to == null) {
            return Value.of(new HeapObject(0, m.types.path, false, m.statement, null));
        }
        String folder = s.substring(0, s.lastIndexOf('/') + 1);
        String name = s.substring(folder.length());
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String suffix = dot > 0 ? name.substring(dot) : "";
        return Value.of(m.heap.path(folder
                + switch (method) {
                    case "with_suffix" -> stem + to;
                    case "with_stem" -> to + suffix;
                    default -> to;
                }));
    }

    private Value partOf(String which, Value path) {
        m.heap.readDeep(path);
        String s = path.text();
        if (s == null) {
            return which.equals("parent")
                    ? Value.of(new HeapObject(0, m.types.path, false, m.statement, null))
                    : m.string();
        }
        int slash = s.lastIndexOf('/');
        String name = s.substring(slash + 1);
        int dot = name.lastIndexOf('.');
        return m.ofConstant(
                switch (which) {
                    case "parent" -> s.equals(".") ? ".." : slash < 0 ? "." : slash == 0 ? "/" : s.substring(0, slash);
                    case "stem" -> dot > 0 ? name.substring(0, dot) : name;
                    case "suffix" -> dot > 0 ? name.substring(dot) : "";
                    default -> name;
                });
    }

    // ---- files

    private static String mode(CallArguments args, int place) {
        CallArguments.Argument a = args.named("mode");
        if (a == null) {
            a = args.at(place);
        }
        if (a == null) {
            return "r";
        }
        String text = a.value().text();
        return text == null ? "r+" : text;
    }

    private Value open(Value path, String mode) {
        m.heap.readDeep(path);
        boolean writes = mode.contains("w") || mode.contains("a") || mode.contains("x");
        boolean both = mode.contains("+");
        if (!writes) {
            m.files.read(path, "open");
        }
        if (writes || both) {
            m.files.write(path, "open", mode.contains("a") || !writes);
        }
        return opened(path, writes || both);
    }

    private Value opened(Value path, boolean writes) {
        HeapObject file = m.heap.make(m.types.file);
        List<String> paths = new java.util.ArrayList<>();
        for (HeapObject o : path.objects()) {
            if (o.constant instanceof String s) {
                paths.add(s);
            } else if (o.payload instanceof Payload.OpenFile f) {
                paths.addAll(f.paths());
            }
        }
        file.payload = new Payload.OpenFile(paths, writes);
        return Value.of(file);
    }

    private Value connect(Value path) {
        m.heap.readDeep(path);
        String text = path.text();
        if (text == null || !text.equals(":memory:")) {
            m.files.read(path, "connect");
        }
        return opened(path, true);
    }

    private Value fileLike(CallArguments args) {
        m.heap.readDeep(args.all());
        Value first = args.valueAt(0);
        HeapObject o = first.single();
        HeapObject made = m.heap.make(m.types.file);
        made.payload = o == null ? null : o.payload;
        m.heap.addElement(made, first, false);
        return Value.of(made);
    }

    private Value writeFile(HeapObject self, CallArguments args) {
        m.heap.readDeep(args.all());
        m.heap.mutateContent(self, Certainty.SURE);
        m.files.write(Value.of(self), "write", true);
        if (self.payload instanceof Payload.OpenFile f) {
            f.written = true;
        }
        return m.integer();
    }

    /** Only then what was written is surely in the file. */
    private @Nullable Value closeFile(HeapObject self) {
        if (self.payload instanceof Payload.OpenFile f && f.writes() && f.written) {
            m.files.write(Value.of(self), "close", true);
        }
        return null;
    }

    /** A query reads a database, everything else may write it. */
    private @Nullable Value execute(CallKnowledge k, HeapObject self, CallArguments args) {
        m.heap.readDeep(args.all());
        String sql = textAtBegin(args.at(0));
        if (sql != null && QUERY.matcher(sql).lookingAt()) {
            m.heap.mutateContent(self, Certainty.SURE);
            m.files.read(Value.of(self), k.name());
        } else {
            writeFile(self, CallArguments.NONE);
        }
        return Value.of(self);
    }

    private static @Nullable String textAtBegin(CallArguments.@Nullable Argument a) {
        if (a == null) {
            return null;
        }
        String text = a.value().text();
        if (text == null
                && a.source() instanceof Expr.JoinedStr s
                && !s.values().isEmpty()
                && s.values().get(0) instanceof Expr.Constant c
                && c.value() instanceof String begin) {
            return begin;
        }
        return text;
    }

    private @Nullable Value readFile(CallKnowledge k, HeapObject self) {
        m.heap.mutateContent(self, Certainty.SURE);
        if (self.payload instanceof Payload.OpenFile f && f.writes()) {
            m.files.read(Value.of(self), k.name());
        }
        return null;
    }

    private Value print(CallArguments args) {
        m.heap.readDeep(args.all());
        for (CallArguments.Argument a : args.list) {
            if (a.name().equals("file")) {
                for (HeapObject o : a.value().objects()) {
                    m.heap.mutateContent(o, Certainty.SURE);
                }
                m.files.write(a.value(), "print", true);
            } else if (m.userCalls.dunder(a.value(), "__str__", CallArguments.NONE) == null) {
                m.userCalls.dunder(a.value(), "__repr__", CallArguments.NONE);
            }
        }
        return m.none();
    }

    /** Makes, looks at or fills a folder. */
    private @Nullable Value folder(CallKnowledge k, @Nullable HeapObject self, CallArguments args) {
        boolean own = self != null && self.isA("pathlib.Path");
        List<String> params = k.params();
        Value which = own && self != null
                ? Value.of(self)
                : params.isEmpty() ? args.valueAt(0) : m.libraryCalls.valueOf(k, args, params.get(params.size() - 1));
        m.heap.readDeep(which);
        if (which.isNothing()) {
            which = m.ofConstant(".");
        }
        switch (k.special()) {
            case "makeFolder" -> m.files.each(which, m.files.folders::make);
            case "askFile" -> m.files.each(which, m.files.folders::ask);
            case "listFolder" -> m.files.each(which, m.files.folders::list);
            default -> m.files.each(which, m.files.folders::fill);
        }
        return null;
    }

    /** A copy to a folder lies in it under the old name. */
    private Value copyInto(CallKnowledge k, CallArguments args) {
        m.heap.readDeep(args.all());
        Value from = m.libraryCalls.valueOf(k, args, "src");
        Value to = m.libraryCalls.valueOf(k, args, "dst");
        String source = from.text();
        String target = to.text();
        if (source != null && target != null && (target.endsWith("/") || m.files.folders.isMade(m.files.key(target)))) {
            to = m.ofConstant(FilePaths.join(target, source.substring(source.lastIndexOf('/') + 1)));
        }
        m.files.read(from, k.name());
        m.files.write(to, k.name(), false);
        if (k.name().equals("move")) {
            m.files.remove(from, k.name());
        }
        return to;
    }

    private Value copyFolder(CallArguments args) {
        m.heap.readDeep(args.all());
        m.files.each(args.valueAt(0), m.files.folders::list);
        m.files.each(args.valueAt(1), m.files.folders::fill);
        return args.valueAt(1);
    }

    private @Nullable Value shell(CallArguments args) {
        String command = args.valueAt(0).text();
        if (command != null) {
            m.magics.shell(command);
        }
        return null;
    }

    private Value chdir(CallArguments args) {
        m.heap.readDeep(args.all());
        m.files.changeFolder(args.valueAt(0));
        return m.none();
    }

    /** A pattern stands for the files that match it. */
    private Value glob(Value pattern, String folder) {
        m.heap.readDeep(pattern);
        HeapObject list = m.heap.make(m.types.list);
        String text = pattern.text();
        String whole = text == null ? null : folder.isEmpty() ? text : FilePaths.join(folder, text);
        boolean path = !folder.isEmpty();
        if (whole != null) {
            m.files.each(m.ofConstant(whole), m.files.folders::match);
        }
        m.heap.addElement(
                list, whole == null ? m.string() : path ? Value.of(m.heap.path(whole)) : m.ofConstant(whole), false);
        return Value.of(list);
    }
}
