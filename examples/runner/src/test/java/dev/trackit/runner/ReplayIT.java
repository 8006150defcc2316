package dev.trackit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays slices in real kernels. */
class ReplayIT {
    @TempDir
    Path folder;

    @BeforeEach
    void kernel() {
        Programs.python("ipykernel");
    }

    private void notebook(String result) throws IOException {
        Files.writeString(folder.resolve("in.txt"), "20\n22\n");
        Files.writeString(folder.resolve("a.ipynb"), """
                {"nbformat": 4, "nbformat_minor": 5,
                 "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}, "language_info": {"name": "python"}},
                 "cells": [
                  {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": 1, "outputs": [],
                   "source": "numbers = [int(line) for line in open('in.txt')]"},
                  {"cell_type": "code", "id": "b", "metadata": {}, "execution_count": 2, "outputs": [],
                   "source": "total = sum(numbers)\\nwith open('out.txt', 'w') as f:\\n    f.write(str(total))"},
                  {"cell_type": "code", "id": "c", "metadata": {}, "execution_count": 3, "source": "total",
                   "outputs": [{"output_type": "execute_result", "execution_count": 3, "metadata": {},
                                "data": {"text/plain": "%s"}}]}]}
                """.formatted(result));
    }

    private JsonNode replay(String... target) {
        String[] args = {"slice", "a.ipynb", "--replay", "--json", target[0], target[1]};
        return CliRun.in(folder, args).json().get(0).path("replay");
    }

    @Test
    void aReplayThatGivesWhatWasRecordedIsTheSame() throws IOException {
        notebook("42");

        assertThat(replay("--var", "total").path("result").asText()).isEqualTo("same");
        assertThat(folder.resolve("out.txt")).doesNotExist();
    }

    @Test
    void aReplayThatGivesSomethingElseSaysWhere() throws IOException {
        notebook("43");

        JsonNode replay = replay("--var", "total");

        assertThat(replay.path("result").asText()).isEqualTo("different");
        JsonNode difference = replay.path("differences").path(0);
        assertThat(difference.path("where").asText()).isEqualTo("In [3] result");
        assertThat(difference.path("recorded").asText()).isEqualTo("43");
        assertThat(difference.path("replayed").asText()).isEqualTo("42");
    }

    @Test
    void aWrittenFileIsComparedWithTheOneOnDisk() throws IOException {
        notebook("42");
        Files.writeString(folder.resolve("out.txt"), "42");
        assertThat(replay("--file", "out.txt").path("result").asText()).isEqualTo("same");

        Files.writeString(folder.resolve("out.txt"), "41");
        assertThat(replay("--file", "out.txt").path("result").asText()).isEqualTo("different");
        assertThat(folder.resolve("out.txt")).hasContent("41");
    }

    @Test
    void aMissingInputFileIsWhyItCannotRun() throws IOException {
        notebook("42");
        Files.delete(folder.resolve("in.txt"));

        JsonNode replay = replay("--var", "total");

        assertThat(replay.path("result").asText()).isEqualTo("could-not-run");
        assertThat(replay.path("reason").asText()).contains("in.txt is not there any more");
    }
}
