package dev.trackit.runner.manual;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A page for {@code man}, in the language of its macros (man(7)). */
final class ManPage {
    private final StringBuilder page = new StringBuilder();

    private ManPage(String name, String version, String summary) {
        request("TH", name.toUpperCase(java.util.Locale.ROOT), "1", "", version, "TrackIT");
        request("SH", "NAME");
        text(name + " - " + summary);
    }

    /** The page of one command. */
    static String of(String name, CommandLine command, String version) {
        CommandSpec spec = command.getCommandSpec();
        String[] description = spec.usageMessage().description();
        ManPage page = new ManPage("trackit-" + name, version, Words.first(description));
        page.request("SH", "SYNOPSIS");
        page.text(command.getHelp().fullSynopsis().replaceAll("\\s+", " ").replaceFirst("^ ?Usage: ", ""));
        page.request("SH", "DESCRIPTION");
        page.text(Words.paragraph(description));
        page.arguments(spec.positionalParameters());
        page.options(spec.options());
        page.examples(spec.usageMessage().footer());
        page.end("trackit(1)");
        return page.page.toString();
    }

    /** The page of the program itself, which leads to the others. */
    static String ofProgram(CommandLine all, String version) {
        ManPage page = new ManPage("trackit", version, "records how raw data becomes prepared data in notebooks");
        page.request("SH", "SYNOPSIS");
        page.text("trackit COMMAND [OPTIONS] [ARGUMENTS]");
        page.request("SH", "DESCRIPTION");
        page.text(
                "TrackIT listens beside the kernels of Jupyter notebooks and keeps every execution in its order, without any change to how people"
                        + " work. From that record it answers what was done to which data. Each command has a page of its own.");
        page.request("SH", "COMMANDS");
        for (Map.Entry<String, CommandLine> command : all.getSubcommands().entrySet()) {
            page.item(
                    "trackit-" + command.getKey() + "(1)",
                    Words.paragraph(
                            command.getValue().getCommandSpec().usageMessage().description()));
        }
        page.end(all.getSubcommands().keySet().stream()
                .map(name -> "trackit-" + name + "(1)")
                .toArray(String[]::new));
        return page.page.toString();
    }

    private void arguments(List<PositionalParamSpec> arguments) {
        if (arguments.stream().allMatch(PositionalParamSpec::hidden)) {
            return;
        }
        request("SH", "ARGUMENTS");
        arguments.stream()
                .filter(argument -> !argument.hidden())
                .forEach(argument -> item(argument.paramLabel(), Words.paragraph(argument.description())));
    }

    private void options(List<OptionSpec> options) {
        request("SH", "OPTIONS");
        for (OptionSpec option : options) {
            if (!option.hidden()) {
                String value = option.arity().max() > 0 ? " " + option.paramLabel() : "";
                item(String.join(", ", option.names()) + value, Words.paragraph(option.description()));
            }
        }
    }

    private void examples(String[] lines) {
        if (lines.length == 0) {
            return;
        }
        request("SH", "EXAMPLES");
        page.append(".nf\n");
        for (String line : lines) {
            text(Ansi.OFF.string(line.replace("%%", "%").replace("%n", "")));
        }
        page.append(".fi\n");
    }

    private void end(String... seeAlso) {
        request("SH", "EXIT STATUS");
        text(
                "0 fine, 1 findings, 2 wrong usage, 3 nothing found or agent not running, 4 integrity broken, 5 input or output failed,"
                        + " 6 locked by another process.");
        request("SH", "SEE ALSO");
        text(String.join(", ", seeAlso));
    }

    private void item(String term, String description) {
        page.append(".TP\n.B ");
        text(term);
        text(description);
    }

    private void request(String name, String... arguments) {
        page.append('.').append(name);
        for (String argument : arguments) {
            page.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
        }
        page.append('\n');
    }

    private void text(String line) {
        String escaped = escaped(line);
        // A line that begins with a dot or an apostrophe would be a request.
        page.append(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" : "")
                .append(escaped)
                .append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...");
    }
}
