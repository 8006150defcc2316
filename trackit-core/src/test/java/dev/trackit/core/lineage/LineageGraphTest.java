package dev.trackit.core.lineage;

import static dev.trackit.core.lineage.Scripted.imports;
import static dev.trackit.core.lineage.Scripted.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackit.api.Analysis;
import dev.trackit.api.Execution;
import dev.trackit.api.Statement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineageGraphTest {
    private final LineageGraph graph = new LineageGraph();
    private final Scripted first = new Scripted(graph, "a.ipynb", "s1");

    private ExecutionView view(ExecutionNode node) {
        return ExecutionView.of(graph, node);
    }

    @Test
    void aReadDependsOnTheLastSureWrite() {
        first.run(line("x = 1", "W o:1", "W b:x=o:1"));
        ExecutionNode second = first.run(line("x = 2", "W o:2", "W b:x=o:2"));
        ExecutionNode third = first.run(line("print(x)", "R b:x", "R o:2@x"));

        assertThat(view(third).dependsOn()).containsExactly(second);
        assertThat(view(third).reads()).containsExactly("x");
        assertThat(view(second).writes()).containsExactly("x");
    }

    @Test
    void aWriteThatMayNotHaveHappenedAddsToTheOneBefore() {
        first.run(line("x = 1", "W o:1", "W b:x=o:1"));
        first.run(line("if c: x = 2", "W~ o:2", "W~ b:x=o:1,o:2"));
        ExecutionNode third = first.run(line("print(x)", "R b:x"));

        Version used = third.statements().get(0).uses().get(0).version();
        assertThat(used.writer().execution().sequence()).isEqualTo(2);
        assertThat(used.prior()).isNotNull();
        assertThat(used.prior().writer().execution().sequence()).isEqualTo(1);
    }

    @Test
    void aChangeThroughAnAliasIsSeenThroughTheOtherName() {
        ExecutionNode made = first.run(line("a = [1]", "W o:1", "W b:a=o:1"));
        ExecutionNode alias = first.run(line("b = a", "R b:a", "W b:b=o:1"));
        ExecutionNode changed = first.run(line("b.append(2)", "R b:b", "M o:1@b", "M o:1@a"));
        ExecutionNode read = first.run(line("print(a)", "R b:a", "R o:1@a"));

        assertThat(view(read).dependsOn()).containsExactly(made, changed);
        assertThat(view(changed).mutates()).containsExactly("b");
        assertThat(view(changed).dependsOn()).containsExactly(alias);
    }

    @Test
    void aNewObjectUnderAnOldNameIsNotAChangeOfTheOldObject() {
        first.run(line("df = load()", "W o:1", "W b:df=o:1"));
        ExecutionNode second = first.run(
                line("df = df.copy()", "R b:df", "R o:1@df", "W o:2", "W b:df=o:2"),
                line("df['x'] = 1", "R b:df", "W p:2.x@df"));

        assertThat(view(second).mutates()).isEmpty();
        assertThat(view(second).reads()).containsExactly("df");
        assertThat(view(second).writes()).containsExactly("df");
    }

    @Test
    void aPossibleChangeIsInTheGraphButNotInAnswersByName() {
        first.run(line("df = load()", "W o:1", "W b:df=o:1"));
        ExecutionNode second = first.run(line("mystery(df)", "R b:df", "R o:1@df", "M? o:1@df"));
        ExecutionNode third = first.run(line("df.head()", "R b:df", "R o:1@df"));

        assertThat(view(second).mutates()).isEmpty();
        assertThat(view(third).dependsOn()).extracting(ExecutionNode::sequence).containsExactly(1L);
        assertThat(third.statements().get(0).uses())
                .extracting(u -> u.on().execution())
                .contains(second);
    }

    @Test
    void aNameThatIsDeletedInTheSameExecutionIsNotWritten() {
        ExecutionNode node = first.run(line("t = 1", "W o:1", "W b:t=o:1"), line("del t", "D b:t"));

        assertThat(view(node).writes()).isEmpty();
        assertThat(graph.names(first.session())).isEmpty();
    }

    @Test
    void aFileJoinsNotebooksIfItWasWrittenBeforeItWasRead() {
        Scripted other = new Scripted(graph, "b.ipynb", "s2", Path.of("/work-folder/sub"));
        ExecutionNode early = other.run(line("d = read()", "R f:../data.csv", "W o:1", "W b:d=o:1"));
        ExecutionNode writer = first.run(line("df.to_csv('data.csv')", "W f:data.csv"));
        ExecutionNode late = other.run(line("d = read()", "R f:../data.csv", "W o:2", "W b:d=o:2"));

        assertThat(view(early).dependsOn()).isEmpty();
        assertThat(view(late).dependsOn()).containsExactly(writer);
        assertThat(view(late).filesRead()).extracting(ExternalDataset::key).containsExactly("/work-folder/data.csv");
        assertThat(view(writer).filesWritten())
                .extracting(ExternalDataset::key)
                .containsExactly("/work-folder/data.csv");
    }

    @Test
    void aPatternReadsTheFilesThatFitIt() {
        ExecutionNode writer = first.run(line("w()", "W f:out/a.csv"), line("w()", "W f:out/b.txt"));
        ExecutionNode reader = first.run(line("glob()", "R f:out/*.csv"));

        assertThat(view(reader).dependsOn()).containsExactly(writer);
        assertThat(reader.statements().get(0).inputs())
                .extracting(a -> a.dataset().key())
                .containsExactly("/work-folder/out/*.csv", "/work-folder/out/a.csv");
    }

    @Test
    void aFileThatTheExecutionWroteItselfIsNotRead() {
        ExecutionNode node = first.run(line("w()", "W f:a.csv"), line("r()", "R f:a.csv"));

        assertThat(view(node).filesRead()).isEmpty();
        assertThat(view(node).filesWritten()).hasSize(1);
    }

    @Test
    void sessionsHaveNamesOfTheirOwn() {
        first.run(line("x = 1", "W o:1", "W b:x=o:1"));
        Scripted restarted = new Scripted(graph, "a.ipynb", "s2").from(1);
        ExecutionNode read = restarted.run(line("print(x)", "R b:x"));

        assertThat(view(read).dependsOn()).isEmpty();
        assertThat(read.statements().get(0).unresolved()).containsExactly("x");
    }

    @Test
    void aNameThatNothingBindsMayComeFromAStatementWithUnknownEffects() {
        ExecutionNode opaque = first.run(line("%run other.py").with(Statement.Trait.OPAQUE));
        ExecutionNode read = first.run(line("print(x)", "R b:x"));

        assertThat(view(read).dependsOn()).containsExactly(opaque);
        assertThat(read.statements().get(0).uses()).extracting(Use::kind).containsExactly(Use.Kind.UNKNOWN);
    }

    @Test
    void importsOfTwoPartsOfOnePackageAddUp() {
        first.run(imports("import scipy.stats", "scipy"));
        first.run(imports("import scipy.linalg", "scipy"));
        ExecutionNode read = first.run(line("scipy.stats.norm", "R b:scipy"));

        Version used = read.statements().get(0).uses().get(0).version();
        assertThat(used.prior()).isNotNull();
    }

    @Test
    void addingCostsTheSameAtTheEndOfALongSessionAsAtItsBeginning() {
        first.run(line("df = load()", "W o:1", "W b:df=o:1"));
        long atStart = costOfHundred();
        for (int i = 0; i < 9_700; i++) {
            first.run(line("df['x'] = f(df)", "R b:df", "R o:1@df", "M p:1.x@df", "M o:1@df"));
        }
        long atEnd = costOfHundred();

        assertThat(atEnd).isLessThanOrEqualTo(atStart + 2);
        ExecutionNode last = graph.executions().get(graph.executions().size() - 1);
        assertThat(last.statements().get(0).uses()).hasSizeLessThan(5);
    }

    private long costOfHundred() {
        long before = graph.touched();
        int uses = 0;
        for (int i = 0; i < 100; i++) {
            ExecutionNode node = first.run(line("df['x'] = f(df)", "R b:df", "R o:1@df", "M p:1.x@df", "M o:1@df"));
            uses += node.statements().get(0).uses().size();
        }
        return graph.touched() - before + Math.min(uses, 300);
    }

    @Test
    void aStatementRunAgainOnTheSameVersionsChangesNothing() {
        Scripted.Line store =
                line("df['t'] = df['a'] * k", "R b:df", "R b:k", "R p:1.a@df", "M p:1.[]@df", "W p:1.t@df");
        first.run(line("k = 2", "W o:9", "W b:k=o:9"));
        first.run(line("df = load()", "W o:1", "W p:1.a", "W p:1.[]", "W b:df=o:1,p:1.a,p:1.[],p:1.t"));
        ExecutionNode once = first.run(store);
        ExecutionNode again = first.run(store);
        ExecutionNode read = first.run(line("df", "R b:df", "R o:1@df"));

        assertThat(view(once).mutates()).containsExactly("df");
        assertThat(view(again).mutates()).isEmpty();
        assertThat(view(read).dependsOn()).extracting(ExecutionNode::sequence).containsExactly(2L, 3L);

        first.run(line("k = 3", "W o:10", "W b:k=o:10"));
        ExecutionNode other = first.run(store);
        assertThat(view(other).mutates()).containsExactly("df");
    }

    @Test
    void aStatementThatReadsWhatItWritesChangesItEachTime() {
        Scripted.Line add = line("df['a'] = df['a'] + 1", "R b:df", "R p:1.a@df", "W p:1.a@df");
        first.run(line("df = load()", "W o:1", "W p:1.a", "W b:df=o:1,p:1.a"));
        first.run(add);
        ExecutionNode again = first.run(add);

        assertThat(view(again).mutates()).containsExactly("df");
    }

    @Test
    void aStatementRunAgainAfterItsResultWasOverwrittenChangesItBack() {
        Scripted.Line one = line("df['a'] = 1", "R b:df", "W p:1.a@df");
        first.run(line("df = load()", "W o:1", "W b:df=o:1,p:1.a"));
        first.run(one);
        first.run(line("df['a'] = 2", "R b:df", "W p:1.a@df"));
        ExecutionNode again = first.run(one);

        assertThat(view(again).mutates()).containsExactly("df");
    }

    @Test
    void drawingAgainIsNoRepeat() {
        Scripted.Line draw = line("df['a'] = rand()", "R b:df", "R h:<random>", "M h:<random>", "W p:1.a@df");
        first.run(line("df = load()", "W o:1", "W b:df=o:1,p:1.a"));
        first.run(draw);
        ExecutionNode again = first.run(draw);

        assertThat(view(again).mutates()).containsExactly("df");
    }

    @Test
    void anExecutionOfASessionThatIsNotOpenIsRefused() {
        Execution execution = Execution.builder("e", "nowhere", "x").build();
        Analysis analysis = new Analysis("e", List.of(), List.of(), List.of(), List.of());
        assertThatThrownBy(() -> graph.add(execution, analysis))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void whatRestsOnAFileIsFoundForward() {
        ExecutionNode read = first.run(line("df = read()", "R f:in.csv", "W o:1", "W b:df=o:1"));
        first.run(line("other = 1", "W o:9", "W b:other=o:9"));
        ExecutionNode derived = first.run(line("m = df.mean()", "R b:df", "R o:1@df", "W o:2", "W b:m=o:2"));
        ExecutionNode written = first.run(line("m.to_csv()", "R b:m", "R o:2@m", "W f:out.csv"));

        Impact impact =
                Impact.ofExternal(graph.external(first.session(), "in.csv").orElseThrow());

        assertThat(impact.executions()).containsExactly(read, derived, written);
        assertThat(impact.names(graph, first.session())).containsExactly("df", "m");
        assertThat(impact.written(graph)).extracting(ExternalDataset::key).containsExactly("/work-folder/out.csv");
    }

    @Test
    void whatRestsOnAColumnIsFoundForward() {
        first.run(line("df = read()", "W o:1", "W b:df=o:1"));
        ExecutionNode user = first.run(line("a = df['age']", "R b:df", "R p:1.age@df", "W o:2", "W b:a=o:2"));
        first.run(line("n = df['name']", "R b:df", "R p:1.name@df", "W o:3", "W b:n=o:3"));

        Impact impact = Impact.ofColumn(graph, first.session(), "df", "age");

        assertThat(impact.executions()).containsExactly(user);
        assertThat(impact.names(graph, first.session())).containsExactly("a");
    }
}
