package dev.trackit.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Completion and manual pages: they name every command, and the programs that read them accept them. */
class ManualTest {
    @TempDir
    Path folder;

    @Test
    void everyCommandHasAPageWithItsOptions() throws IOException {
        CliRun written = CliRun.in(folder, "man", "--write", "pages");
        assertThat(written.exitCode()).as(written.err()).isZero();
        try (Stream<Path> pages = Files.list(folder.resolve("pages"))) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .contains("trackit.1", "trackit-log.1")
                    .hasSize(Commands.ALL.size() + 1);
        }
        assertThat(Files.readString(folder.resolve("pages/trackit.1")))
                .startsWith(".TH \"TRACKIT\" \"1\"")
                .contains(Commands.names().stream()
                        .map(name -> "trackit\\-" + name + "(1)")
                        .toList());
        assertThat(Files.readString(folder.resolve("pages/trackit-log.1")))
                .contains(".SH \"OPTIONS\"", "\\-\\-json", ".SH \"EXAMPLES\"")
                .doesNotContain("%n", "@|");
    }

    @Test
    void aPageIsPrintedAsItIsWritten() throws IOException {
        CliRun.in(folder, "man", "--write", "pages");
        assertThat(CliRun.in(folder, "man", "verify").out())
                .isEqualTo(Files.readString(folder.resolve("pages/trackit-verify.1")));
        CliRun unknown = CliRun.in(folder, "man", "nonsense");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("There is no command \"nonsense\"");
    }

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "bash is installed");
        Path script = Files.writeString(
                folder.resolve("completion"),
                CliRun.in(folder, "completion", "bash").out());
        assertThat(completedByBash(script, "trackit", "ver")).contains("verify");
        assertThat(completedByBash(script, "trackit", "log", "--js")).contains("--json");
    }

    @Test
    void zshReadsTheScriptForBash() {
        assertThat(CliRun.in(folder, "completion", "zsh").out()).contains("bashcompinit");
    }

    @Test
    void fishIsToldEveryCommandAndItsOptions() {
        List<String> lines =
                CliRun.in(folder, "completion", "fish").out().lines().toList();
        for (String name : Commands.names()) {
            assertThat(lines).anyMatch(line -> line.contains("__fish_use_subcommand -f -a " + name + " -d '"));
        }
        assertThat(lines).anyMatch(line -> line.contains("from log'") && line.contains(" -l json "));
    }

    /** What bash offers when these words are typed and Tab is pressed behind the last one. */
    private String completedByBash(Path script, String... words) throws Exception {
        String typed = String.join("' '", words);
        String ask = "source '" + script + "'; COMP_WORDS=('" + typed + "'); COMP_CWORD=" + (words.length - 1)
                + "; COMP_LINE='" + String.join(" ", words) + "'; COMP_POINT=${#COMP_LINE}; COMPREPLY=()"
                + "; _complete_trackit; echo \"${COMPREPLY[@]}\"";
        Path output = folder.resolve("reply");
        Process bash = new ProcessBuilder("/bin/bash", "--norc", "-c", ask)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output);
    }
}
