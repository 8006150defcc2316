package dev.trackit.runner.manual;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A script for the fish shell: commands with their descriptions, and the options of each. */
final class FishCompletion {
    private final StringBuilder script = new StringBuilder();

    private FishCompletion() {}

    static String of(CommandLine commands) {
        FishCompletion completion = new FishCompletion();
        completion.line("# Completions of trackit. Made by: trackit completion fish");
        for (Map.Entry<String, CommandLine> command : commands.getSubcommands().entrySet()) {
            completion.command(command.getKey(), command.getValue().getCommandSpec());
        }
        return completion.script.toString();
    }

    private void command(String name, CommandSpec spec) {
        line("complete -c trackit -n __fish_use_subcommand -f -a " + name + " -d "
                + quoted(Words.first(spec.usageMessage().description())));
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                option(name, option);
            }
        }
    }

    private void option(String command, OptionSpec option) {
        StringBuilder names = new StringBuilder();
        for (String name : option.names()) {
            names.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        String value = option.arity().max() > 0 ? " -r" : "";
        line("complete -c trackit -n '__fish_seen_subcommand_from " + command + "'" + names + value + " -d "
                + quoted(Words.first(option.description())));
    }

    private void line(String text) {
        script.append(text).append('\n');
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
