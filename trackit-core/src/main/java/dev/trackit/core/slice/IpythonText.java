package dev.trackit.core.slice;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says IPython syntax in plain Python where Python can say it: {@code %time x = f()} becomes {@code x = f()}. What only IPython can do
 * becomes a call of {@code get_ipython()}, as IPython's own converter writes it.
 */
final class IpythonText {
    /** Magics that only run their argument, and measure or show something. */
    private static final Set<String> RUNNERS =
            Set.of("time", "prun", "mprun", "lprun", "memit", "snakeviz", "pyinstrument");
    /** Cell magics that only run their body. */
    private static final Set<String> CELL_RUNNERS =
            Set.of("time", "capture", "prun", "memit", "scalene", "snakeviz", "pyinstrument");
    /** Magics that change how things are shown, or nothing that a script has. */
    private static final Set<String> SHOWN_ONLY = Set.of(
            "matplotlib",
            "config",
            "load_ext",
            "reload_ext",
            "autoreload",
            "aimport",
            "precision",
            "pprint",
            "timeit",
            "who",
            "whos",
            "who_ls",
            "pdb",
            "debug",
            "tb",
            "xmode",
            "colors",
            "doctest_mode",
            "history",
            "hist",
            "notebook",
            "lsmagic",
            "magic",
            "pinfo",
            "pinfo2",
            "pdoc",
            "psource",
            "pfile",
            "pwd",
            "ls",
            "dirs",
            "watermark",
            "gui",
            "automagic",
            "autocall",
            "logstart",
            "logstop",
            "qtconsole",
            "connect_info",
            "beep",
            "nbagg",
            "page",
            "quickref");

    private static final Pattern LINE =
            Pattern.compile("(?:([^=%!\\n]+?)\\s*=\\s*)?%(\\w+)[ \\t]*(.*)", Pattern.DOTALL);
    private static final Pattern CELL = Pattern.compile("%%(\\w+)[ \\t]*([^\\n]*)(?:\\n(.*))?", Pattern.DOTALL);
    private static final Pattern SHELL = Pattern.compile("(?:([^=%!\\n]+?)\\s*=\\s*)?!(!?)(.*)", Pattern.DOTALL);
    private static final Pattern OPTIONS = Pattern.compile("^(?:-[lsTDrtfmu][ \\t]+\\S+[ \\t]+|-\\w+[ \\t]+)*");
    private static final Pattern BRACED = Pattern.compile("\\{[A-Za-z_][\\w.]*}");
    private static final Pattern SCRIPT = Pattern.compile("(?:-i\\s+)?([\\w./-]+\\.py)");
    private static final String PYLAB = """
            import numpy
            import matplotlib
            from matplotlib import pylab, mlab, pyplot
            np = numpy
            plt = pyplot
            from pylab import *
            from numpy import *""";

    private IpythonText() {}

    /**
     * A translation.
     *
     * @param text what to write; empty if there is nothing to run
     * @param plain whether plain Python runs it
     */
    record Translation(String text, boolean plain) {}

    static Translation of(String source) {
        String text = source.strip();
        Matcher cell = CELL.matcher(text);
        if (cell.matches()) {
            return cell(cell.group(1), cell.group(2).strip(), cell.group(3) == null ? "" : cell.group(3));
        }
        Matcher line = LINE.matcher(text);
        if (line.matches()) {
            return line(line.group(1), line.group(2), line.group(3).strip());
        }
        Matcher shell = SHELL.matcher(text);
        if (shell.matches()) {
            return shell(
                    shell.group(1), !shell.group(2).isEmpty(), shell.group(3).strip());
        }
        if (text.startsWith("?") || text.endsWith("?")) {
            return new Translation("", true);
        }
        return new Translation(text, true);
    }

    /** Whether it hands its text to the shell. */
    static boolean isShell(String source) {
        String text = source.strip();
        return text.startsWith("%%bash")
                || text.startsWith("%%sh")
                || !text.startsWith("%") && SHELL.matcher(text).matches();
    }

    /** A shell command; what IPython puts in for names in braces, an f-string puts in too. */
    private static Translation shell(@org.jspecify.annotations.Nullable String target, boolean shown, String command) {
        String rest = BRACED.matcher(command).replaceAll("");
        if (rest.indexOf('{') >= 0 || rest.indexOf('$') >= 0) {
            String call = target != null || shown ? "getoutput" : "system";
            return new Translation(target(target) + "get_ipython()." + call + "(" + quoted(command) + ")", false);
        }
        String text = (rest.equals(command) ? "" : "f") + quoted(command);
        return new Translation(
                target == null
                        ? "__import__(\"os\").system(" + text + ")"
                        : target(target) + "__import__(\"subprocess\").getoutput(" + text + ").splitlines()",
                true);
    }

