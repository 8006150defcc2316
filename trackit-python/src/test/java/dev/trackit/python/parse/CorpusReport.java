package dev.trackit.python.parse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trackit.python.ast.ParsedCell;
import dev.trackit.python.ast.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** For people: what the parser could not read in the notebooks below a folder. Its only argument is the folder. */
final class CorpusReport {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CorpusReport() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int cells = 0;
        int bad = 0;
        for (Path notebook : notebooks(Path.of(arguments[0]))) {
            for (String source : pythonCells(notebook)) {
                cells++;
                ParsedCell cell = Parser.parseCell(source);
                for (Problem problem : cell.problems()) {
                    if (problem.kind() == Problem.Kind.SYNTAX) {
                        bad++;
                        out.println(notebook + ": " + problem.span().line() + ":"
                                + problem.span().column() + " " + problem.message() + "\n" + source.indent(8));
                    }
                }
            }
        }
        out.println(cells + " cells, " + bad + " problems");
    }

    static List<Path> notebooks(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".ipynb"))
                    .sorted()
                    .toList();
        }
    }

    /** The code cells of a notebook of formats 3 and 4; none if it is not a notebook or not Python. */
    static List<String> pythonCells(Path notebook) throws IOException {
        JsonNode root;
        try {
            root = MAPPER.readTree(notebook.toFile());
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            return List.of();
        }
        String language = root.at("/metadata/kernelspec/language").asText("python");
        String name = root.at("/metadata/language_info/name").asText("python");
        List<String> sources = new ArrayList<>();
        if (language.toLowerCase(java.util.Locale.ROOT).contains("python")
                && name.toLowerCase(java.util.Locale.ROOT).contains("python")) {
            root.path("cells").forEach(cell -> add(cell, "source", sources));
            root.path("worksheets").forEach(sheet -> sheet.path("cells").forEach(cell -> add(cell, "input", sources)));
        }
        return sources;
    }

    private static void add(JsonNode cell, String field, List<String> sources) {
        if (!"code".equals(cell.path("cell_type").asText())) {
            return;
        }
        JsonNode source = cell.path(field);
        StringBuilder text = new StringBuilder();
        if (source.isArray()) {
            source.forEach(line -> text.append(line.asText()));
        } else {
            text.append(source.asText());
        }
        sources.add(text.toString());
    }
}
