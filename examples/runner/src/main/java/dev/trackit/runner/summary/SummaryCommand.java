package dev.trackit.runner.summary;

import dev.trackit.api.SummarizerException;
import dev.trackit.api.Summary;
import dev.trackit.core.TrackitReader;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.RunnerCommand;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.cli.Workspace;
import dev.trackit.runner.lineage.LineageLoader;
import dev.trackit.runner.picture.DocumentPicture;
import dev.trackit.runner.read.RecordFilter;
import dev.trackit.spi.SummaryPlan;
import dev.trackit.summary.outline.Experiment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trackit summary}: what was done to the data, in words that can be followed back. */
@Command(
        name = "summary",
        sortOptions = false,
        description =
                "Tell what was done to the data of a notebook, in words; each statement names the steps that it rests on.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  trackit summary titanic                                offline, by rules, nothing leaves the machine",
            "  trackit summary titanic --section Cleaning             one section",
            "  trackit summary --since 1w --tag baseline              all notebooks that fit",
            "  trackit summary titanic --format pdf -o titanic.pdf    a document to hand on",
            "  trackit summary titanic --summarizer bedrock --dry-run what would be sent, and how much, without sending",
            "  trackit summary titanic --summarizer bedrock -O bedrock.region=us-east-1",
            "",
            "Options of summarizers can be kept in .trackit/config.properties, one NAME=VALUE a line.",
            "If the chosen summarizer fails, the offline summary is printed, and the exit code is 5.",
        })
