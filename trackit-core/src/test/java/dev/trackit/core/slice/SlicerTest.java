package dev.trackit.core.slice;

import static dev.trackit.core.lineage.Scripted.imports;
import static dev.trackit.core.lineage.Scripted.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.Statement;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.lineage.Scripted;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlicerTest {
    private final LineageGraph graph = new LineageGraph();
    private final Scripted notebook = new Scripted(graph, "a.ipynb", "s1");
    private final Slicer slicer = new Slicer(graph);

    private List<String> slice(String name) {
        return code(slicer.variable(notebook.session(), name).orElseThrow());
    }

    private static List<String> code(Slice slice) {
        return PythonScript.of(slice).parts().stream()
                .flatMap(part -> part.code().lines())
                .toList();
    }

    @Test
    void onlyTheStatementsThatTheValueRestsOnAreTaken() {
        notebook.run(imports("import pandas as pd", "pd"), imports("import numpy as np", "np"));
        notebook.run(
                line("df = pd.read_csv('a.csv')", "R b:pd", "R f:a.csv", "W o:1", "W b:df=o:1"),
                line("df.head()", "R b:df", "R o:1@df").with(Statement.Trait.DISPLAY));
        notebook.run(line("other = np.zeros(3)", "R b:np", "W o:2", "W b:other=o:2"));
        notebook.run(line("m = df.mean()", "R b:df", "R o:1@df", "W o:3", "W b:m=o:3"));

        assertThat(slice("m")).containsExactly("import pandas as pd", "df = pd.read_csv('a.csv')", "m = df.mean()");
    }

    @Test
    void aSupersededVersionIsLeftOut() {
        notebook.run(line("x = 1", "W o:1", "W b:x=o:1"));
        notebook.run(line("x = 2", "W o:2", "W b:x=o:2"));

        assertThat(slice("x")).containsExactly("x = 2");
    }

    @Test
    void aChangeInPlaceOfTheValueIsTaken() {
        notebook.run(line("a = []", "W o:1", "W b:a=o:1"));
        notebook.run(line("b = a", "R b:a", "W b:b=o:1"));
        notebook.run(line("b.append(1)", "R b:b", "M o:1@b", "M o:1@a"));

        assertThat(slice("a")).containsExactly("a = []", "b = a", "b.append(1)");
    }

    @Test
    void aValueIsTakenAsItStoodAfterAnExecution() {
        notebook.run(line("a = []", "W o:1", "W b:a=o:1"));
        ExecutionNode at = notebook.run(line("a.append(1)", "R b:a", "M o:1@a"));
        notebook.run(line("a.append(2)", "R b:a", "M o:1@a"));

        assertThat(code(slicer.variable(at, "a").orElseThrow())).containsExactly("a = []", "a.append(1)");
    }

    @Test
    void anImportIsCutDownToTheNamesThatAreNeeded() {
        notebook.run(
                imports("import os, pandas as pd, numpy as np", "os", "pd", "np"),
                imports("from sklearn.svm import (SVC,  # the classifier\n    LinearSVC as L)", "SVC", "L"));
        notebook.run(line("m = L(np.pi)", "R b:L", "R b:np", "W o:1", "W b:m=o:1"));

        assertThat(slice("m"))
                .containsExactly("import numpy as np", "from sklearn.svm import LinearSVC as L", "m = L(np.pi)");
    }

    @Test
    void theSeedAndTheDrawsBeforeAreTakenIfTheGeneratorWasSeeded() {
        notebook.run(line("seed(0)", "W h:<numpy.random>"));
        notebook.run(line("a = rand()", "R h:<numpy.random>", "M h:<numpy.random>", "W o:1", "W b:a=o:1"));
        notebook.run(line("b = rand()", "R h:<numpy.random>", "M h:<numpy.random>", "W o:2", "W b:b=o:2"));

        assertThat(slice("b")).containsExactly("seed(0)", "a = rand()", "b = rand()");
    }

    @Test
    void drawsBeforeAreLeftOutIfNothingSeededTheGenerator() {
        notebook.run(line("a = rand()", "R h:<numpy.random>", "M h:<numpy.random>", "W o:1", "W b:a=o:1"));
        notebook.run(line("b = rand()", "R h:<numpy.random>", "M h:<numpy.random>", "W o:2", "W b:b=o:2"));

        assertThat(slice("b")).containsExactly("b = rand()");
    }

    @Test
    void plotsMatterOnlyToWhoSavesThePicture() {
        notebook.run(line("plt.plot(x)", "R h:<pyplot>", "M h:<pyplot>"));
        notebook.run(line("n = plt.hist(y)", "R h:<pyplot>", "M h:<pyplot>", "W o:1", "W b:n=o:1"));
        notebook.run(line("plt.savefig('p.png')", "R h:<pyplot>", "W f:p.png"));

        assertThat(slice("n")).containsExactly("n = plt.hist(y)");
        Slice file = slicer.file(graph.external(notebook.session(), "p.png").orElseThrow())
                .orElseThrow();
        assertThat(code(file)).containsExactly("plt.plot(x)", "n = plt.hist(y)", "plt.savefig('p.png')");
    }

    @Test
    void aStatementThatFailedIsAllowedToFailAgainAndWarnedAbout() {
        notebook.run(line("a = []", "W o:1", "W b:a=o:1"));
        notebook.run(line("for i in [1, 'b']:\n    a.append(i + 1)", "R b:a", "M? o:1@a")
                .with(Statement.Trait.FAILED));

        Slice slice = slicer.variable(notebook.session(), "a").orElseThrow();

        assertThat(code(slice))
                .containsExactly(
                        "a = []",
                        "try:",
                        "    for i in [1, 'b']:",
                        "        a.append(i + 1)",
                        "except Exception:",
                        "    pass");
        assertThat(slice.warnings()).singleElement().asString().contains("In [2] line 1 failed");
    }

    @Test
    void theStatementsOfANotebookThatWroteTheFileComeFirst() {
        Scripted producer = new Scripted(graph, "p/p.ipynb", "s0", Path.of("/work-folder/p"));
        producer.run(line("x = 1", "W o:1", "W b:x=o:1"));
        producer.run(line("save(x, 'out.csv')", "R b:x", "R o:1@x", "W f:out.csv"));
        notebook.run(line("x = load('p/out.csv')", "R f:p/out.csv", "W o:1", "W b:x=o:1"));

        Slice slice = slicer.variable(notebook.session(), "x").orElseThrow();

        assertThat(code(slice))
                .containsExactly(
                        "__import__(\"os\").chdir(\"p\")",
                        "x = 1",
                        "save(x, 'out.csv')",
                        "__import__(\"os\").chdir(\"..\")",
                        "x = load('p/out.csv')");
        assertThat(slice.inputs()).isEmpty();
    }

    @Test
    void aRestartedSessionBringsOnlyItsFiles() {
        notebook.run(line("x = 1", "W o:1", "W b:x=o:1"));
        notebook.run(line("save(x)", "R b:x", "R o:1@x", "W f:x.pkl"));
        notebook.run(line("y = 2", "W o:2", "W b:y=o:2"));
        Scripted restarted = new Scripted(graph, "a.ipynb", "s2").from(3);
        restarted.run(line("x = load()", "R f:x.pkl", "W o:1", "W b:x=o:1"));

        assertThat(code(slicer.variable(restarted.session(), "x").orElseThrow()))
                .containsExactly("x = 1", "save(x)", "x = load()");
    }

    @Test
    void inputsAreTheFilesThatTheSliceDoesNotWrite() {
        notebook.run(line("df = r('in.csv')", "R f:in.csv", "W o:1", "W b:df=o:1"));
        notebook.run(line("df.w('t.csv')", "R b:df", "R o:1@df", "W f:t.csv"));
        notebook.run(line("d = r('t.csv')", "R f:t.csv", "W o:2", "W b:d=o:2"));

        Slice slice = slicer.variable(notebook.session(), "d").orElseThrow();

        assertThat(slice.inputs()).extracting(d -> d.key()).containsExactly("/work-folder/in.csv");
    }

    @Test
    void anInputThatWasOverwrittenLaterIsWarnedAbout() {
        notebook.run(line("df = r('in.csv')", "R f:in.csv", "W o:1", "W b:df=o:1"));
        notebook.run(line("df.w('in.csv')", "R b:df", "R o:1@df", "W f:in.csv"));

        Slice slice = slicer.variable(notebook.session(), "df").orElseThrow();

        assertThat(slice.warnings()).singleElement().asString().startsWith("in.csv was overwritten by In [2] line 1");
    }

    @Test
    void aNameThatNothingDefinesIsWarnedAbout() {
        notebook.run(line("y = x + 1", "R b:x", "W o:1", "W b:y=o:1"));

        assertThat(slicer.variable(notebook.session(), "y").orElseThrow().warnings())
                .singleElement()
                .asString()
                .isEqualTo("In [1] line 1 uses x, which nothing recorded defines.");
    }

    @Test
    void chanceIsWarnedAboutUnlessItWasSeeded() {
        notebook.run(line("a = rand()", "R h:random", "M h:random", "W o:1", "W b:a=o:1"));
        notebook.run(line("t = time()", "R h:clock", "W o:2", "W b:t=o:2"));
        notebook.run(line("seed(1)", "W h:random"));
        notebook.run(line("b = rand()", "R h:random", "M h:random", "W o:3", "W b:b=o:3"));

        assertThat(slicer.variable(notebook.session(), "a").orElseThrow().warnings())
                .containsExactly(
                        "In [1] line 1 draws random numbers that nothing seeded: they are others in each run.");
        assertThat(slicer.variable(notebook.session(), "t").orElseThrow().warnings())
                .containsExactly("In [2] line 1 reads the clock: it is another in each run.");
        assertThat(slicer.variable(notebook.session(), "b").orElseThrow().warnings())
                .isEmpty();
    }

    @Test
    void ipythonSyntaxIsSaidInPython() {
        notebook.run(line("%time x = f()", "W o:1", "W b:x=o:1").with(Statement.Trait.IPYTHON));
        notebook.run(line("files = !ls", "W o:2", "W b:files=o:2").with(Statement.Trait.IPYTHON));

        assertThat(slice("x")).containsExactly("x = f()");
        PythonScript script =
                PythonScript.of(slicer.variable(notebook.session(), "files").orElseThrow());
        assertThat(script.text()).contains("files = __import__(\"subprocess\").getoutput(\"ls\").splitlines()");
        assertThat(script.warnings())
                .containsExactly(
                        "In [2] line 1 runs a command of the shell: what it reads and changes is not wholly known.");
    }

    @Test
    void aResultThatWasOnlyShownIsGivenItsHistoryName() {
        notebook.run(line("1 + 1", "W o:1", "W b:_1=o:1").with(Statement.Trait.DISPLAY));
        notebook.run(line("x = _1", "R b:_1", "W b:x=o:1"));

        assertThat(slice("x")).containsExactly("_1 = (1 + 1)", "x = _1");
    }

    @Test
    void theScriptSaysWhatItMakesAndWhereEachPartCameFrom() {
        notebook.runCell(4, line("df = r('in.csv')", "R f:in.csv", "W o:1", "W b:df=o:1"));

        assertThat(PythonScript.of(slicer.variable(notebook.session(), "df").orElseThrow())
                        .text())
                .isEqualTo("""
                        # The variable df of a.ipynb, as it was after In [1] at 1970-01-01T00:01:01Z.
                        # Reads: in.csv

                        # In [1], cell 4, execution 1
                        df = r('in.csv')
                        """);
    }

    @Test
    void aSliceOfALongHistoryTouchesOnlyWhatItNeeds() {
        notebook.run(line("df = load()", "W o:0", "W b:df=o:0"));
        for (int i = 1; i <= 10_000; i++) {
            notebook.run(line("x" + i + " = f(df)", "R b:df", "R o:0@df", "W o:" + i, "W b:x" + i + "=o:" + i));
        }

        assertThat(slice("x10000")).containsExactly("df = load()", "x10000 = f(df)");
    }

    @Test
    void aNameThatIsNotBoundHasNoSlice() {
        notebook.run(line("x = 1", "W o:1", "W b:x=o:1"), line("del x", "D b:x"));

        assertThat(slicer.variable(notebook.session(), "x")).isEmpty();
        assertThat(slicer.variable(notebook.session(), "never")).isEmpty();
    }
}
