package dev.trackit.python.parse;

import java.util.Map;
import java.util.Set;

/** What is known of magics by their names. */
final class Magics {

    /** Magics that run their argument or their body as Python in this kernel: the option letters that take a value. */
    private static final Map<String, String> PYTHON = Map.ofEntries(
            Map.entry("time", ""),
            Map.entry("timeit", "nrp"),
            Map.entry("prun", "lsTD"),
            Map.entry("lprun", "fmTDu"),
            Map.entry("mprun", "fTc"),
            Map.entry("memit", "rti"),
            Map.entry("snakeviz", "f"),
            Map.entry("debug", "b"),
            Map.entry("scalene", ""),
            Map.entry("pyinstrument", ""),
            Map.entry("heat", "o"));

    /** Cell magics whose body is Python and whose line is not. */
    private static final Set<String> PYTHON_BODY = Set.of(
            "capture",
            "time",
            "prun",
            "lprun",
            "mprun",
            "memit",
            "snakeviz",
            "debug",
            "scalene",
            "pyinstrument",
            "heat",
            "timeit");

    /** Words that IPython takes for magics at the beginning of a line that is not Python. */
    private static final Set<String> AUTOMAGIC = Set.of(
            "alias",
            "autoawait",
            "autocall",
            "autoreload",
            "bookmark",
            "cat",
            "cd",
            "clear",
            "colors",
            "conda",
            "config",
            "cp",
            "debug",
            "dhist",
            "dirs",
            "edit",
            "env",
            "gui",
            "hist",
            "history",
            "killbgscripts",
            "ldir",
            "less",
            "lf",
            "lk",
            "ll",
            "load",
            "load_ext",
            "loadpy",
            "logoff",
            "logon",
            "logstart",
            "logstate",
            "logstop",
            "ls",
            "lsmagic",
            "lx",
            "macro",
            "magic",
            "man",
            "matplotlib",
            "mkdir",
            "more",
            "mv",
            "notebook",
            "page",
            "pastebin",
            "pdb",
            "pdef",
            "pdoc",
            "pfile",
            "pinfo",
            "pinfo2",
            "pip",
            "popd",
            "pprint",
            "precision",
            "prun",
            "psearch",
            "psource",
            "pushd",
            "pwd",
            "pycat",
            "pylab",
            "qtconsole",
            "quickref",
            "recall",
            "rehashx",
            "reload_ext",
            "rep",
            "rerun",
            "reset",
            "reset_selective",
            "rm",
            "rmdir",
            "run",
            "save",
            "sc",
            "set_env",
            "store",
            "sx",
            "system",
            "tb",
            "time",
            "timeit",
            "unalias",
            "unload_ext",
            "who",
            "who_ls",
            "whos",
            "xdel",
            "xmode");

    /** Automagics that hardly anybody uses as names of variables. */
    private static final Set<String> UNAMBIGUOUS = Set.of(
            "ls",
            "ll",
            "cd",
            "pwd",
            "who",
            "whos",
            "who_ls",
            "lsmagic",
            "quickref",
            "pylab",
            "dhist",
            "pushd",
            "popd",
            "pip",
            "conda",
            "load_ext",
            "reload_ext",
            "matplotlib",
            "cat",
            "mkdir",
            "rmdir");

    private Magics() {}

    static boolean runsArgument(String name) {
        return PYTHON.containsKey(name);
    }

    static boolean runsBody(String name) {
        return PYTHON_BODY.contains(name);
    }

    /** Whether the letter of an option of the magic takes a value. */
    static boolean takesValue(String name, char letter) {
        String letters = PYTHON.get(name);
        return letters != null && letters.indexOf(letter) >= 0;
    }

    static boolean isAutomagic(String name) {
        return AUTOMAGIC.contains(name);
    }

    static boolean isUnambiguous(String name) {
        return UNAMBIGUOUS.contains(name);
    }
}
