package dev.trackit.examples.adapter.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackit.api.CaptureException;
import dev.trackit.api.Cell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepsFileTest {
    @TempDir
    Path folder;

    @Test
    void stepsAreCellsUnderTheirNames() throws IOException {
        assertThat(StepsFile.read(file("step load\ndf = 1\n\nstep clean\n")).cells())
                .extracting(Cell::id, Cell::source)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("load", "df = 1\n"),
                        org.assertj.core.groups.Tuple.tuple("clean", ""));
    }

    @Test
    void whatIsWrongIsSaidWithItsLine() throws IOException {
        Path noStep = file("df = 1\n");
        assertThatThrownBy(() -> StepsFile.read(noStep))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("line 1: expected");
        Path twice = file("step a\nstep a\n");
        assertThatThrownBy(() -> StepsFile.read(twice)).hasMessageContaining("line 2: a step needs a name");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("a.steps"), text);
    }
}
