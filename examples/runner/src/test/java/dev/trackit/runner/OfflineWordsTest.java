package dev.trackit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the offline summary says of real code, sentence by sentence. */
class OfflineWordsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final ObjectNode notebook =
            JSON.createObjectNode().put("nbformat", 4).put("nbformat_minor", 5);
    private final ArrayNode cells = notebook.putArray("cells");

    @Test
    void rowsAreKeptOfAFrameAndNotOfTheColumnThatSaysWhich() throws IOException {
        code("import pandas as pd\ndf = pd.read_csv('a.csv')", "");
        code("df = df[~df['Age'].isnull()]", "");
        code("few = df.drop(labels, inplace=False)", "");
        code("df[df == -999] = 0", "");
        assertThat(told("python"))
                .contains(
                        "* Kept some rows of df (DataFrame[mask]",
                        "* Dropped rows of df into few (DataFrame.drop: labels=labels")
                .doesNotContain("rows of df[", "Ran df[df");
    }

    @Test
    void aScalerScalesAndIsNotScaled() throws IOException {
        code("import pandas as pd\nfrom sklearn.preprocessing import StandardScaler\ndf = pd.read_csv('a.csv')", "");
        code("scaler = StandardScaler()\nX = scaler.fit_transform(df)", "");
        assertThat(told("python")).contains("* Scaled df with scaler into X (Scaler.fit_transform");
    }

    @Test
    void theShapeAtTheEndIsNotThatBeforeRowsWereDropped() throws IOException {
        code("import pandas as pd\ndf = pd.read_csv('a.csv')\ndf.shape", "(891, 12)");
        code("df = df[df['Age'] > 3]", "");
        assertThat(told("python"))
                .contains("df has 891 rows × 12 columns")
                .containsPattern("At the end there is df[ .]\\[?");
        assertThat(told("python")).doesNotContain("At the end there is df (891");
    }

    @Test
    void dataOfALibraryIsLoadedNotMade() throws IOException {
        code("import seaborn as sns\ntips = sns.load_dataset('tips')", "");
        assertThat(told("python"))
                .contains("The work begins with data that a library brings; no file is named.", "Loaded tips (");
    }

    @Test
    void codeOfAnotherLanguageIsSaidNotToBeUnderstood() throws IOException {
        code("library(dplyr)", "");
        code("# the data\ndf <- read.csv('a.csv')", "");
        assertThat(told("R"))
                .contains(
                        "2 executions hold code that is not understood here",
                        "ran library(dplyr); ran df <- read.csv('a.csv'). [s1, s2]")
                .doesNotContain("Nothing was done", "NOT SUPPORTED");
    }

    @Test
    void entitiesOfQuotedProseAreCharacters() throws IOException {
        ObjectNode cell = cells.addObject().put("cell_type", "markdown").put("id", "m");
        cell.putObject("metadata");
        cell.put("source", "Ages&hairsp;&lt;&nbsp;3 are dropped<br>because they &#8220;look&#x201d; wrong &amp; odd.");
        code("import pandas as pd\ndf = pd.read_csv('a.csv')", "");
        assertThat(told("python"))
                .contains("The notebook says: Ages < 3 are dropped because they “look” wrong & odd. [p1]");
    }

    private String told(String language) throws IOException {
        notebook.putObject("metadata")
                .putObject("kernelspec")
                .put("name", language)
                .put("language", language)
                .put("display_name", language);
        Files.write(folder.resolve("a.ipynb"), JSON.writeValueAsBytes(notebook));
        CliRun run = CliRun.in(folder, "summary", "a.ipynb");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).doesNotContain("NOT SUPPORTED");
        return run.out();
    }

    private void code(String source, String result) {
        ObjectNode cell = cells.addObject().put("cell_type", "code").put("id", "c" + cells.size());
        cell.putObject("metadata");
        cell.put("execution_count", cells.size()).put("source", source);
        ArrayNode outputs = cell.putArray("outputs");
        if (!result.isEmpty()) {
            ObjectNode output =
                    outputs.addObject().put("output_type", "execute_result").put("execution_count", cells.size());
            output.putObject("metadata");
            output.putObject("data").put("text/plain", result);
        }
    }
}
