package dev.trackit.runner.demo;

import dev.trackit.api.Output;
import dev.trackit.runner.cli.Console;
import dev.trackit.runner.cli.Style;
import dev.trackit.runner.cli.TerminalText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Plays the story: acts as the person would, tells what happens, and after each step waits until it is on the record. */
final class Performance {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CODE_COLUMNS = 58;

    private final Console console;
    private final Style style;
    private final Story story;
    private final SampleNotebook notebook;
    private final DemoKernel kernel;
    private final Witness witness;
    private final List<DemoKernel.Answer> answers = new ArrayList<>();
    /** The first save made the file, before the story begins. */
    private int saves = 1;

    private int missed;

    Performance(Console console, Story story, SampleNotebook notebook, DemoKernel kernel, Witness witness) {
        this.console = console;
        this.style = console.style();
        this.story = story;
        this.notebook = notebook;
        this.kernel = kernel;
        this.witness = witness;
    }

    /** What was executed, in order. */
    List<DemoKernel.Answer> answers() {
        return List.copyOf(answers);
    }

    /** How many saves there were. */
    int saves() {
        return saves;
    }

    /** How many steps did not come onto the record in time. */
    int missed() {
        return missed;
    }

    void play() throws IOException, InterruptedException {
        int number = 1;
        for (Story.Act act : Story.ACTS) {
            console.line("");
            console.line(style.bold(number++ + ". Ana " + act.title()));
            for (Story.Step step : act.steps()) {
                play(step);
            }
            console.flush();
        }
    }

    private void play(Story.Step step) throws IOException, InterruptedException {
        if (step instanceof Story.Run run) {
            run(run.cell());
        } else if (step instanceof Story.Edit edit) {
            notebook.edit(edit.cell(), story.code(edit.code()));
        } else {
            notebook.save();
            saves++;
            if (!witness.awaitSnapshots(saves, PATIENCE)) {
                missed++;
                console.line(style.red("   saved, and the save was not recorded"));
            } else {
                console.line(style.dim("   saved"));
            }
        }
    }

    private void run(String cell) throws InterruptedException {
        String code = notebook.source(cell);
        DemoKernel.Answer answer = kernel.execute(nameOf(cell, code), code);
        answers.add(answer);
        notebook.executed(cell, answer.count(), answer.outputs());
        boolean recorded = !kernel.live() || witness.awaitExecutions(answers.size(), PATIENCE);
        String first = code.lines().findFirst().orElse("");
        long more = code.lines().count() - 1;
        String shown = TerminalText.pad(
                TerminalText.fit(first, CODE_COLUMNS - (more > 0 ? 3 : 0)) + (more > 0 ? " …" : ""), CODE_COLUMNS);
        console.line(
                "   " + style.cyan(TerminalText.pad("[" + answer.count() + "]", 5)) + shown + " " + result(answer));
        if (!recorded) {
            missed++;
            console.line(style.red("        this execution was not recorded"));
        }
    }

    private String nameOf(String cell, String code) {
        return code.equals(story.code(cell)) ? cell : cell + ".fixed";
    }

    private String result(DemoKernel.Answer answer) {
        if (answer.outputs().isEmpty()) {
            return "";
        }
        Output output = answer.outputs().get(answer.outputs().size() - 1);
        List<String> lines = TerminalText.clean(output.text())
                .lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .toList();
        if (lines.isEmpty()) {
            return "";
        }
        if (answer.failed()) {
            return style.red("✗ " + TerminalText.fit(lines.get(lines.size() - 1), 60));
        }
        return style.dim(lines.size() == 1 ? lines.get(0) : "→ table of " + lines.size() + " lines");
    }
}
