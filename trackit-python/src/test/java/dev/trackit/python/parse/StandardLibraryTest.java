package dev.trackit.python.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.python.ast.ParsedCell;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Holds the parser against CPython's own {@code ast}, over the standard library of the Python of this machine. */
class StandardLibraryTest {

    private static final int CONTEXT = 150;

    @Test
    void eachFileOfTheStandardLibraryHasTheTreeThatCpythonGivesIt() throws IOException {
        List<String> differences = new ArrayList<>();
        int files = 0;
        Process process = CpythonTrees.start("dump_ast.py", System.getProperty("trackit.python.files", "--stdlib"));
        try (BufferedReader output = CpythonTrees.output(process)) {
            boolean positions = output.readLine().startsWith("positions");
            for (String path = output.readLine(); path != null; path = output.readLine()) {
                String expected = output.readLine();
                files++;
                String difference = compare(Path.of(path), expected, positions);
                if (difference != null) {
                    differences.add(path + "\n" + difference);
                }
            }
        }
        assertThat(differences.stream().limit(20)).isEmpty();
        assertThat(files).isGreaterThan(100);
    }

    private static @Nullable String compare(Path file, String expected, boolean positions) throws IOException {
        ParsedCell cell = Parser.parseModule(Files.readString(file, StandardCharsets.UTF_8));
        if (!cell.problems().isEmpty()) {
            return "problems: " + cell.problems();
        }
        String actual = TreeDump.of(cell, positions);
        if (actual.equals(expected)) {
            return null;
        }
        int at = 0;
        while (at < Math.min(actual.length(), expected.length()) && actual.charAt(at) == expected.charAt(at)) {
            at++;
        }
        int from = Math.max(0, at - CONTEXT);
        return "expected … " + expected.substring(from, Math.min(expected.length(), at + CONTEXT)) + "\n  actual … "
                + actual.substring(from, Math.min(actual.length(), at + CONTEXT));
    }
}
