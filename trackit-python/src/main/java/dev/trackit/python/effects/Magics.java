package dev.trackit.python.effects;

import dev.trackit.api.Effect;
import dev.trackit.api.Effect.Certainty;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.Stmt;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** IPython's magics and shell commands. */
final class Magics {
    private static final Set<String> HARMLESS = Set.of(
            "matplotlib",
            "load_ext",
            "reload_ext",
            "config",
            "autoreload",
            "who",
            "whos",
            "pwd",
            "ls",
            "history",
            "hist",
            "pip",
            "conda",
            "precision",
            "pdoc",
            "pinfo",
            "pinfo2",
            "psource",
            "lsmagic",
            "magic",
            "colors",
            "logstart",
            "logstop",
            "notebook",
            "watermark",
            "version_information",
            "html",
            "latex",
            "markdown",
            "svg",
            "javascript",
            "js",
            "HTML",
            "SVG",
            "memit",
            "xmode",
            "pprint",
            "page",
            "pycat",
            "tb",
            "pdb",
            "dirs",
            "bookmark",
            "install_ext",
            "automagic",
            "alias",
            "load",
            "qtconsole",
            "connect_info",
            "cat",
            "less",
            "more",
            "man");

    private final Machine m;
    private final Shell shell;

    Magics(Machine machine) {
        this.m = machine;
        this.shell = new Shell(machine);
    }

    void run(Stmt s, Scope scope) {
        switch (s.kind()) {
            case LINE_MAGIC -> line((Stmt.LineMagic) s, scope);
            case CELL_MAGIC -> cell((Stmt.CellMagic) s, scope);
            case SHELL_COMMAND -> command((Stmt.ShellCommand) s, scope);
            default -> {}
        }
    }

    /** What a command of the operating system does to files. */
    void shell(String command) {
        shell.run(command);
    }

    private void line(Stmt.LineMagic s, Scope scope) {
        if (s.automatic() && !s.body().isEmpty() && m.names.isBound(s.name())) {
            m.statements.runBlock(s.body(), scope);
            return;
        }
        for (Expr e : s.interpolations()) {
            m.expressions.use(e, scope);
        }
        String argument = s.argument().strip();
        switch (s.name()) {
            case "time", "prun", "mprun", "lprun" -> m.statements.runBlock(s.body(), scope);
            case "timeit", "memit" -> timed(s.body(), scope);
            case "cd", "pushd" -> m.files.changeFolder(m.ofConstant(unquoted(argument)));
            case "env", "set_env" -> environment(argument);
            case "run" -> runFile(argument, scope);
            case "store" -> store(argument, scope);
            case "pylab" -> pylab(scope);
            case "reset" -> reset();
            case "reset_selective", "xdel" -> m.log.assume("%" + s.name() + " removes names that are not followed");
            case "sql" -> m.log.assume("%sql reads a database that is not followed");
            case "rm" -> m.files.remove(m.ofConstant(unquoted(argument)), "%rm");
            case "mkdir", "rmdir", "cp", "mv" -> shell.run(s.name() + " " + argument);
            default -> {
                if (!HARMLESS.contains(s.name())) {
                    m.log.assume("What the magic %" + s.name() + " does is not known");
                }
                m.statements.runBlock(s.body(), scope);
            }
        }
        Expr target = s.target();
        if (target != null) {
            m.assignments.assign(target, m.unknown(), scope);
        }
    }

    private static String unquoted(String s) {
        if (s.length() >= 2 && (s.charAt(0) == '"' || s.charAt(0) == '\'') && s.charAt(s.length() - 1) == s.charAt(0)) {
            return s.substring(1, s.length() - 1);
        }
        return s;
    }

    /** {@code %timeit} runs its statements in a namespace of their own. */
    private void timed(List<Stmt> body, Scope scope) {
        Scope own = new Scope(Scope.Kind.FUNCTION, scope, FunctionNames.boundBy(body), Set.of());
        m.statements.runBlock(body, own);
    }

    /** {@code %env NAME=value} sets, {@code %env} alone shows. */
    private void environment(String argument) {
        if (argument.indexOf('=') > 0 || argument.strip().indexOf(' ') > 0) {
            m.log.add(Effect.Kind.MUTATE, LibraryCalls.hiddenLocation("os.environ"), true);
        }
    }

