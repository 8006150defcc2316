package dev.trackit.python.effects;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the commonest shell commands do to files. */
final class Shell {
    private static final Set<String> SHOWS = Set.of(
            "ls",
            "dir",
            "pwd",
            "echo",
            "pip",
            "pip3",
            "conda",
            "python",
            "python3",
            "apt",
            "apt-get",
            "which",
            "date",
            "whoami",
            "nvidia-smi",
            "free",
            "df",
            "du",
            "uname",
            "find",
            "jupyter",
            "git",
            "true",
            "clear",
            "export",
            "source",
            "cd");
    private static final Set<String> READS =
            Set.of("cat", "head", "tail", "wc", "less", "more", "grep", "type", "sort", "cut", "awk", "sed", "file");

    private final Machine m;

    Shell(Machine machine) {
        this.m = machine;
    }

    void run(String command) {
        for (String part : command.split("&&|;|\\|\\|?")) {
            one(part.strip());
        }
    }

    private void one(String command) {
        List<String> words = words(command);
        List<String> plain = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String w = words.get(i);
            boolean append = w.startsWith(">>");
            if (append || w.startsWith(">")) {
                String file = w.substring(append ? 2 : 1);
                if (file.isEmpty() && i + 1 < words.size()) {
                    file = words.get(++i);
                }
                if (!file.startsWith("&") && !file.startsWith("/dev/")) {
                    m.files.write(m.ofConstant(file), "a shell command", append);
                }
            } else if (!w.startsWith("-") && !w.startsWith("2>")) {
                plain.add(w);
            }
        }
        if (!plain.isEmpty()) {
            command(plain.get(0), plain, words);
        }
    }

    private void command(String name, List<String> plain, List<String> all) {
        List<String> files = plain.subList(1, plain.size());
        switch (name) {
            case "cp", "mv" -> {
                if (files.size() >= 2) {
                    m.files.read(m.ofConstant(files.get(0)), name);
                    m.files.write(m.ofConstant(files.get(files.size() - 1)), name, false);
                    if (name.equals("mv")) {
                        m.files.remove(m.ofConstant(files.get(0)), name);
                    }
                }
            }
            case "rm" -> files.forEach(f -> m.files.remove(m.ofConstant(f), name));
            case "touch" -> files.forEach(f -> m.files.write(m.ofConstant(f), name, true));
            case "wget", "curl" -> download(files, all);
            case "mkdir" -> files.forEach(f -> m.files.each(m.ofConstant(f), m.files.folders::make));
            case "rmdir" -> files.forEach(f -> m.files.each(m.ofConstant(f), m.files.folders::removed));
            case "unzip" -> unzip(files, all);
            case "ls" -> m.files.each(m.ofConstant(files.isEmpty() ? "." : files.get(0)), m.files.folders::list);
            default -> {
                if (READS.contains(name)) {
                    files.stream()
                            .filter(f -> f.contains(".") && !f.contains("*") && !f.startsWith("{"))
                            .forEach(f -> m.files.read(m.ofConstant(f), name));
                } else if (!SHOWS.contains(name)) {
                    m.log.assume("What the command " + name + " does is not known");
                }
            }
        }
    }

    private void unzip(List<String> files, List<String> all) {
        if (files.isEmpty()) {
            return;
        }
        int into = all.indexOf("-d");
        m.files.read(m.ofConstant(files.get(0)), "unzip");
        String folder = into >= 0 && into + 1 < all.size() ? all.get(into + 1) : ".";
        m.files.each(m.ofConstant(folder), m.files.folders::fill);
    }

    private void download(List<String> files, List<String> all) {
        String target = "";
        for (int i = 0; i + 1 < all.size(); i++) {
            if (Set.of("-O", "-o", "--output", "--output-document").contains(all.get(i))) {
                target = all.get(i + 1);
            }
        }
        for (String f : files) {
            if (FilePaths.isAddress(f)) {
                m.files.read(m.ofConstant(f), "a shell command");
                if (target.isEmpty() || target.equals("-")) {
                    target = f.substring(f.lastIndexOf('/') + 1);
                }
            }
        }
        if (!target.isEmpty() && !target.equals("-")) {
            m.files.write(m.ofConstant(target), "a shell command", false);
        }
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (Character.isWhitespace(c)) {
                if (word.length() > 0) {
                    words.add(word.toString());
                    word.setLength(0);
                }
            } else {
                word.append(c);
            }
        }
        if (word.length() > 0) {
            words.add(word.toString());
        }
        return words;
    }
}
