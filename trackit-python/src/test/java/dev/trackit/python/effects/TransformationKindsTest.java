package dev.trackit.python.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.ColumnLineage;
import dev.trackit.api.Transformation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which steps on data common calls are. The calls stand in {@code transformation-kinds.txt}: a cell that all share, then after {@code ==}
 * a line for each call with the kinds of its steps, in their order.
 */
class TransformationKindsTest {

    @Test
    void eachCallIsTheStepThatTheTableSays() throws IOException {
        String text;
        try (InputStream in = TransformationKindsTest.class.getResourceAsStream("transformation-kinds.txt")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        int end = text.indexOf("==\n");
        List<String> found = new ArrayList<>();
        List<String> lines = text.substring(end + 3).lines().toList();
        for (String line : lines) {
            String call = line.substring(0, line.lastIndexOf(" -> "));
            String kinds = steps(text.substring(0, end), "r = " + call).stream()
                    .map(t -> t.kind().wireName())
                    .collect(Collectors.joining(", "));
            found.add(call + " -> " + (kinds.isEmpty() ? "none" : kinds));
        }
        assertThat(found).hasSizeGreaterThan(180).isEqualTo(lines);
    }

    private static List<Transformation> steps(String first, String code) {
        return AnalyzedCells.of(first, code).last().statements().stream()
                .flatMap(s -> s.transformations().stream())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            df.groupby('a').b.mean()                   ; b<df.b AGGREGATION, *<df.a GROUP_BY
            df.groupby('a')[['b']].sum()               ; b<df.b AGGREGATION, *<df.a GROUP_BY
            df.groupby(['a']).agg(total=('b', 'sum'))  ; total<df.b AGGREGATION, *<df.a GROUP_BY
            df.groupby('a').agg({'b': 'max'})          ; b<df.b AGGREGATION, *<df.a GROUP_BY
            df.merge(other, on='a')                    ; a<df.a IDENTITY, a<other.a IDENTITY, b<df.b IDENTITY, c<other.c IDENTITY, *<df.a JOIN, *<other.a JOIN
            df.merge(some, on='a')                     ; *<df.* IDENTITY, *<some.* IDENTITY, *<df.a JOIN, *<some.a JOIN
            pd.concat([df, other])                     ; a<df.a IDENTITY, a<other.a IDENTITY, b<df.b IDENTITY, c<other.c IDENTITY
            df.assign(x=lambda d: d.a + d['b'])        ; x<df.a TRANSFORMATION, x<df.b TRANSFORMATION
            some.assign(x=lambda d: d.a * np.pi)       ; x<some.a TRANSFORMATION
            df.rename(columns={'a': 'x'})              ; x<df.a IDENTITY
            df.sort_values('b')                        ; *<df.* IDENTITY, *<df.b SORT
            df.loc[df.a > 1, 'b']                      ; b<df.b IDENTITY, b<df.a FILTER
            df[df.a > 1]                               ; *<df.* IDENTITY, *<df.a FILTER
            df.pivot_table(index='a', values='b')      ; *<df.* AGGREGATION, *<df.a GROUP_BY
            """)
    void columnsAreTracedToTheFramesThatHaveThem(String call, String expected) {
        String frames =
                "import pandas as pd\nimport numpy as np\nfrom mine import some_frame\ndf = pd.DataFrame({'a': [1], 'b': [2]})\n"
                        + "other = pd.DataFrame({'a': [1], 'c': [2]})\nsome = pd.read_excel('x.xlsx')";
        List<String> found = new ArrayList<>();
        for (Transformation t : steps(frames, "r = " + call)) {
            for (ColumnLineage column : t.columns()) {
                column.inputs()
                        .forEach(i ->
                                found.add(column.column() + "<" + i.dataset() + "." + i.column() + " " + i.type()));
            }
        }
        assertThat(String.join(", ", found)).isEqualTo(expected);
    }

    @Test
    void framesThatAreMadeOfOtherDataAreNoSources() {
        String code = "import pandas as pd\nimport numpy as np\na = np.array([1, 2])";
        assertThat(steps(code, "df = pd.DataFrame({'x': a})")).isEmpty();
        assertThat(steps(code, "df = pd.DataFrame({'x': [1]})")).hasSize(1);
    }
}
