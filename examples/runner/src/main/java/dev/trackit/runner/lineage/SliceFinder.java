package dev.trackit.runner.lineage;

import dev.trackit.api.Session;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.ExternalDataset;
import dev.trackit.core.slice.Slice;
import dev.trackit.core.slice.Slicer;
import dev.trackit.runner.cli.Environment;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the slice of what a user names. */
public final class SliceFinder {
    private final LoadedLineage lineage;
    private final Environment environment;
    private final Slicer slicer;

    /** Slices of these notebooks. */
    public SliceFinder(LoadedLineage lineage, Environment environment) {
        this.lineage = lineage;
        this.environment = environment;
        this.slicer = new Slicer(lineage.graph());
    }

    /**
     * The slice of a variable.
     *
     * @param at as it was after this execution of the first notebook, by its number; null for the end of the last session
     * @throws Failure with {@link ExitCodes#NOTHING} if there is no such variable then
     */
    public Slice variable(String variable, @Nullable Long at) {
        Optional<Slice> found = Optional.empty();
        if (at != null) {
            found = slicer.variable(execution(at), variable);
        } else {
            for (LoadedLineage.Loaded notebook : lineage.notebooks()) {
                found = found.or(() -> slicer.variable(lineage.lastSession(notebook), variable));
            }
        }
        return found.orElseThrow(() -> Failure.of(
                ExitCodes.NOTHING,
                "There is no variable " + TerminalText.line(variable) + " then.",
                "The names at the end: "
                        + TerminalText.line(String.join(
                                ", ",
                                lineage.graph()
                                        .names(lineage.lastSession(
                                                lineage.notebooks().get(0)))))));
    }

    /**
     * The slice of a file.
     *
     * @param file as code names it, or a path
     * @param at as {@link #variable}; null for the last time that it was written
     * @throws Failure with {@link ExitCodes#NOTHING} if nothing that was executed writes it
     */
    public Slice file(String file, @Nullable Long at) {
        for (LoadedLineage.Loaded notebook : lineage.notebooks()) {
            for (Session session : lineage.graph().sessions(notebook.name())) {
                Optional<ExternalDataset> dataset = lineage.graph()
                        .external(session, file)
                        .or(() -> lineage.graph()
                                .external(session, environment.resolve(file).toString()));
                Optional<Slice> slice =
                        dataset.flatMap(d -> at == null ? slicer.file(d) : slicer.file(d, execution(at)));
                if (slice.isPresent()) {
                    return slice.get();
                }
            }
        }
        throw Failure.of(
                ExitCodes.NOTHING,
                "Nothing that was executed writes " + TerminalText.line(file) + ".",
                "The files that were written: " + TerminalText.line(writtenFiles()));
    }

    /** The slices of every data frame, array and model that is there at the end. */
    List<Slice> datasets() {
        List<Slice> slices = new ArrayList<>();
        for (LoadedLineage.Loaded notebook : lineage.notebooks()) {
            Session session = lineage.lastSession(notebook);
            slicer.datasets(session)
                    .forEach(value -> slicer.variable(session, value.name()).ifPresent(slices::add));
        }
        return slices;
    }

    private ExecutionNode execution(long at) {
        LoadedLineage.Loaded notebook = lineage.notebooks().get(0);
        return lineage.execution(notebook, at)
                .orElseThrow(() -> Failure.of(
                        ExitCodes.NOTHING, notebook.name() + " has no execution " + at + ".", "See them: trackit log"));
    }

    private String writtenFiles() {
        return String.join(
                ", ",
                lineage.graph().externals().stream()
                        .filter(d -> !d.writes().isEmpty())
                        .map(ExternalDataset::key)
                        .toList());
    }
}