public final class SummaryCommand extends RunnerCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "NOTEBOOK",
            description = "Recorded notebooks, or .ipynb files; without any, all recorded ones that fit.")
    private List<String> notebooks = new ArrayList<>();

    @Mixin
    private SummaryArguments arguments = new SummaryArguments();

    @Option(names = "--format", paramLabel = "FORMAT", description = "text, md, html, pdf or json; default text.")
    private @Nullable SummaryFormat format;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to this file; its ending chooses the format.")
    private @Nullable String output;

    @Option(names = "--dry-run", description = "Only show exactly what would be sent, and how many tokens.")
    private boolean dryRun;

    @Option(names = "--fresh", description = "Make it again, also if a kept one is still right.")
    private boolean fresh;

    /** Called by the table of commands. */
    public SummaryCommand() {}

    @Override
    protected int run() throws IOException {
        List<String> chosen = notebooks.isEmpty() ? fitting() : notebooks;
        if (output != null) {
            checkOutput(output, chosen.size());
        }
        int worst = ExitCodes.FINE;
        for (String notebook : chosen) {
            if (arguments.scope().listsExperiments()) {
                worst = Math.max(worst, listExperiments(notebook));
                continue;
            }
            try (SummaryMaker maker = arguments.open(program(), notebook)) {
                worst = Math.max(worst, dryRun ? plan(maker) : make(maker));
            }
        }
        return worst;
    }

    /** Before anything is asked or paid for. */
    private void checkOutput(String name, int chosen) {
        if (chosen != 1) {
            throw Failure.of(ExitCodes.USAGE, "-o takes one notebook, not " + chosen + ".");
        }
        Path file = environment().resolve(name);
        Path parent = file.getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            throw Failure.of(
                    ExitCodes.NOTHING,
                    "There is no folder " + environment().display(parent) + " to write "
                            + TerminalText.line(String.valueOf(file.getFileName())) + " to.");
        } else if (Files.isDirectory(file)) {
            throw Failure.of(ExitCodes.USAGE, environment().display(file) + " is a folder; -o needs a file.");
        }
        String last = String.valueOf(file.getFileName());
        boolean unknown = last.lastIndexOf('.') > 0 && byEnding(last).isEmpty();
        if (unknown && !json && format == null) {
            throw Failure.of(
                    ExitCodes.USAGE,
                    "The ending of " + TerminalText.line(last) + " names no format.",
                    "Endings that do: "
                            + Stream.of(SummaryFormat.values())
                                    .map(known -> "." + known.ending())
                                    .collect(Collectors.joining(" ")),
                    "Or say which: --format text");
        }
    }

    private static Optional<SummaryFormat> byEnding(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Stream.of(SummaryFormat.values())
                .filter(known -> lower.endsWith("." + known.ending()))
                .findFirst();
    }

    /** All notebooks on the record that fit the filter. */
    private List<String> fitting() {
        RecordFilter filter = arguments.scope().read(environment()).filter();
        try (TrackitReader reader = new Workspace(environment(), program().store()).open()) {
            List<String> fitting = reader.notebooks().stream()
                    .filter(n -> n.executions() > 0 && filter.accepts(reader.timeline(n.id())))
                    .map(n -> n.id().value())
                    .toList();
            if (fitting.isEmpty()) {
                throw Failure.of(ExitCodes.NOTHING, "No notebook on the record fits.");
            }
            return fitting;
        }
    }

    private int listExperiments(String notebook) {
        List<Experiment> experiments = Scope.experiments(new LineageLoader(program(), null).load(List.of(notebook)));
        for (Experiment experiment : experiments) {
            long first = experiment.executions().get(0).sequence();
            long last = experiment
                    .executions()
                    .get(experiment.executions().size() - 1)
                    .sequence();
            if (format() == SummaryFormat.JSON) {
                console().json(g -> {
                    g.writeStartObject();
                    g.writeNumberField("experiment", experiment.number());
                    g.writeStringField("occasion", experiment.occasion());
                    g.writeNumberField("first", first);
                    g.writeNumberField("last", last);
                    g.writeEndObject();
                });
            } else {
                console()
                        .line(experiment.number() + "  executions #" + first + " to #" + last + "  "
                                + experiment.occasion());
            }
        }
        return experiments.isEmpty() ? ExitCodes.NOTHING : ExitCodes.FINE;
    }

    private int plan(SummaryMaker maker) {
        SummaryPlan plan = maker.plan();
        if (format() == SummaryFormat.JSON) {
            console().json(g -> SummaryJson.plan(g, plan));
        } else {
            PlanText.print(console(), plan, arguments.summarizer());
        }
        return ExitCodes.FINE;
    }

    private int make(SummaryMaker maker) throws IOException {
        boolean streaming = maker.remote()
                && output == null
                && format() == SummaryFormat.TEXT
                && console().isTerminal();
        try {
            SummaryMaker.Made made = maker.make(
                    fresh,
                    streaming ? text -> console().progressText(TerminalText.clean(text)) : text -> {},
                    Thread.currentThread()::isInterrupted);
            write(maker.material(), made.summary(), made.kept());
            if (!made.problem().isEmpty()) {
                console().note("It could not be kept: " + TerminalText.line(made.problem()));
            }
            return ExitCodes.FINE;
        } catch (SummarizerException e) {
            console()
                    .error(
                            TerminalText.clean(String.valueOf(e.getMessage())),
                            List.of("The offline summary follows instead."));
            write(maker.material(), maker.offline(), false);
            return ExitCodes.IO;
        }
    }

    private SummaryFormat format() {
        if (json) {
            return SummaryFormat.JSON;
        } else if (format != null) {
            return format;
        } else if (output != null) {
            return byEnding(output).orElse(SummaryFormat.TEXT);
        }
        return SummaryFormat.TEXT;
    }

    private void write(Material material, Summary summary, boolean kept) throws IOException {
        SummaryFormat form = format();
        if (output != null) {
            write(
                    form == SummaryFormat.MD
                            ? markdownWithPicture(new SummaryExport(material, summary), output)
                                    .getBytes(StandardCharsets.UTF_8)
                            : form.of(material, summary, kept));
            return;
        }
        if (form == SummaryFormat.PDF) {
            throw Failure.of(ExitCodes.USAGE, "A PDF needs a file to go to.", "For example: -o summary.pdf");
        }
        String text = new String(form.of(material, summary, kept), StandardCharsets.UTF_8);
        console().print(form == SummaryFormat.TEXT ? TerminalText.clean(text) : text);
    }

    /** The picture goes into a file beside: {@code summary.md} shows {@code summary.svg}. */
    private String markdownWithPicture(SummaryExport export, String name) throws IOException {
        Optional<DocumentPicture> picture = export.picture();
        if (picture.isEmpty()) {
            return export.markdown();
        }
        Path file = environment().resolve(name);
        String beside = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]+$", "") + ".svg";
        Path drawing = file.resolveSibling(beside);
        Files.writeString(drawing, picture.get().file(), StandardCharsets.UTF_8);
        console().note("Written to " + environment().display(drawing) + ".");
        return export.markdown(beside);
    }

    private void write(byte[] content) throws IOException {
        Path file = environment().resolve(output == null ? "" : output);
        Files.write(file, content);
        console().note("Written to " + environment().display(file) + ".");
    }
}
