package dev.trackit.python;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trackit.api.Analysis;
import dev.trackit.api.Effect;
import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.FrameState;
import dev.trackit.api.Location;
import dev.trackit.api.Output;
import dev.trackit.api.Session;
import dev.trackit.api.Statement;
import dev.trackit.spi.SessionAnalyzer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Analyses all notebooks of a corpus with ground truth and writes what its scorer compares. A tool for developers; see
 * {@code docs/lineage-quality.md}. Arguments: the corpus's folder, the order ({@code file}, {@code exec} or {@code messy}), the file to
 * write, and optionally a part of a notebook's id, whose effects are then printed.
 */
public final class CorpusTool {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CorpusTool() {}

    public static void main(String[] args) throws IOException {
        Path corpus = Path.of(args[0]);
        String order = args[1];
        String suffix = order.equals("file") ? ".truth.json" : "." + order + ".truth.json";
        ObjectNode notebooks = MAPPER.createObjectNode();
        List<Path> truths;
        try (Stream<Path> found = Files.walk(corpus.resolve("truth"))) {
            truths = found.filter(p -> p.toString().endsWith(suffix))
                    .filter(p -> !order.equals("file")
                            || !p.toString().endsWith(".exec.truth.json")
                                    && !p.toString().endsWith(".messy.truth.json"))
                    .sorted()
                    .toList();
        }
        for (Path truth : truths) {
            JsonNode t = MAPPER.readTree(truth.toFile());
            boolean print = args.length > 3 && t.path("notebook").asText().contains(args[3]);
            notebooks.set(t.path("notebook").asText(), analyse(corpus, t, print));
        }
        ObjectNode all = MAPPER.createObjectNode();
        all.set("notebooks", notebooks);
        MAPPER.writeValue(Path.of(args[2]).toFile(), all);
    }

    private static ObjectNode analyse(Path corpus, JsonNode truth, boolean print) throws IOException {
        Path notebook = corpus.resolve("repos").resolve(truth.path("notebook").asText());
        JsonNode cells = cells(notebook);
        Session session = Session.builder("s", "k")
                .language("python")
                .workingFolder(notebook.getParent())
                .build();
        SessionAnalyzer analyzer = PythonCodeAnalyzer.withBuiltInKnowledge().begin(session);
        Names names = new Names();
        ArrayNode out = MAPPER.createArrayNode();
        for (JsonNode c : truth.path("cells")) {
            int seq = c.path("seq").asInt();
            Execution e = execution(c, cells.path(c.path("index").asInt()), seq);
            Analysis a = analyzer.analyze(e);
            if (print) {
                print(seq, a);
            }
            out.add(names.answer(seq, a));
        }
        ObjectNode result = MAPPER.createObjectNode();
        result.set("cells", out);
        return result;
    }

    private static JsonNode cells(Path notebook) throws IOException {
        JsonNode root = MAPPER.readTree(notebook.toFile());
        return root.has("cells")
                ? root.path("cells")
                : root.path("worksheets").path(0).path("cells");
    }

    private static Execution execution(JsonNode truth, JsonNode cell, int seq) {
        List<Output> outputs = new ArrayList<>();
        ExecutionStatus status = ExecutionStatus.OK;
        for (JsonNode o : cell.path("outputs")) {
            String type = o.path("output_type").asText();
            if (type.equals("error") || type.equals("pyerr")) {
                status = ExecutionStatus.ERROR;
                outputs.add(Output.error(o.path("ename").asText(), text(o.path("traceback"), "\n")));
            } else if (type.equals("stream")) {
                outputs.add(Output.stream("stdout", text(o.path("text"), "")));
            } else {
                JsonNode data = o.has("data") ? o.path("data") : o;
                JsonNode plain = data.has("text/plain") ? data.path("text/plain") : data.path("text");
                boolean result = type.equals("execute_result") || type.equals("pyout");
                outputs.add(Output.builder(result ? Output.Type.RESULT : Output.Type.DISPLAY, "text/plain")
                        .text(text(plain, ""))
                        .build());
            }
        }
        return Execution.builder("e" + seq, "s", truth.path("code").asText())
                .sequence(seq + 1L)
                .executionCount(seq + 1)
                .status(status)
                .outputs(outputs)
                .build();
    }

    private static String text(JsonNode node, String separator) {
        if (!node.isArray()) {
            return node.asText();
        }
        List<String> lines = new ArrayList<>();
        node.forEach(l -> lines.add(l.asText()));
        return String.join(separator, lines);
    }

