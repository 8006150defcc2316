package dev.trackit.python.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trackit.python.parse.CpythonTrees;
import dev.trackit.python.parse.Parser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds the analysis of scopes against CPython's own {@code symtable}, over the standard library of this machine. */
class SymtableTest {

    @Test
    void eachScopeOfTheStandardLibraryHasTheNamesThatCpythonGivesIt() throws IOException {
        assumeTrue(CpythonTrees.version() < 312, "from Python 3.12 on, symtable merges comprehensions");
        List<String> differences = new ArrayList<>();
        int files = 0;
        Process process = CpythonTrees.start("/dev/trackit/python/scope/dump_symtable.py");
        try (BufferedReader output = CpythonTrees.output(process)) {
            for (String path = output.readLine(); path != null; path = output.readLine()) {
                List<String> expected = new ArrayList<>();
                for (String line = output.readLine(); !line.isEmpty(); line = output.readLine()) {
                    expected.add(line);
                }
                String source = Files.readString(Path.of(path), StandardCharsets.UTF_8);
                String actual = dump(Scope.of(Parser.parseModule(source)), 0);
                files++;
                if (!actual.equals(String.join("\n", expected))) {
                    differences.add(difference(path, expected, List.of(actual.split("\n"))));
                }
            }
        }
        assertThat(differences.stream().limit(15)).isEmpty();
        assertThat(files).isGreaterThan(100);
    }

    private static String difference(String path, List<String> expected, List<String> actual) {
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            if (!expected.get(i).equals(actual.get(i))) {
                return path + "\n  expected " + expected.get(i) + "\n  actual   " + actual.get(i);
            }
        }
        return path + ": " + expected.size() + " scopes, found " + actual.size();
    }

    private static String dump(Scope scope, int depth) {
        String type =
                switch (scope.kind()) {
                    case MODULE, CLASS -> scope.kind().name().toLowerCase(Locale.ROOT);
                    default -> "function";
                };
        // Python sorts by code points; the names of the library are ASCII
        TreeSet<String> names = new TreeSet<>();
        scope.locals().forEach(name -> names.add(name + ":L"));
        scope.globals().forEach(name -> names.add(name + ":G"));
        scope.free().forEach(name -> names.add(name + ":F"));
        List<String> lines = new ArrayList<>();
        lines.add((depth + " " + type + " " + scope.name() + " " + String.join(" ", names)).strip());
        scope.children().stream().map(child -> dump(child, depth + 1)).sorted().forEach(lines::add);
        return String.join("\n", lines);
    }
}
