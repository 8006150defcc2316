package dev.trackit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackit.api.Outline.Fate;
import dev.trackit.api.Outline.Role;
import dev.trackit.api.Outline.Step;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutlineTest {
    private static final Step READ = Step.builder("s1", Fate.KEPT, "read raw.csv into df (pandas.read_csv)")
            .brief("read raw.csv into df")
            .activity("loading")
            .execution(2)
            .code("df = pd.read_csv(\n    'raw.csv')")
            .inputs(List.of("raw.csv"))
            .outputs(List.of("df"))
            .facts(List.of("df has 3 rows"))
            .build();

    @Test
    void writtenFormHasALineForEachDatasetStepAndUnknown() {
        Outline outline = Outline.builder("titanic.ipynb", "the whole history")
                .between(Instant.EPOCH, null)
                .datasets(List.of(new Outline.Dataset("df", Role.RESULT, "3 rows", List.of("a", "b"))))
                .steps(List.of(READ))
                .unknowns(List.of("The agent was not\nrunning."))
                .build();
        assertThat(outline.toText()).isEqualTo("""
                        notebook: titanic.ipynb
                        scope: the whole history
                        period: 1970-01-01T00:00:00Z to ?
                        dataset: df (result), 3 rows, columns a, b
                        [s1] kept loading #2: read raw.csv into df (pandas.read_csv); from raw.csv; to df; df has 3 rows
                            df = pd.read_csv(
                                'raw.csv')
                        unknown: The agent was not / running.
                        """);
    }

    @Test
    void outlinesAreEqualIfTheirWrittenFormsAre() {
        Outline one = Outline.builder("a", "all").steps(List.of(READ)).build();
        Outline other = Outline.builder("a", "all").steps(List.of(READ)).build();
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(one.withSteps(List.of()));
        assertThat(one).hasToString("Outline[a, 1 steps]");
    }

    @Test
    void partOfAnOutlineKeepsAllButItsSteps() {
        Outline whole = Outline.builder("a", "all")
                .between(Instant.EPOCH, Instant.EPOCH.plusSeconds(60))
                .steps(List.of(READ))
                .unknowns(List.of("x"))
                .build();
        Outline part = whole.withSteps(List.of());
        assertThat(part.steps()).isEmpty();
        assertThat(part.unknowns()).containsExactly("x");
        assertThat(part.from()).contains(Instant.EPOCH);
        assertThat(part.to()).contains(Instant.EPOCH.plusSeconds(60));
    }

    @Test
    void stepIsFoundByItsIdAndTwoOfOneIdAreRefused() {
        Outline outline = Outline.builder("a", "all").steps(List.of(READ)).build();
        assertThat(outline.step("s1")).contains(READ);
        assertThat(outline.step("s2")).isEmpty();
        assertThatThrownBy(() -> Outline.builder("a", "all").steps(List.of(READ, READ)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("s1");
    }

    @Test
    void stepWithoutFewerWordsIsBriefAsItIs() {
        Step step = Step.builder("s1", Fate.KEPT, "sorted df").build();
        assertThat(step.brief()).isEqualTo("sorted df");
        assertThat(READ.brief()).isEqualTo("read raw.csv into df");
        assertThat(step).hasToString("Step[s1 KEPT]");
    }
}
