package dev.trackit.core.slice;

import static dev.trackit.core.lineage.Scripted.imports;
import static dev.trackit.core.lineage.Scripted.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.Output;
import dev.trackit.api.Statement;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.lineage.Scripted;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private final LineageGraph graph = new LineageGraph();
    private final Scripted notebook = new Scripted(graph, "a.ipynb", "s1");

    private ReplayPlan plan(String name) {
        return ReplayPlan.of(
                graph, new Slicer(graph).variable(notebook.session(), name).orElseThrow());
    }

    @Test
    void displaysOfWhatTheSliceMakesAreRunAgainAndOthersAreNot() {
        notebook.run(imports("import a, b", "a", "b"));
        notebook.run(
                line("x = a.f()", "R b:a", "W o:1", "W b:x=o:1"),
                line("x", "R b:x", "R o:1@x").with(Statement.Trait.DISPLAY));
        notebook.run(line("y = 1", "W o:2", "W b:y=o:2"));
        notebook.run(line("x + y", "R b:x", "R b:y").with(Statement.Trait.DISPLAY));
        notebook.run(line("b.show(x)", "R b:b", "R b:x").with(Statement.Trait.DISPLAY));

        ReplayPlan plan = plan("x");

        assertThat(plan.steps()).extracting(ReplayPlan.Step::code).containsExactly("import a\n", "x = a.f()\nx\n");
        assertThat(plan.steps()).extracting(ReplayPlan.Step::last).containsExactly(true, true);
    }

    private static ReplayPlan.Step step(Output... recorded) {
        LineageGraph graph = new LineageGraph();
        Scripted session = new Scripted(graph, "a.ipynb", "s1").outputs(List.of(recorded));
        session.run(line("x", "W b:x=o:1"));
        return new ReplayPlan.Step(graph.executions().get(0), "x\n", true);
    }

    private static Output result(String text) {
        return Output.builder(Output.Type.RESULT, "text/plain").text(text).build();
    }

    @Test
    void equalOutputsAreTheSameEvenIfAddressesDiffer() {
        ReplayComparison comparison = new ReplayComparison();
        comparison.add(
                step(Output.stream("stdout", "a\nb\nc\n"), result("<f at 0x7f0011223344>")),
                List.of(Output.stream("stdout", "a\nc\n"), result("<f at 0x7f9911223344>")));

        assertThat(comparison.verdict()).isEqualTo(ReplayComparison.Verdict.SAME);
        assertThat(comparison.compared()).isEqualTo(2);
    }

    @Test
    void aDifferentResultIsToldWithItsFirstLine() {
        ReplayComparison comparison = new ReplayComparison();
        comparison.add(step(result("a\nb")), List.of(result("a\nc")));

        assertThat(comparison.verdict()).isEqualTo(ReplayComparison.Verdict.DIFFERENT);
        assertThat(comparison.differences())
                .containsExactly(new ReplayComparison.Difference("In [1] result line 2", "b", "c"));
    }

    @Test
    void aPrintThatTheRecordDoesNotHaveIsADifference() {
        ReplayComparison comparison = new ReplayComparison();
        comparison.add(step(Output.stream("stdout", "a\nb\n")), List.of(Output.stream("stdout", "x\n")));

        assertThat(comparison.verdict()).isEqualTo(ReplayComparison.Verdict.DIFFERENT);
    }

    @Test
    void withoutOutputsThereIsNothingToCompare() {
        ReplayComparison comparison = new ReplayComparison();
        comparison.add(step(), List.of());

        assertThat(comparison.verdict()).isEqualTo(ReplayComparison.Verdict.NOT_COMPARABLE);
    }

    @Test
    void aSliceIsANotebookToo() {
        notebook.run(line("x = \"\\t\u00e9\"", "W o:1", "W b:x=o:1"));

        assertThat(SliceNotebook.text(PythonScript.of(
                        new Slicer(graph).variable(notebook.session(), "x").orElseThrow())))
                .contains("\"nbformat\": 4", "\"nbformat_minor\": 5", "\"name\": \"python3\"")
                .contains("\"source\": \"# In [1], execution 1\\nx = \\\"\\\\t\u00e9\\\"\"");
    }
}
