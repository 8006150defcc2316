package dev.trackit.python.effects;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What people's cells do, case by case. The cases stand in {@code effect-cases.txt}: a title after {@code ##}, cells separated by
 * {@code ---}, and in each cell what is expected of it after {@code #:}, for example {@code #: reads df; mutates df}. What is not said to
 * be read, written, mutated, deleted, loaded or saved must not be. {@code needs NAME: a | b} checks the statements on which the value of
 * a name rests at the end.
 */
class EffectCasesTest {

    @TestFactory
    Stream<DynamicTest> eachCase() throws IOException {
        String text;
        try (InputStream in = EffectCasesTest.class.getResourceAsStream("effect-cases.txt")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        return Arrays.stream(text.split("(?m)^## "))
                .skip(1)
                .map(c -> DynamicTest.dynamicTest(c.substring(0, c.indexOf('\n')), () -> check(c)));
    }

    private static void check(String text) {
        String[] cells = text.substring(text.indexOf('\n') + 1).split("(?m)^---\n");
        AnalyzedCells analyzed = new AnalyzedCells(null);
        for (String cell : cells) {
            analyzed.add(cell.stripTrailing());
        }
        for (int i = 0; i < cells.length; i++) {
            assertThat(actual(analyzed, i)).as(cells[i]).isEqualTo(expected(cells[i]));
        }
        for (String line : text.split("\n")) {
            if (line.startsWith("#: needs ")) {
                int colon = line.indexOf(':', 4);
                String name = line.substring("#: needs ".length(), colon).strip();
                List<String> statements = Arrays.stream(
                                line.substring(colon + 1).split("\\|"))
                        .map(String::strip)
                        .toList();
                assertThat(analyzed.slice(name).stream().map(s -> s.replaceAll("\\s+", " ")))
                        .as("what " + name + " rests on")
                        .containsExactlyElementsOf(statements);
            }
        }
    }

    private static List<String> expected(String cell) {
        List<String> found = new ArrayList<>();
        for (String line : cell.split("\n")) {
            int at = line.indexOf("#: ");
            if (at >= 0 && !line.startsWith("#: needs ")) {
                for (String part : line.substring(at + 3).split(";")) {
                    String[] words = part.strip().split("\\s+");
                    Set<String> names = new TreeSet<>(Arrays.asList(words).subList(1, words.length));
                    found.add(words[0] + " " + names);
                }
            }
        }
        found.sort(null);
        return found;
    }

    private static List<String> actual(AnalyzedCells analyzed, int cell) {
        List<String> found = new ArrayList<>();
        put(found, "reads", analyzed.reads(cell));
        put(found, "writes", analyzed.writes(cell));
        Set<String> mutates = analyzed.mutates(cell);
        put(found, "mutates", mutates);
        put(found, "deletes", analyzed.deletes(cell));
        put(found, "loads", analyzed.filesRead(cell));
        put(found, "saves", analyzed.filesWritten(cell));
        found.sort(null);
        return found;
    }

    private static void put(List<String> found, String what, Set<String> names) {
        if (!names.isEmpty()) {
            found.add(what + " " + names);
        }
    }
}
