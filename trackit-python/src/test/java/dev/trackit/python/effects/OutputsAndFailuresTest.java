package dev.trackit.python.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.FrameState;
import dev.trackit.api.Output;
import dev.trackit.api.Statement.Trait;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputsAndFailuresTest {

    private static final String LOAD = "import pandas as pd\ndf = pd.read_csv('a.csv')";

    private static Output result(String text) {
        return Output.builder(Output.Type.RESULT, "text/plain").text(text).build();
    }

    private static FrameState state(String code, Output output) {
        return AnalyzedCells.of(LOAD).add(code, output).last().frames().get(0);
    }

    @Test
    void aDisplayedFrameShowsRowsAndColumns() {
        FrameState s = state("df", result("     a  b\n0    1  2\n1    3  4\n..  .. ..\n\n[100 rows x 2 columns]"));
        assertThat(s.dataset()).isEqualTo("df");
        assertThat(s.rowCount()).isEqualTo(100);
        assertThat(s.columnNames()).containsExactly("a", "b");
    }

    @Test
    void aFrameWithANamedIndexHasOneRowLess() {
        FrameState s = state("df", result("      a  b\nkey       \nx     1  2\ny     3  4"));
        assertThat(s.rowCount()).isEqualTo(2);
    }

    @Test
    void columnsThatOneBlankDividesAreToldApartByTheirValues() {
        FrameState s = state(
                "df",
                result(
                        "    bill   tip smoker Pred Labels\n0  16.99  1.01     No           1\n1  10.34  1.66    Yes           0"));
        assertThat(s.columnNames()).containsExactly("bill", "tip", "smoker", "Pred Labels");
        assertThat(s.rowCount()).isEqualTo(2);
    }

    @Test
    void aTableInSeveralBlocksIsOneTable() {
        FrameState s = state("df", result("   a   b  \\\n0  1  10   \n1  2  20   \n\n   c  \n0  5  \n1  6  "));
        assertThat(s.columnNames()).containsExactly("a", "b", "c");
        assertThat(s.rowCount()).isEqualTo(2);
    }

    @Test
    void aStepThatFollowsFromTheCodeKeepsWhatIsKnown() {
        AnalyzedCells cells = new AnalyzedCells(null);
        cells.add("import pandas as pd\ndf = pd.DataFrame({'a': [1, 2], 'b': [3, 4]})");
        cells.add("df['c'] = 0");
        cells.add("top = df.drop(columns=['a']).rename(columns={'b': 'x'}).assign(y=1)");
        cells.add("df.dropna(inplace=True)");
        assertThat(cells.frame(1, "df").columnNames()).containsExactly("a", "b", "c");
        assertThat(cells.frame(2, "top").columnNames()).containsExactly("x", "c", "y");
        assertThat(cells.frame(2, "top").rowCount()).isEqualTo(2);
        assertThat(cells.frame(3, "df").rowCount()).isNull();
    }

    @Test
    void headShowsColumnsOnly() {
        FrameState s = state("df.head()", result("   a  b\n0  1  2"));
        assertThat(s.rowCount()).isNull();
        assertThat(s.columnNames()).containsExactly("a", "b");
    }

    @Test
    void shapeLenColumnsTypesAndMissingValues() {
        assertThat(state("df.shape", result("(891, 12)")).rowCount()).isEqualTo(891);
        assertThat(state("print(df.shape)", Output.stream("stdout", "(891, 12)\n"))
                        .columnCount())
                .isEqualTo(12);
        assertThat(state("len(df)", result("7")).rowCount()).isEqualTo(7);
        assertThat(state("df.columns", result("Index(['a', 'b c'], dtype='object')"))
                        .columnNames())
                .containsExactly("a", "b c");
        assertThat(state("df.dtypes", result("a      int64\nb    float64\ndtype: object"))
                        .types())
                .containsEntry("b", "float64");
        assertThat(state("df.isnull().sum()", result("a    0\nb    3\ndtype: int64"))
                        .missing())
                .containsEntry("b", 3L);
    }

    @Test
    void infoShowsAll() {
        FrameState s = state(
                "df.info()",
                Output.stream(
                        "stdout",
                        "<class 'pandas.core.frame.DataFrame'>\nRangeIndex: 10 entries, 0 to 9\nData columns (total 2 columns):\n"
                                + " #   Column  Non-Null Count  Dtype \n---  ------  --------------  ----- \n"
                                + " 0   a       10 non-null     int64 \n 1   b c     7 non-null      object\n"));
        assertThat(s.rowCount()).isEqualTo(10);
        assertThat(s.columnNames()).containsExactly("a", "b c");
        assertThat(s.missing()).containsEntry("b c", 3L);
    }

    @Test
    void statementsAfterTheFailingLineDidNotRun() {
        AnalyzedCells cells = AnalyzedCells.of("x = 1");
        cells.add(
                "x = 2\ny = 1 / 0\nz = 3",
                Output.error(
                        "ZeroDivisionError",
                        "----\nZeroDivisionError   Traceback (most recent call last)\nCell In[2], line 2\n      1 x = 2\n"
                                + "----> 2 y = 1 / 0\n      3 z = 3\n\nZeroDivisionError: division by zero"));
        assertThat(cells.writes(1)).containsExactly("x");
        assertThat(cells.last().statements())
                .extracting(s -> s.traits().contains(Trait.NOT_RUN))
                .containsExactly(false, false, true);
        assertThat(cells.last().statements().get(1).traits()).contains(Trait.FAILED);
        cells.add("w = x");
        assertThat(cells.slice("w")).containsExactly("x = 2", "w = x");
    }

    @Test
    void aLineIsFoundByItsTextWhereNumbersAreShifted() {
        AnalyzedCells cells = AnalyzedCells.of("x = 1");
        cells.add(
                "\n\nx = 2\nfail()\nx = 3",
                Output.error(
                        "NameError",
                        "<ipython-input-2-abc> in <module>\n      1 x = 2\n----> 2 fail()\n      3 x = 3\n"));
        assertThat(cells.last().statements())
                .extracting(s -> s.traits().contains(Trait.NOT_RUN))
                .containsExactly(false, false, true);
    }

    @Test
    void nothingRanOfACellWithASyntaxError() {
        AnalyzedCells cells = AnalyzedCells.of("x = 1");
        cells.add(
                "x = 2\ny = = 3",
                Output.error(
                        "SyntaxError", "  Cell In[2], line 2\n    y = = 3\n        ^\nSyntaxError: invalid syntax\n"));
        assertThat(cells.writes(1)).isEmpty();
    }

    @Test
    void anUnknownCallMayChangeItsArgumentsAndSaysSo() {
        AnalyzedCells cells = AnalyzedCells.of(LOAD, "from nowhere import clean\nclean(df)");
        assertThat(cells.mutates(1)).isEmpty();
        assertThat(cells.possiblyMutates(1)).containsExactly("df");
        assertThat(cells.last().statements().get(1).assumptions())
                .isEqualTo(List.of("nowhere.clean may change the arguments of its call"));
    }

    @Test
    void stepsCarryKindCallArgumentsAndColumns() {
        var step = AnalyzedCells.of(LOAD, "out = df.merge(df, how=\"left\", on=[\"id\"])")
                .last()
                .statements()
                .get(0)
                .transformations()
                .get(0);
        assertThat(step.kind().wireName()).isEqualTo("join");
        assertThat(step.call()).isEqualTo("DataFrame.merge");
        assertThat(step.arguments()).containsEntry("how", "\"left\"").containsEntry("on", "[\"id\"]");
        assertThat(step.outputs()).extracting(l -> l.label()).containsExactly("out");
        assertThat(step.columns())
                .anySatisfy(c -> assertThat(c.inputs()).anyMatch(i -> i.column().equals("id")));
    }
}
