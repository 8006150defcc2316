package dev.trackit.python.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.FrameState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows and columns that follow from files that are there, and from the code. What pandas makes of the same was looked up by running it. */
class FrameShapesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void someFiles() throws IOException {
        file("a.csv", "id,name,v\n1,x,2\n2,\"y\nz\",3\n\n3,\"q\"\"r\",4\n");
        file("tabs.txt", "id\tw\n1\t2\n");
        file("blanks.txt", "  id   w\n  1    2\n  3    4\n");
        file("implied.csv", "a,b\nr1,1,2\nr2,3,4\n");
        file("twice.csv", "a,a,\n1,2,3\n");
        file("ragged.csv", "a,b\n1,2\n1,2,3\n");
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }

    private String read(String call) {
        return after("df = pd." + call, "df");
    }

    /** The shape as {@code rows: columns}; a question mark where it is not known. */
    private String after(String code, String name) {
        AnalyzedCells cells = new AnalyzedCells(folder);
        cells.add("import pandas as pd, numpy as np\nfrom sklearn.model_selection import train_test_split\n" + code);
        return cells.last().frames().stream()
                .filter(s -> s.dataset().equals(name))
                .map(FrameShapesTest::text)
                .findFirst()
                .orElse("?");
    }

    private static String text(FrameState s) {
        List<String> columns = s.columnNames();
        return (s.rowCount() == null ? "?" : s.rowCount()) + ": " + (columns == null ? "?" : String.join(" ", columns));
    }

    @Test
    void aFileOfCommaSeparatedValuesTellsRowsAndColumns() {
        assertThat(read("read_csv('a.csv')")).isEqualTo("3: id name v");
        assertThat(read("read_csv('a.csv', index_col=0)")).isEqualTo("3: name v");
        assertThat(read("read_csv('a.csv', index_col='id').reset_index()")).isEqualTo("3: id name v");
        assertThat(read("read_csv('a.csv', usecols=['v', 'id'])")).isEqualTo("3: id v");
        assertThat(read("read_csv('a.csv', nrows=1, dtype=str, encoding='latin-1')"))
                .isEqualTo("1: id name v");
        assertThat(read("read_csv('a.csv', header=None)")).isEqualTo("4: 0 1 2");
        assertThat(read("read_csv('a.csv', names=['p', 'q', 'r'], header=0)")).isEqualTo("3: p q r");
        assertThat(read("read_csv('twice.csv')")).isEqualTo("1: a a.1 Unnamed: 2");
        assertThat(read("read_csv('implied.csv')")).isEqualTo("2: a b");
        assertThat(read("read_table('tabs.txt')")).isEqualTo("1: id w");
        assertThat(read("read_csv('blanks.txt', sep=r'\\s+')")).isEqualTo("2: id w");
    }

    @Test
    void whatIsNotUnderstoodIsNotGuessed() {
        assertThat(read("read_csv('a.csv', comment='#')")).isEqualTo("?");
        assertThat(read("read_csv('a.csv', skipfooter=1)")).isEqualTo("?");
        assertThat(read("read_csv('a.csv', usecols=lambda c: c != 'v')")).isEqualTo("?");
        assertThat(read("read_csv('ragged.csv')")).isEqualTo("?");
        assertThat(read("read_csv('missing.csv')")).isEqualTo("?");
        assertThat(after("open('a.csv', 'w').write('x')\ndf = pd.read_csv('a.csv')", "df"))
                .isEqualTo("?");
    }

    @Test
    void partsOfAFrameHaveTheRowsThatTheirBoundsSay() {
        String load = "a = pd.read_csv('a.csv')\n";
        assertThat(after(load + "b = a[:2]", "b")).isEqualTo("2: id name v");
        assertThat(after(load + "b = a[-2:]", "b")).isEqualTo("2: id name v");
        assertThat(after(load + "b = a[['v']]", "b")).isEqualTo("3: v");
        assertThat(after(load + "b = a.loc[:, ['v']]", "b")).isEqualTo("3: v");
        assertThat(after(load + "b = a.loc[a.v > 1, :]", "b")).isEqualTo("?: id name v");
        assertThat(after(load + "b = a * 2", "b")).isEqualTo("3: id name v");
        assertThat(after(load + "for k, b in a.groupby('id'):\n    print(b)", "b"))
                .isEqualTo("?: id name v");
        assertThat(after(load + "b, c = train_test_split(a, test_size=0.5)", "b"))
                .isEqualTo("1: id name v");
        assertThat(after(load + "b, c = train_test_split(a, test_size=0.5)", "c"))
                .isEqualTo("2: id name v");
    }

    @Test
    void framesThatAreJoinedHaveTheColumnsOfBoth() {
        String load = "a = pd.read_csv('a.csv')\nb = pd.read_table('tabs.txt')\n";
        assertThat(after(load + "c = a.merge(b, on='id')", "c")).isEqualTo("?: id name v w");
        assertThat(after(load + "c = pd.merge(a, a, on='id')", "c")).isEqualTo("?: id name_x v_x name_y v_y");
        assertThat(after(load + "c = pd.merge(a, b, left_on='v', right_on='id')", "c"))
                .isEqualTo("?: id_x name v id_y w");
        assertThat(after(load + "c = pd.concat([a, b])", "c")).isEqualTo("4: id name v w");
        assertThat(after(load + "c = pd.concat([a, b], axis=1)", "c")).isEqualTo("?: id name v id w");
        assertThat(after(load + "c = a.melt(id_vars='id')", "c")).isEqualTo("6: id variable value");
        assertThat(after(load + "c = a.join(b, lsuffix='_l')", "c")).isEqualTo("?: id_l name v id w");
    }

    @Test
    void framesThatAreMadeOfLiteralsAndArraysHaveTheirLength() {
        assertThat(after("d = pd.DataFrame(np.zeros((4, 2)), columns=['a', 'b'])", "d"))
                .isEqualTo("4: a b");
        assertThat(after("d = pd.DataFrame({'a': np.random.standard_normal(7), 'b': 1})", "d"))
                .isEqualTo("7: a b");
        assertThat(after("d = pd.DataFrame({'a': ['x', 'y'] * 3})", "d")).isEqualTo("6: a");
        assertThat(after("d = pd.DataFrame(index=['p', 'q'])\nd['z'] = 0", "d")).isEqualTo("2: z");
        assertThat(after("d = pd.DataFrame(np.zeros((2, 1)), columns=['a'], index=[['u', 'u'], [1, 2]])", "d"))
                .isEqualTo("2: a");
        assertThat(after("d = pd.DataFrame({'t': pd.date_range('2020-01-01', periods=5)})", "d"))
                .isEqualTo("5: t");
    }
}
