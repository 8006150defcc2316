package dev.trackit.runner;

import dev.trackit.runner.cli.Console;
import dev.trackit.runner.cli.Environment;
import dev.trackit.runner.cli.Style;
import dev.trackit.runner.cli.TerminalText;

/** The first page of help. Written by hand: it must cost nothing, and say what to do first. */
final class HelpPage {
    private final Console console;
    private final Environment environment;

    HelpPage(Console console, Environment environment) {
        this.console = console;
        this.environment = environment;
    }

    void print() {
        Style style = console.style();
        console.line("trackit records how raw data becomes prepared data in notebooks, while you work as always.");
        console.line("");
        console.line(style.bold("Usage:") + " " + environment.command() + " COMMAND [OPTIONS] [ARGUMENTS]");
        int width = Commands.ALL.stream()
                .mapToInt(e -> e.name().length() + e.synopsis().length() + 1)
                .max()
                .orElse(0);
        for (Commands.Group group : Commands.Group.values()) {
            console.line("");
            console.line(style.bold(group.title()));
            for (Commands.Entry entry : Commands.ALL) {
                if (entry.group() == group) {
                    String call = TerminalText.pad(entry.name() + " " + entry.synopsis(), width);
                    String synopsis = call.substring(entry.name().length());
                    console.line("  " + style.cyan(entry.name()) + synopsis + "  " + entry.summary());
                }
            }
        }
        console.line("");
        console.line(style.bold("Everywhere"));
        console.line("  --store DIR     keep the data there, not in .trackit in the tracked folder");
        console.line("  --color WHEN    auto, always or never; NO_COLOR is respected");
        console.line("  --debug         say more, with the stack trace of an error");
        console.line("  --help          help for a command, with examples");
        console.line("  --version       which trackit this is");
        console.line("");
        console.line(style.bold("First steps"));
        console.line(
                "  " + environment.command() + " demo        a notebook session from start to end, in a new folder");
        console.line("  " + environment.command() + " up          record the notebooks of this folder while you work");
        console.line("  " + environment.command() + " log NAME    what was executed in a notebook, in order");
        console.line("");
        console.line(
                "Exit codes: 0 fine, 1 findings, 2 wrong usage, 3 nothing found or agent not running, 4 integrity broken,");
        console.line("5 input or output failed, 6 locked by another process.");
    }
}