    private static void print(int seq, Analysis a) {
        System.out.println("==== " + seq + " " + a.problems());
        for (Statement s : a.statements()) {
            System.out.println("-- " + s.text() + "   " + s.traits() + " " + s.assumptions());
            for (Effect e : s.effects()) {
                System.out.println("     " + e.kind() + " " + e.location().key() + " ("
                        + e.location().label() + ") name=" + e.location().name() + " " + e.certainty()
                        + (e.before() ? " before" : ""));
            }
            s.transformations()
                    .forEach(t -> System.out.println("     * " + t.kind() + " " + t.call() + t.arguments()
                            + " " + t.inputs().stream().map(Location::label).toList() + " -> "
                            + t.outputs().stream().map(Location::label).toList() + " " + t.columns()));
        }
        System.out.println("   frames " + a.frames());
    }

    /** Answers by name, derived from effects as {@link Effect} says. */
    private static final class Names {
        private final Map<String, Integer> binder = new HashMap<>();
        private final Map<String, List<Integer>> mutators = new HashMap<>();
        private final Map<String, Integer> fileWriter = new HashMap<>();

        ObjectNode answer(int seq, Analysis a) {
            Set<String> reads = new TreeSet<>();
            Set<String> writes = new TreeSet<>();
            Set<String> changed = new TreeSet<>();
            Set<String> filesRead = new TreeSet<>();
            Set<String> filesWritten = new TreeSet<>();
            Set<String> deleted = new TreeSet<>();
            for (Statement s : a.statements()) {
                for (Effect e : s.effects()) {
                    if (e.certainty() == Effect.Certainty.POSSIBLE) {
                        continue;
                    }
                    String name = e.location().name();
                    boolean read = e.kind() == Effect.Kind.READ;
                    switch (e.location().kind()) {
                        case BINDING -> {
                            if (read && e.before()) {
                                reads.add(name);
                            } else if (e.kind() == Effect.Kind.WRITE) {
                                writes.add(name);
                                deleted.remove(name);
                            } else if (e.kind() == Effect.Kind.DELETE) {
                                writes.remove(name);
                                deleted.add(name);
                            }
                        }
                        case OBJECT -> {
                            if (e.kind() == Effect.Kind.MUTATE && e.before()) {
                                changed.add(name);
                            }
                        }
                        case PART -> {
                            if (!read && e.before()) {
                                changed.add(name);
                            }
                        }
                        case EXTERNAL -> {
                            boolean code = s.traits().contains(Statement.Trait.IMPORT);
                            boolean address = e.location().key().contains("://");
                            if (code || address) {
                                continue;
                            }
                            if (read && e.before()) {
                                filesRead.add(e.location().key());
                            } else if (!read && e.kind() != Effect.Kind.DELETE) {
                                filesWritten.add(e.location().key());
                            }
                        }
                        default -> {}
                    }
                }
            }
            Set<Integer> dependsOn = new TreeSet<>();
            for (String n : reads) {
                if (binder.containsKey(n)) {
                    dependsOn.add(binder.get(n));
                    List<Integer> by = mutators.getOrDefault(n, List.of());
                    if (!by.isEmpty()) {
                        dependsOn.add(by.get(by.size() - 1));
                    }
                }
            }
            for (String f : filesRead) {
                if (fileWriter.containsKey(f)) {
                    dependsOn.add(fileWriter.get(f));
                }
            }
            dependsOn.remove(seq);
            Set<String> mutates = new LinkedHashSet<>(changed);
            mutates.retainAll(reads);
            for (String n : changed) {
                mutators.computeIfAbsent(n, k -> new ArrayList<>()).add(seq);
            }
            for (String n : writes) {
                binder.put(n, seq);
                mutators.remove(n);
            }
            deleted.forEach(binder::remove);
            filesWritten.forEach(f -> fileWriter.put(f, seq));
            ObjectNode o = MAPPER.createObjectNode();
            o.put("seq", seq);
            o.set("reads", MAPPER.valueToTree(reads));
            o.set("writes", MAPPER.valueToTree(writes));
            o.set("mutates", MAPPER.valueToTree(mutates));
            o.set("files_read", MAPPER.valueToTree(filesRead));
            o.set("files_written", MAPPER.valueToTree(filesWritten));
            o.set("depends_on", MAPPER.valueToTree(dependsOn));
            ObjectNode frames = o.putObject("frames");
            for (FrameState f : a.frames()) {
                ObjectNode n = frames.putObject(f.dataset());
                n.set("rows", MAPPER.valueToTree(f.rowCount()));
                n.set("cols", MAPPER.valueToTree(f.columnCount()));
                n.set("columns", MAPPER.valueToTree(f.columnNames()));
            }
            return o;
        }
    }
}