    private void runFile(String argument, Scope scope) {
        String name = "";
        for (String word : argument.split("\\s+")) {
            if (!word.startsWith("-")) {
                name = unquoted(word);
                break;
            }
        }
        if (name.isEmpty()) {
            return;
        }
        String file = name.endsWith(".py") || name.endsWith(".ipynb") ? name : name + ".py";
        m.files.read(m.ofConstant(file), "%run");
        Path path = m.files.resolve(file);
        Scope found = path != null && file.endsWith(".py") ? m.imports.runFile(path, name) : null;
        if (found == null) {
            m.log.opaque = true;
            m.log.assume("What %run " + name + " does is not known: its file cannot be read");
            return;
        }
        for (String each : List.copyOf(found.bindings.keySet())) {
            Binding b = found.bindings.get(each);
            if (b != null && !each.startsWith("__")) {
                m.names.bind(scope, each, b.value());
            }
        }
    }

    private void store(String argument, Scope scope) {
        boolean restores = false;
        for (String word : argument.split("\\s+")) {
            if (word.equals("-r")) {
                restores = true;
            } else if (!word.isEmpty() && !word.startsWith("-") && !word.startsWith(">")) {
                var where = new dev.trackit.api.Location(
                        dev.trackit.api.Location.Kind.EXTERNAL, "ipython-store://" + word, "%store " + word, "");
                if (restores) {
                    m.log.add(Effect.Kind.READ, where, true);
                    m.names.bind(scope, word, m.unknown());
                } else {
                    m.heap.readDeep(m.expressions.name(word, scope));
                    m.log.add(Effect.Kind.WRITE, where, false);
                }
            }
        }
    }

    private void pylab(Scope scope) {
        m.names.bind(scope, "np", m.imports.module("numpy"));
        m.names.bind(scope, "numpy", m.imports.module("numpy"));
        m.names.bind(scope, "plt", m.imports.module("matplotlib.pyplot"));
        m.names.bind(scope, "matplotlib", m.imports.module("matplotlib"));
        m.imports.star("numpy", scope);
        m.imports.star("matplotlib.pyplot", scope);
    }

    private void reset() {
        for (String name : List.copyOf(m.globals.bindings.keySet())) {
            if (m.names.isBound(name)) {
                m.names.unbind(m.globals, name);
            }
        }
    }

    private void cell(Stmt.CellMagic s, Scope scope) {
        for (Expr e : s.interpolations()) {
            m.expressions.use(e, scope);
        }
        String line = s.line().strip();
        switch (s.name()) {
            case "timeit" -> timed(s.body(), scope);
            case "capture" -> {
                m.statements.runBlock(s.body(), scope);
                for (String word : line.split("\\s+")) {
                    if (!word.isEmpty() && !word.startsWith("-")) {
                        m.names.bind(scope, word, m.unknown());
                    }
                }
            }
            case "writefile", "file" -> {
                boolean append = line.startsWith("-a ") || line.startsWith("--append ");
                String file = append ? line.substring(line.indexOf(' ') + 1).strip() : line;
                if (append) {
                    m.files.write(m.ofConstant(unquoted(file)), "%%" + s.name(), true);
                } else {
                    m.files.writeSource(unquoted(file), bodyOf(s));
                }
            }
            case "bash", "sh", "script", "system", "sx", "!" -> {
                for (String each : bodyOf(s).split("\n")) {
                    shell.run(each);
                }
            }
            default -> {
                if (!s.parsed() && !HARMLESS.contains(s.name())) {
                    m.log.assume("What the cell magic %%" + s.name() + " does is not known");
                }
                m.statements.runBlock(s.body(), scope);
            }
        }
    }

    private String bodyOf(Stmt.CellMagic s) {
        try {
            return s.bodySpan().text(m.source);
        } catch (IndexOutOfBoundsException elsewhere) {
            // The magic stands in a file that was read, not in this cell.
            return "";
        }
    }

    private void command(Stmt.ShellCommand s, Scope scope) {
        for (Expr e : s.interpolations()) {
            m.expressions.use(e, scope);
        }
        shell.run(s.command());
        Expr target = s.target();
        if (target != null) {
            HeapObject list = m.heap.make(m.types.list);
            m.heap.addElement(list, m.string(), false);
            m.assignments.assign(target, Value.of(list), scope);
        }
    }

    /** {@code get_ipython().run_line_magic(name, argument)} and its like. */
    @Nullable
    Value called(CallArguments args, Scope scope) {
        m.heap.readDeep(args.all());
        String name = args.valueAt(0).text();
        String argument = args.valueAt(1).text();
        if (name == null || argument == null) {
            m.log.assume("What a magic that is called by name does is not known");
        } else if (name.equals("cd")) {
            m.files.changeFolder(m.ofConstant(argument));
        } else if (name.equals("run")) {
            runFile(argument, scope);
        } else if (name.equals("pylab")) {
            pylab(scope);
        } else if (!HARMLESS.contains(name)) {
            m.log.assume("What the magic %" + name + " does is not known");
        }
        m.log.certainty = EffectLog.weaker(m.log.certainty, Certainty.SURE);
        return m.unknown();
    }
}
