package dev.trackit.runner;

import dev.trackit.runner.check.StatusCommand;
import dev.trackit.runner.check.VerifyCommand;
import dev.trackit.runner.cli.Program;
import dev.trackit.runner.cli.RunnerCommand;
import dev.trackit.runner.demo.DemoCommand;
import dev.trackit.runner.doctor.DoctorCommand;
import dev.trackit.runner.lineage.ColumnsCommand;
import dev.trackit.runner.lineage.DiffCommand;
import dev.trackit.runner.lineage.LineageCommand;
import dev.trackit.runner.lineage.SliceCommand;
import dev.trackit.runner.lineage.UsesCommand;
import dev.trackit.runner.manual.CompletionCommand;
import dev.trackit.runner.manual.ManCommand;
import dev.trackit.runner.read.LogCommand;
import dev.trackit.runner.read.LsCommand;
import dev.trackit.runner.read.ShowCommand;
import dev.trackit.runner.record.ImportCommand;
import dev.trackit.runner.record.UpCommand;
import dev.trackit.runner.summary.EvalCommand;
import dev.trackit.runner.summary.SummaryCommand;
import dev.trackit.runner.summary.TagCommand;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * The commands, in the order of the help. To add one, write a {@link RunnerCommand} and add a line here. Only the command that
 * is called is created, so that the number of commands costs nothing at start-up.
 */
final class Commands {
    /** The headings of the help. */
    enum Group {
        RECORD("Record"),
        READ("Read the record"),
        CHECK("Check"),
        LEARN("Learn");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /**
     * One command.
     *
     * @param name what the user types
     * @param group under which heading the help names it
     * @param synopsis its main arguments, for the help's list
     * @param summary one line on what it does
     * @param factory creates it
     */
    record Entry(
            String name, Group group, String synopsis, String summary, Supplier<? extends RunnerCommand> factory) {}

    static final List<Entry> ALL = List.of(
            new Entry("up", Group.RECORD, "[DIR]", "record a folder's notebooks while you work", UpCommand::new),
            new Entry("import", Group.RECORD, "FILE…", "take the record that saved notebooks hold", ImportCommand::new),
            new Entry("ls", Group.READ, "[DIR]", "list the notebooks that have a record", LsCommand::new),
            new Entry("log", Group.READ, "NOTEBOOK", "what was executed, in order", LogCommand::new),
            new Entry("show", Group.READ, "EXECUTION", "one execution, whole", ShowCommand::new),
            new Entry("lineage", Group.READ, "NOTEBOOK…", "how the data came to be", LineageCommand::new),
            new Entry(
                    "slice",
                    Group.READ,
                    "NOTEBOOK…",
                    "the few lines that make a variable or a file",
                    SliceCommand::new),
            new Entry("uses", Group.READ, "NOTEBOOK…", "what rests on a file, a column or a cell", UsesCommand::new),
            new Entry(
                    "columns",
                    Group.READ,
                    "NOTEBOOK",
                    "the columns of a data frame, and where each came from",
                    ColumnsCommand::new),
            new Entry(
                    "diff",
                    Group.READ,
                    "NOTEBOOK [NOTEBOOK]",
                    "what is different between two runs, and why",
                    DiffCommand::new),
            new Entry("summary", Group.READ, "NOTEBOOK", "what was done to the data, in words", SummaryCommand::new),
            new Entry("eval", Group.READ, "NOTEBOOK", "how good a summary is", EvalCommand::new),
            new Entry(
                    "tag", Group.READ, "NOTEBOOK [TAG…]", "mark notebooks and executions with words", TagCommand::new),
            new Entry("status", Group.CHECK, "[DIR]", "how the running agent is doing", StatusCommand::new),
            new Entry(
                    "verify", Group.CHECK, "[NOTEBOOK…]", "whether the logs are what was written", VerifyCommand::new),
            new Entry("doctor", Group.CHECK, "[DIR]", "what hinders the recording, and what to do", DoctorCommand::new),
            new Entry("demo", Group.LEARN, "[DIR]", "a session from start to end, in a new folder", DemoCommand::new),
            new Entry(
                    "completion",
                    Group.LEARN,
                    "SHELL",
                    "have your shell complete commands and options",
                    () -> new CompletionCommand(Commands::all)),
            new Entry(
                    "man",
                    Group.LEARN,
                    "[COMMAND]",
                    "manual pages",
                    () -> new ManCommand(Commands::all, "TrackIT " + Version.number())));

    private Commands() {}

    /** The program with all its commands, for what describes them; what runs one of them creates only that one. */
    static CommandLine all(Program program) {
        CommandLine root = new CommandLine(program);
        ALL.forEach(entry ->
                root.addSubcommand(entry.name(), new CommandLine(entry.factory().get())));
        return root;
    }

    static Optional<Entry> named(String name) {
        return ALL.stream().filter(e -> e.name().equals(name)).findFirst();
    }

    static List<String> names() {
        return ALL.stream().map(Entry::name).toList();
    }
}
