package dev.trackit.python.effects;

import dev.trackit.api.Effect;
import dev.trackit.api.Location;
import dev.trackit.python.ast.Alias;
import dev.trackit.python.ast.ParsedCell;
import dev.trackit.python.ast.Stmt;
import dev.trackit.python.knowledge.CallKnowledge;
import dev.trackit.python.knowledge.ClassKnowledge;
import dev.trackit.python.knowledge.ModuleKnowledge;
import dev.trackit.python.knowledge.Returned;
import dev.trackit.python.parse.Parser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Imports: libraries by what is known of them, modules beside the notebook by their source, which is read and never run. */
final class Imports {
    private static final long MAX_MODULE_BYTES = 2_000_000;

    private final Machine m;
    private final Map<String, Value> modules = new HashMap<>();
    private final Map<String, Value> members = new HashMap<>();
    private final Set<String> changedModules = new HashSet<>();
    private final List<String> starred = new ArrayList<>();
    private final List<String> folders = new ArrayList<>(List.of(""));
    private boolean pathChanged;

    Imports(Machine machine) {
        this.m = machine;
    }

    void run(Stmt.Import s, Scope scope) {
        for (Alias a : s.names()) {
            String as = a.asName();
            int dot = a.name().indexOf('.');
            if (as != null || dot < 0) {
                m.names.bind(scope, as == null ? a.name() : as, module(a.name()));
            } else {
                module(a.name());
                String top = a.name().substring(0, dot);
                m.names.bind(scope, top, module(top));
            }
        }
    }

    void run(Stmt.ImportFrom s, Scope scope) {
        String name = s.module() == null ? "" : s.module();
        for (Alias a : s.names()) {
            if (a.name().equals("*")) {
                star(name, scope);
                continue;
            }
            Value module = module(name.isEmpty() ? a.name() : name);
            Value v = name.isEmpty() ? module : m.attributes.load(module, a.name());
            String as = a.asName();
            m.names.bind(scope, as == null ? a.name() : as, v);
        }
    }

    /** Folders were added to the places where modules are looked for. */
    void pathChanged(Value added) {
        pathChanged = true;
        for (HeapObject o : added.objects()) {
            if (o.constant instanceof String folder && !folders.contains(folder) && folders.size() < 20) {
                folders.add(folder);
            }
        }
        m.log.add(Effect.Kind.MUTATE, LibraryCalls.hiddenLocation("sys.path"), true);
    }

    /** {@code from module import *}: binds what is known of it, and remembers it for names that are not found otherwise. */
    void star(String name, Scope scope) {
        Value module = module(name);
        HeapObject o = module.single();
        if (o == null || !(o.payload instanceof Payload.Module p)) {
            return;
        }
        Scope local = p.scope();
        if (local != null) {
            for (Map.Entry<String, Binding> each : List.copyOf(local.bindings.entrySet())) {
                if (!each.getKey().startsWith("_")) {
                    m.names.bind(scope, each.getKey(), each.getValue().value());
                }
            }
            return;
        }
        m.log.add(Effect.Kind.WRITE, starLocation(name), false);
        if (!starred.contains(name)) {
            starred.add(name);
        }
        ModuleKnowledge k = p.knowledge();
        if (k != null) {
            for (String each : k.names()) {
                if (!each.startsWith("_") && !m.builtins.isBuiltin(each)) {
                    m.names.bind(scope, each, member(k, name, each));
                }
            }
        } else {
            m.log.opaque = true;
            m.log.assume("Which names \"from " + name + " import *\" brings is not known");
        }
    }

    private static Location starLocation(String module) {
        return LibraryCalls.hiddenLocation("names of " + module);
    }

    /** A name that is bound nowhere: it may come from a star import. */
    @Nullable
    Value fromStar(String name) {
        if (starred.isEmpty()) {
            return null;
        }
        String from = starred.get(starred.size() - 1);
        for (String each : starred) {
            m.log.add(Effect.Kind.READ, starLocation(each), true);
        }
        return libraryName(from + "." + name, m.knowledge.module(from));
    }

    Value module(String name) {
        if (pathChanged) {
            m.log.add(Effect.Kind.READ, LibraryCalls.hiddenLocation("sys.path"), true);
        }
        Value known = modules.get(name);
        if (known != null) {
            noteSource(name);
            return known;
        }
        Scope scope = m.knowledge.module(name) == null ? readSource(name) : null;
        HeapObject o = new HeapObject(0, m.types.module, false, m.statement, null);
        o.payload = new Payload.Module(name, m.knowledge.module(name), scope);
        Value v = Value.of(o);
        modules.put(name, v);
        return v;
    }

    /** The module's file, if there is one beside the notebook or the session wrote it; null if it is a library's. */
    private @Nullable String sourceOf(String module) {
        String relative = module.replace('.', '/');
        for (String folder : folders) {
            for (String end : List.of(".py", "/__init__.py")) {
                String candidate = FilePaths.join(folder, relative + end);
                Path p = m.files.resolve(candidate);
                if (m.files.isWritten(candidate) || p != null && Files.isRegularFile(p)) {
                    return candidate;
                }
            }
        }
        return null;
    }

    private void noteSource(String module) {
        if (m.knowledge.module(module) == null) {
            String file = sourceOf(module);
            if (file != null) {
                m.files.read(m.ofConstant(file), "import");
            }
        }
    }

