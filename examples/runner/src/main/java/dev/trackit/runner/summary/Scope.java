package dev.trackit.runner.summary;

import dev.trackit.api.Cell;
import dev.trackit.api.Gap;
import dev.trackit.api.Notebook;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.outline.Experiment;
import dev.trackit.core.outline.OutlineRequest;
import dev.trackit.core.outline.Section;
import dev.trackit.runner.cli.Environment;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.Moments;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.lineage.LoadedLineage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose which part of a notebook's history is told, and the choice. */
final class Scope {
    @Option(
            names = "--section",
            paramLabel = "HEADING",
            description = "Only the cells under this heading, or one that holds these words.")
    private @Nullable String section;

    @Option(
            names = "--experiment",
            paramLabel = "N",
            description =
                    "Only the Nth experiment: each begins where a cell is edited and run again. --experiment 0 lists them.")
    private @Nullable Integer experiment;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "From then on: 2026-03-01, 14:30, today, 2h (two hours ago).")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Up to then.")
    private @Nullable String until;

    @Option(names = "--last", paramLabel = "N", description = "Only the last N executions.")
    private @Nullable Integer last;

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description = "Only cells with this tag, or executions tagged with trackit tag.")
    private List<String> tags = new ArrayList<>();

    /** Whether the user asked for the list of experiments. */
    boolean listsExperiments() {
        return experiment != null && experiment == 0;
    }

    /** The experiments of the notebook. */
    static List<Experiment> experiments(LoadedLineage lineage) {
        return Experiment.of(executions(lineage));
    }

    /** What the outline is to be made of. */
    OutlineRequest request(LoadedLineage lineage, Environment environment, Set<String> taggedExecutions) {
        LoadedLineage.Loaded loaded = lineage.notebooks().get(0);
        List<ExecutionNode> chosen = executions(lineage);
        if (chosen.isEmpty()) {
            throw Failure.of(ExitCodes.NOTHING, "Nothing was executed in " + TerminalText.line(loaded.name()) + ".");
        }
        List<String> words = new ArrayList<>();
        List<Cell> cells = cells(loaded);
        if (experiment != null) {
            Experiment one = experiment(lineage);
            chosen = one.executions();
            words.add("experiment " + one.number() + ", " + one.occasion());
        }
        if (section != null) {
            Section one = section(cells);
            chosen = chosen.stream()
                    .filter(e -> one.holds(e.execution().cell().cellIndex()))
                    .toList();
            cells = cells.stream().filter(c -> one.holds(c.index())).toList();
            words.add("the section \"" + one.heading() + "\"");
        }
        chosen = inTime(chosen, environment, words);
        chosen = tagged(chosen, cells, taggedExecutions, words);
        if (last != null) {
            chosen = chosen.subList(Math.max(0, chosen.size() - last), chosen.size());
            words.add("the last " + last + " executions");
        }
        if (chosen.isEmpty()) {
            throw Failure.of(ExitCodes.NOTHING, "Nothing was executed in " + String.join(", ", words) + ".");
        }
        List<Gap> gaps = loaded.timeline() == null ? List.of() : gaps(loaded, chosen);
        return new OutlineRequest(
                loaded.path() == null || loaded.path().getFileName() == null
                        ? loaded.name()
                        : loaded.path().getFileName().toString(),
                words.isEmpty() ? "the whole history" : String.join(", ", words),
                chosen,
                words.isEmpty() || section != null ? cells : proseNear(cells, chosen),
                gaps);
    }

    private static List<ExecutionNode> executions(LoadedLineage lineage) {
        String name = lineage.notebooks().get(0).name();
        return lineage.graph().executions().stream()
                .filter(e -> e.notebook().equals(name))
                .toList();
    }

    private static List<Cell> cells(LoadedLineage.Loaded loaded) {
        Notebook saved = loaded.saved();
        return saved == null ? List.of() : saved.cells();
    }

    private Experiment experiment(LoadedLineage lineage) {
        List<Experiment> all = experiments(lineage);
        int number = experiment == null ? 0 : experiment;
        if (number < 1 || number > all.size()) {
            throw Failure.of(
                    ExitCodes.NOTHING,
                    "There is no experiment " + number + "; there " + (all.size() == 1 ? "is one" : "are " + all.size())
                            + ".",
                    "The list: --experiment 0");
        }
        return all.get(number - 1);
    }

    private Section section(List<Cell> cells) {
        List<Section> all = Section.of(cells);
        List<Section> found = Section.find(all, section == null ? "" : section);
        if (found.size() == 1) {
            return found.get(0);
        }
        String headings = all.stream().map(Section::heading).collect(Collectors.joining("; "));
        throw Failure.of(
                found.isEmpty() ? ExitCodes.NOTHING : ExitCodes.USAGE,
                (found.isEmpty() ? "No heading holds \"" : found.size() + " headings hold \"")
                        + TerminalText.line(String.valueOf(section)) + "\".",
                headings.isEmpty()
                        ? "The notebook, as last saved, has no headings."
                        : "The headings: " + TerminalText.line(headings));
    }

    private List<ExecutionNode> inTime(List<ExecutionNode> executions, Environment environment, List<String> words) {
        Instant now = environment.clock().instant();
        Instant from = since == null ? null : Moments.parse("--since", since, now, environment.zone());
        Instant to = until == null ? null : Moments.parse("--until", until, now, environment.zone());
        if (from == null && to == null) {
            return executions;
        }
        words.add((from == null ? "" : "from " + from)
                + (from == null || to == null ? "" : " ")
                + (to == null ? "" : "until " + to));
        return executions.stream()
                .filter(e -> e.execution()
                        .startedAt()
                        .filter(at -> (from == null || !at.isBefore(from)) && (to == null || !at.isAfter(to)))
                        .isPresent())
                .toList();
    }

    private List<ExecutionNode> tagged(
            List<ExecutionNode> executions, List<Cell> cells, Set<String> taggedExecutions, List<String> words) {
        if (tags.isEmpty()) {
            return executions;
        }
        words.add("tagged " + String.join(" or ", tags));
        Set<String> ids = new HashSet<>(taggedExecutions);
        cells.stream().filter(c -> c.tags().stream().anyMatch(tags::contains)).forEach(c -> ids.add(c.id()));
        return executions.stream()
                .filter(e -> ids.contains(e.execution().id())
                        || ids.contains(e.execution().cell().cellId()))
                .toList();
    }

    /** The tags that were asked for. */
    List<String> tags() {
        return tags;
    }

    private static List<Cell> proseNear(List<Cell> cells, List<ExecutionNode> chosen) {
        Set<Integer> wanted = new HashSet<>();
        chosen.forEach(e -> wanted.add(e.execution().cell().cellIndex() - 1));
        return cells.stream().filter(c -> wanted.contains(c.index())).toList();
    }

    private static List<Gap> gaps(LoadedLineage.Loaded loaded, List<ExecutionNode> chosen) {
        Set<String> sessions = chosen.stream().map(e -> e.session().id()).collect(Collectors.toSet());
        return loaded.timeline() == null
                ? List.of()
                : loaded.timeline().gaps().stream()
                        .filter(g -> g.session().isEmpty() || sessions.contains(g.session()))
                        .toList();
    }
}
