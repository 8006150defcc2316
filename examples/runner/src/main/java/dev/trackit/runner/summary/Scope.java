package dev.trackit.runner.summary;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Cell;
import dev.trackit.api.Gap;
import dev.trackit.api.Notebook;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.Staleness;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.cli.Wording;
import dev.trackit.runner.lineage.LoadedLineage;
import dev.trackit.runner.read.RecordFilter;
import dev.trackit.summary.outline.Experiment;
import dev.trackit.summary.outline.OutlineRequest;
import dev.trackit.summary.outline.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a notebook's history is told. Immutable.
 *
 * @param section a heading, or words of one, under which the cells stand; null for all
 * @param experiment the number of an experiment; null for all
 * @param filter the time and the tags
 * @param last how many executions, from the end; null for all
 */
public record Scope(
        @Nullable String section,
        @Nullable Integer experiment,
        RecordFilter filter,
        @Nullable Integer last) {

    private static final int MOST_DOUBTS = 10;

    /** Checks. */
    public Scope {
        requireNonNull(filter, "filter");
    }

    /** The whole history. */
    public static Scope all() {
        return new Scope(null, null, RecordFilter.ALL, null);
    }

    /** The experiments of a notebook: each begins where a cell is edited and run again. */
    public static List<Experiment> experiments(LoadedLineage lineage) {
        return Experiment.of(executions(lineage));
    }

    /**
     * What the outline is to be made of.
     *
     * @throws Failure if the part does not exist or is empty
     */
    public OutlineRequest request(LoadedLineage lineage) {
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
        chosen = filtered(chosen, loaded, words);
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
                gaps,
                doubts(lineage, chosen));
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

    private List<ExecutionNode> filtered(
            List<ExecutionNode> executions, LoadedLineage.Loaded loaded, List<String> words) {
        int cells = cells(loaded).size();
        if (!filter.acceptsCells(cells)) {
            throw Failure.of(
                    ExitCodes.NOTHING, TerminalText.line(loaded.name()) + " has " + Wording.count(cells, "cell") + ".");
        }
        if (!filter.narrowsExecutions()) {
            return executions;
        }
        if (!filter.time().isOpen()) {
            words.add(filter.time().words());
        }
        if (!filter.tags().isEmpty()) {
            words.add("tagged " + String.join(" or ", filter.tags()));
        }
        Timeline timeline = loaded.timeline();
        RecordFilter.Executions fitting =
                timeline != null ? filter.executions(timeline) : filter.executions(requireNonNull(loaded.saved()));
        return executions.stream().filter(e -> fitting.accepts(e.execution())).toList();
    }

    /** What of the last session is out of date. */
    private static List<String> doubts(LoadedLineage lineage, List<ExecutionNode> chosen) {
        LoadedLineage.Loaded notebook = lineage.notebooks().get(0);
        Set<ExecutionNode> told = new HashSet<>(chosen);
        return Staleness.find(lineage.graph(), lineage.lastSession(notebook), notebook.saved(), lineage.disk()::now)
                .stream()
                .filter(f -> told.contains(f.execution()))
                .map(f -> "Out of date, of execution #" + f.execution().sequence() + ": " + f.detail())
                .distinct()
                .limit(MOST_DOUBTS)
                .toList();
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