    private @Nullable Scope readSource(String module) {
        String file = sourceOf(module);
        if (file == null) {
            return null;
        }
        m.files.read(m.ofConstant(file), "import");
        String written = m.files.source(file);
        if (written != null) {
            return runSource(written, module);
        }
        Path p = m.files.resolve(file);
        return p == null || !Files.isRegularFile(p) ? null : runFile(p, module);
    }

    /** Interprets a file of Python in a namespace of its own; null if it cannot be read. */
    @Nullable
    Scope runFile(Path file, String module) {
        String source;
        try {
            if (Files.size(file) > MAX_MODULE_BYTES) {
                return null;
            }
            source = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            m.log.assume("The file " + file.getFileName() + " could not be read");
            return null;
        }
        return runSource(source, module);
    }

    private @Nullable Scope runSource(String source, String module) {
        if (!m.budget.enterCall()) {
            return null;
        }
        Scope scope = new Scope(Scope.Kind.MODULE, null, Set.of(), Set.of());
        scope.module = module;
        scope.bindings.put("__name__", new Binding(m.ofConstant("module"), m.execution, true));
        try {
            ParsedCell parsed = Parser.parseCell(source);
            m.statements.runBlock(parsed.statements(), scope);
        } finally {
            m.budget.leaveCall();
        }
        scope.complete = true;
        return scope;
    }

    // ---- members

    Value attribute(Payload.Module module, String name) {
        Scope scope = module.scope();
        if (scope != null) {
            Binding b = scope.bindings.get(name);
            if (b != null) {
                noteRead(scope, name);
                return b.value();
            }
            return sourceOf(module.name() + "." + name) != null ? module(module.name() + "." + name) : m.unknown();
        }
        if (changedModules.contains(module.name())) {
            m.log.add(Effect.Kind.READ, LibraryCalls.hiddenLocation(module.name() + "." + name), true);
        }
        ModuleKnowledge k = module.knowledge();
        if (k != null && has(k, name)) {
            return member(k, module.name(), name);
        }
        return below(module.name(), name);
    }

    private static boolean has(ModuleKnowledge k, String name) {
        return k.function(name) != null || k.type(name) != null || k.constant(name) != null || k.hidden(name) != null;
    }

    /** A name in a library that is not listed: a module, or something of which only its library is known. */
    Value below(String qualifiedName, String name) {
        String full = qualifiedName + "." + name;
        if (m.knowledge.hasModule(full)) {
            return module(full);
        }
        ModuleKnowledge k = m.knowledge.module(qualifiedName);
        return k != null && has(k, name) ? member(k, qualifiedName, name) : libraryName(full, k);
    }

    private Value libraryName(String full, @Nullable ModuleKnowledge module) {
        return members.computeIfAbsent(full, f -> {
            HeapObject o = new HeapObject(0, m.types.function, false, m.statement, null);
            o.payload = new Payload.LibraryName(f, module);
            return Value.of(o);
        });
    }

    Value member(ModuleKnowledge k, String module, String name) {
        Value known = members.get(module + "." + name);
        if (known != null) {
            return known;
        }
        Value v = makeMember(k, module, name);
        HeapObject o = v.single();
        if (o != null && (!o.identity || !o.hidden.isEmpty())) {
            members.put(module + "." + name, v);
        }
        return v;
    }

    private Value makeMember(ModuleKnowledge k, String module, String name) {
        CallKnowledge function = k.function(name);
        if (function != null) {
            return function(new Payload.LibraryFunction(function, module + "." + name, null));
        }
        ClassKnowledge type = k.type(name);
        if (type != null) {
            return libraryClass(type);
        }
        String hidden = k.hidden(name);
        if (hidden != null) {
            HeapObject o = new HeapObject(0, m.types.unknown, true, m.statement, null);
            o.hidden = hidden;
            return Value.of(o);
        }
        List<Returned> constant = k.constant(name);
        if (constant != null && !constant.isEmpty()) {
            ClassKnowledge of = constant.get(0).form() == Returned.Form.CLASS
                    ? m.knowledge.type(constant.get(0).name())
                    : m.types.scalar;
            return of == null ? m.scalar() : m.heap.makeValue(of);
        }
        return below(module, name);
    }

    Value function(Payload.LibraryFunction f) {
        HeapObject o = new HeapObject(0, m.types.function, false, m.statement, null);
        o.payload = f;
        return Value.of(o);
    }

    Value libraryClass(ClassKnowledge type) {
        HeapObject o = new HeapObject(0, m.types.function, false, m.statement, null);
        o.payload = new Payload.LibraryClass(type);
        return Value.of(o);
    }

    void attributeChanged(Payload.Module module, String name, Value value) {
        Scope scope = module.scope();
        if (scope != null) {
            m.names.bind(scope, name, value);
            return;
        }
        changedModules.add(module.name());
        m.log.add(Effect.Kind.WRITE, LibraryCalls.hiddenLocation(module.name() + "." + name), false);
    }

    /** A name of a local module is read, perhaps after the session gave it another value. */
    void noteRead(Scope module, String name) {
        if (module.changed.contains(name)) {
            m.log.add(Effect.Kind.READ, LibraryCalls.hiddenLocation(module.module + "." + name), true);
        }
    }

    /** A name of a local module is bound, by one of its functions or from outside, after it was imported. */
    void noteBound(Scope module, String name) {
        if (module.complete) {
            module.changed.add(name);
            m.log.add(Effect.Kind.WRITE, LibraryCalls.hiddenLocation(module.module + "." + name), false);
        }
    }
}
