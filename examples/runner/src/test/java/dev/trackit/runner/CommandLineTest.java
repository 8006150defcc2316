package dev.trackit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each command as a user meets it: exit codes, output for people and for scripts, messages when something is wrong. */
class CommandLineTest {
    private static final String NOTEBOOK = """
            {"cells": [
              {"cell_type": "markdown", "id": "intro", "metadata": {}, "source": "# Title"},
              {"cell_type": "code", "id": "second", "execution_count": 2, "metadata": {}, "source": "df = df.dropna()\\ndf.shape",
               "outputs": [{"output_type": "execute_result", "execution_count": 2, "metadata": {},
                            "data": {"text/plain": "(10, 3)"}}]},
              {"cell_type": "code", "id": "first", "execution_count": 1, "metadata": {}, "source": "print('\\u001b[31mred')",
               "outputs": [{"output_type": "stream", "name": "stdout", "text": "\\u001b]0;title\\u0007red\\n"}]},
              {"cell_type": "code", "id": "third", "execution_count": 3, "metadata": {}, "source": "1/0",
               "outputs": [{"output_type": "error", "ename": "ZeroDivisionError", "evalue": "division by zero",
                            "traceback": ["\\u001b[31mZeroDivisionError\\u001b[0m: division by zero"]}]},
              {"cell_type": "code", "id": "never", "execution_count": null, "metadata": {}, "source": "later()", "outputs": []}
             ],
             "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
             "nbformat": 4, "nbformat_minor": 5}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void aNotebook() throws IOException {
        folder = folder.toRealPath();
        Files.writeString(folder.resolve("titanic.ipynb"), NOTEBOOK);
    }

    private CliRun run(String... args) {
        return CliRun.in(folder, args);
    }

    private void imported() {
        assertThat(run("import", "titanic.ipynb").exitCode()).isZero();
    }

    @Test
    void withoutACommandTheHelpNamesEachCommand() {
        CliRun run = run();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains(Commands.names());
    }

    @Test
    void eachCommandHasHelpWithExamples() {
        for (String command : Commands.names()) {
            CliRun help = run(command, "--help");
            assertThat(help.exitCode()).as(command).isZero();
            assertThat(help.out()).as(command).contains("Usage: trackit " + command, "Examples:", "--store");
            assertThat(run("help", command).out()).as(command).isEqualTo(help.out());
        }
    }

    @Test
    void theVersionNamesTheProgramAndItsJava() {
        assertThat(run("--version").out()).startsWith("trackit ").contains("Java");
    }

    @Test
    void aMistypedCommandOrOptionIsAnsweredWithWhatWasProbablyMeant() {
        CliRun command = run("lgo", "titanic");
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err()).contains("There is no command \"lgo\"", "Did you mean \"log\"");
        CliRun option = run("log", "titanic", "--lsat", "3");
        assertThat(option.exitCode()).isEqualTo(2);
        assertThat(option.err()).contains("log has no option --lsat", "\"--last\"", "trackit log --help");
        assertThat(run("show").exitCode()).isEqualTo(2);
        assertThat(run("log", "titanic", "--last", "many").exitCode()).isEqualTo(2);
    }

    @Test
    void whereNothingWasRecordedTheMessageSaysHowToBegin() {
        for (String command : List.of("ls", "verify")) {
            CliRun run = run(command);
            assertThat(run.exitCode()).as(command).isEqualTo(3);
            assertThat(run.err()).as(command).contains("Nothing has been recorded", "trackit up", "trackit import");
        }
        assertThat(run("log", "titanic").exitCode()).isEqualTo(3);
        assertThat(run("status").exitCode()).isEqualTo(3);
        assertThat(folder.resolve(".trackit")).doesNotExist();
    }

    @Test
    void anImportTakesExecutionsInTheOrderOfTheirCounts() {
        CliRun run = run("import", "titanic.ipynb");
        assertThat(run.out()).contains("3 executions added", "1 cell never executed");
        List<JsonNode> log = run("log", "titanic", "--json").json();
        assertThat(log).allMatch(e -> e.path("type").asText().equals("execution"));
        assertThat(log.stream().map(e -> e.path("cellId").asText()).toList())
                .containsExactly("first", "second", "third");
        assertThat(log.stream().map(e -> e.path("sequence").asInt()).toList()).containsExactly(1, 2, 3);
        assertThat(log.stream().map(e -> e.path("status").asText()).toList()).containsExactly("ok", "ok", "error");
        assertThat(log.get(1).path("cellIndex").asInt()).isEqualTo(1);
        assertThat(log.get(1).path("executionCount").asInt()).isEqualTo(2);
        assertThat(log.get(1).path("origin").asText()).isEqualTo("saved");
        assertThat(log.get(1).path("startedAt").isNull()).isTrue();
        JsonNode output = log.get(1).path("outputs").get(0);
        assertThat(output.path("type").asText()).isEqualTo("execute_result");
        assertThat(output.path("text").asText()).isEqualTo("(10, 3)");
        assertThat(output.path("bytes").asInt()).isEqualTo(7);
        assertThat(output.path("digest").asText()).startsWith("sha256:");
        CliRun again = run("import", "titanic.ipynb");
        assertThat(again.out()).contains("0 executions added", "3 known before");
    }

    @Test
    void anImportGoesOnOverBadFilesAndNamesThem() throws IOException {
        Files.writeString(folder.resolve("broken.ipynb"), "{\"cells\": [");
        CliRun run = run("import", ".");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("not imported", "broken.ipynb");
        assertThat(run.out()).contains("1 notebook imported", "1 file could not be read");
        assertThat(run("import", "broken.ipynb").exitCode()).isEqualTo(5);
        assertThat(run("import", "missing.ipynb").exitCode()).isEqualTo(3);
        assertThat(run("import", ".", "--json").json()).hasSize(2);
    }

    @Test
    void theLogForPeopleHasNoControlCharactersOfTheNotebook() {
        imported();
        CliRun run = CliRun.in(folder, Map.of(), true, "log", "titanic", "--color", "never");
        assertThat(run.out()).contains("#1", "[2]", "cell 1", "print('red')", "ZeroDivisionError: division by zero");
        assertThat(run.out()).doesNotContain("\u001b", "\u0007");
        assertThat(run("log", "titanic", "--color", "always").out()).contains("\u001b[");
        assertThat(CliRun.in(folder, Map.of("NO_COLOR", "1"), true, "log", "titanic")
                        .out())
                .doesNotContain("\u001b");
    }

    @Test
    void filtersChooseAmongExecutions() {
        imported();
        assertThat(run("log", "titanic", "--json", "--status", "error").json()).hasSize(1);
        assertThat(run("log", "titanic", "--json", "--cell", "1").json()).hasSize(1);
        assertThat(run("log", "titanic", "--json", "--cell", "first").json()).hasSize(1);
        assertThat(run("log", "titanic", "--json", "--grep", "drop.*\\(").json())
                .hasSize(1);
        assertThat(run("log", "titanic", "--json", "--last", "2").json()).hasSize(2);
        assertThat(run("log", "titanic", "--json", "--session", "1").json()).hasSize(3);
        CliRun none = run("log", "titanic", "--json", "--since", "2100-01-01");
        assertThat(none.exitCode()).isEqualTo(3);
        assertThat(none.out()).isEmpty();
        assertThat(run("log", "titanic", "--status", "eror").err()).contains("ok, error, aborted", "\"error\"");
        assertThat(run("log", "titanic", "--grep", "(").exitCode()).isEqualTo(2);
        assertThat(run("log", "titanic", "--since", "someday").err()).contains("2026-03-01", "2h");
    }

    @Test
    void aNotebookIsNamedByPathNameOrAPartThatOnlyOneHas() throws IOException {
        Files.createDirectories(folder.resolve("sub"));
        Files.writeString(folder.resolve("sub/titanic-old.ipynb"), NOTEBOOK.replace("dropna", "fillna"));
        assertThat(run("import", ".").exitCode()).isZero();
        for (String name : List.of("titanic.ipynb", "titanic", "./titanic.ipynb", "old", "sub/titanic-old.ipynb")) {
            assertThat(run("log", name, "--json").exitCode()).as(name).isZero();
        }
        CliRun ambiguous = run("log", "tita");
        assertThat(ambiguous.exitCode()).isEqualTo(2);
        assertThat(ambiguous.err()).contains("titanic.ipynb", "titanic-old.ipynb");
        CliRun unknown = run("log", "titanik");
        assertThat(unknown.exitCode()).isEqualTo(3);
        assertThat(unknown.err()).contains("titanic");
        // from elsewhere, by its path
        CliRun elsewhere = CliRun.in(
                folder.getRoot(), "log", folder.resolve("titanic.ipynb").toString(), "--json");
        assertThat(elsewhere.exitCode()).isZero();
    }

    @Test
    void oneExecutionIsShownWhole() {
        imported();
        assertThat(run("show", "2").out()).contains("df = df.dropna()\ndf.shape", "(10, 3)", "status   ok");
        assertThat(run("show", "titanic#3").out()).contains("1/0", "ZeroDivisionError");
        String id =
                run("show", "2", "titanic", "--json").json().get(0).path("id").asText();
        assertThat(run("show", id).out()).contains("df.shape");
        CliRun missing = run("show", "99");
        assertThat(missing.exitCode()).isEqualTo(3);
        assertThat(missing.err()).contains("There is no execution \"99\"");
    }

    @Test
    void theListSaysWhatThereIs() {
        imported();
        assertThat(run("ls").out()).contains("titanic.ipynb", "3");
        JsonNode only = run("ls", "--json").json().get(0);
        assertThat(only.path("name").asText()).isEqualTo("titanic.ipynb");
        assertThat(only.path("executions").asInt()).isEqualTo(3);
        assertThat(only.path("exists").asBoolean()).isTrue();
    }

    @Test
    void aChangedLogIsBrokenAndNamed() throws IOException {
        imported();
        assertThat(run("verify").exitCode()).isZero();
        Path segment;
        try (Stream<Path> files = Files.walk(folder.resolve(".trackit"))) {
            segment = files.filter(f ->
                            f.toString().contains("titanic") && f.toString().endsWith(".jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
        String text = Files.readString(segment);
        Files.writeString(segment, text.replaceFirst("dropna", "dropnb"));
        CliRun run = run("verify");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.out()).contains("broken", segment.getFileName().toString());
        assertThat(run("verify", "--json").json())
                .anyMatch(v -> !v.path("intact").asBoolean(true));
    }

    @Test
    void theStoreMayBeElsewhere() {
        Path store = folder.resolve("elsewhere");
        assertThat(run("import", "titanic.ipynb", "--store", store.toString()).exitCode())
                .isZero();
        assertThat(folder.resolve(".trackit")).doesNotExist();
        assertThat(run("--store", store.toString(), "log", "titanic", "--json").json())
                .hasSize(3);
    }

    @Test
    void theStatusOfNoAgentIsSaidToScriptsToo() {
        imported();
        CliRun run = run("status", "--json");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.json().get(0).path("running").asBoolean(true)).isFalse();
    }

    @Test
    void theDoctorLooksAtEachPartAndSaysWhatToDo() {
        CliRun run = run("doctor", "--json");
        assertThat(run.exitCode()).isIn(0, 1);
        List<String> areas =
                run.json().stream().map(f -> f.path("area").asText()).toList();
        assertThat(areas).contains("java", "watching", "adapters", "store");
        assertThat(run.json())
                .filteredOn(f -> f.path("level").asText().equals("problem"))
                .allMatch(f -> f.hasNonNull("advice"));
    }

    @Test
    void theDemoWithoutAKernelRecordsEachRunFromTheSaves() {
        CliRun run = run("demo", "first-steps", "--no-kernel");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("the saves of the notebook are replayed", "Recorded:", "trackit log");
        assertThat(run("log", "first-steps/training-data.ipynb", "--json").json())
                .hasSize(11);
        assertThat(run("demo", ".", "--no-kernel").exitCode()).isEqualTo(2);
    }

    @Test
    void anErrorShowsItsTraceOnlyOnRequest() {
        assertThat(run("ls").err()).doesNotContain("\tat ");
        assertThat(run("ls", "--debug").err()).contains("\tat ");
    }

    @Test
    void outputIsUtf8() throws IOException {
        Files.writeString(
                folder.resolve("münchen.ipynb"), NOTEBOOK.replace("later()", "größe()"), StandardCharsets.UTF_8);
        assertThat(run("import", "münchen.ipynb").exitCode()).isZero();
        assertThat(run("ls").out()).contains("münchen.ipynb");
    }
}