    private static Translation cell(String magic, String argument, String body) {
        if (CELL_RUNNERS.contains(magic)) {
            return magic.equals("capture") && argument.matches("\\w+.*") ? captured(argument, body) : lines(body);
        }
        if (magic.equals("timeit")) {
            return new Translation("", true);
        }
        boolean appends = argument.startsWith("-a ");
        if ((magic.equals("writefile") || magic.equals("file")) && (appends || !argument.startsWith("-"))) {
            String file = unquote(appends ? argument.substring(3).strip() : argument);
            return new Translation(
                    "with open(" + quoted(file) + (appends ? ", \"a\")" : ", \"w\")") + " as _file:\n    _file.write("
                            + quoted(body.endsWith("\n") ? body : body + "\n") + ")",
                    true);
        }
        if ((magic.equals("bash") || magic.equals("sh")) && argument.isEmpty()) {
            return new Translation(
                    "__import__(\"subprocess\").run([\"" + magic + "\"], input=" + quoted(body) + ", text=True)", true);
        }
        return new Translation(
                "get_ipython().run_cell_magic(" + quoted(magic) + ", " + quoted(argument) + ", " + quoted(body) + ")",
                false);
    }

    /** {@code %%capture name} keeps what its body shows. */
    private static Translation captured(String argument, String body) {
        String name = argument.split("\\s+")[0];
        Translation lines = lines(body);
        return new Translation(
                "_captured = __import__(\"IPython.utils.capture\").utils.capture.capture_output()\n" + name
                        + " = _captured.__enter__()\n" + lines.text() + "\n_captured.__exit__(None, None, None)",
                lines.plain());
    }

    /** The body of a cell magic may hold magics of its own, each on a line that no bracket or string spans. */
    private static Translation lines(String body) {
        boolean plain = true;
        StringBuilder result = new StringBuilder();
        for (String line : body.split("\n", -1)) {
            boolean magic = line.startsWith("%") || line.startsWith("!");
            Translation translation = magic ? of(line) : new Translation(line, true);
            plain &= translation.plain();
            if (!magic || !translation.text().isEmpty()) {
                result.append(translation.text()).append('\n');
            }
        }
        return new Translation(result.toString().strip(), plain);
    }

    private static Translation line(String target, String magic, String argument) {
        if (target == null && RUNNERS.contains(magic)) {
            return of(OPTIONS.matcher(argument).replaceFirst(""));
        }
        if (target != null && magic.equals("time")) {
            return new Translation(target(target) + argument, true);
        }
        if (target == null && SHOWN_ONLY.contains(magic)) {
            return new Translation("", true);
        }
        if (target == null && magic.equals("pylab")) {
            return new Translation(PYLAB, true);
        }
        if (target == null && magic.equals("cd") && !argument.isEmpty() && !argument.startsWith("-")) {
            return new Translation("__import__(\"os\").chdir(" + quoted(unquote(argument)) + ")", true);
        }
        if (target == null && (magic.equals("env") || magic.equals("set_env"))) {
            Matcher setting = Pattern.compile("(\\w+)(?:\\s*=\\s*|\\s+)(.+)").matcher(argument);
            if (setting.matches()
                    && setting.group(2).indexOf('$') < 0
                    && setting.group(2).indexOf('{') < 0) {
                return new Translation(
                        "__import__(\"os\").environ[" + quoted(setting.group(1)) + "] = " + quoted(setting.group(2)),
                        true);
            }
        }
        Matcher script = SCRIPT.matcher(argument);
        if (target == null && magic.equals("run") && script.matches()) {
            String file = quoted(script.group(1));
            return new Translation("exec(compile(open(" + file + ").read(), " + file + ", \"exec\"))", true);
        }
        return new Translation(
                target(target) + "get_ipython().run_line_magic(" + quoted(magic) + ", " + quoted(argument) + ")",
                false);
    }

    private static String target(@org.jspecify.annotations.Nullable String target) {
        return target == null ? "" : target.strip() + " = ";
    }

    private static String unquote(String text) {
        boolean quoted = text.length() > 1
                && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.charAt(text.length() - 1) == text.charAt(0);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /** A Python string literal. */
    static String quoted(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> literal.append("\\\"");
                case '\\' -> literal.append("\\\\");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\0' -> literal.append("\\x00");
                default -> literal.append(c);
            }
        }
        return literal.append('"').toString();
    }
}
