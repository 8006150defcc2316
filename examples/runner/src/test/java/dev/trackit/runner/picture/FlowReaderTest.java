package dev.trackit.runner.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlowReaderTest {

    private static List<String> told(Flow flow) {
        return flow.edges().stream()
                .map(edge -> name(flow, edge.from()) + " > " + name(flow, edge.to()))
                .toList();
    }

    private static String name(Flow flow, String id) {
        FlowNode node = flow.node(id);
        if (node == null) {
            return "?";
        }
        return node.kind().isData() ? node.label() + (node.version() > 1 ? node.version() : "") : node.label();
    }

    @Test
    void filesBecomeDatasetsAndDatasetsFiles() {
        Flow flow = Flows.flow(
                "import pandas as pd",
                "raw = pd.read_csv('raw.csv')",
                "clean = raw.dropna(subset=['age'])",
                "clean.to_csv('clean.csv', index=False)");

        assertThat(told(flow))
                .containsExactlyInAnyOrder(
                        "raw.csv > read_csv()",
                        "read_csv() > raw",
                        "raw > dropna(subset=['age'])",
                        "dropna(subset=['age']) > clean",
                        "clean > to_csv(index=False)",
                        "to_csv(index=False) > clean.csv");
        assertThat(flow.nodes())
                .filteredOn(n -> n.label().equals("raw"))
                .first()
                .satisfies(raw -> {
                    assertThat(raw.kind()).isEqualTo(FlowNode.Kind.FRAME);
                    assertThat(raw.runs()).extracting(FlowNode.Run::sequence).containsExactly(2L);
                });
    }

    @Test
    void aChangeInPlaceMakesTheNextVersionAlsoThroughAnotherName() {
        Flow flow = Flows.flow(
                "import pandas as pd",
                "df = pd.read_csv('raw.csv')",
                "df['a'] = 1",
                "alias = df",
                "alias['b'] = 2",
                "total = df.groupby('a').sum()");

        assertThat(told(flow)).contains("df > [a] = …", "[a] = … > df2", "df2 > [b] = …", "[b] = … > df3");
        assertThat(told(flow)).contains("df3 > sum()", "sum() > total");
        assertThat(flow.nodes()).noneMatch(node -> node.label().equals("alias"));
        assertThat(flow.node("d5.0.0")).isNotNull().satisfies(node -> assertThat(node.aliases())
                .containsExactly("alias"));
    }

    @Test
    void aCellRunAgainWithTheSameResultMakesNothingNew() {
        Flow flow = Flows.flow("import pandas as pd", "df = pd.read_csv('raw.csv')", "df = pd.read_csv('raw.csv')");

        assertThat(flow.nodes()).filteredOn(node -> node.label().equals("df")).hasSize(1);
        assertThat(flow.nodes())
                .filteredOn(node -> node.kind() == FlowNode.Kind.STEP)
                .first()
                .satisfies(step -> assertThat(step.runs()).hasSize(2));
    }

    @Test
    void whatWasReplacedIsNotPartOfToday() {
        Flow flow = Flows.flow(
                "import pandas as pd", "df = pd.read_csv('a.csv')", "df = pd.read_csv('b.csv')", "out = df.dropna()");

        assertThat(flow.nodes())
                .filteredOn(node -> !node.current())
                .extracting(FlowNode::label)
                .contains("df", "read_csv()");
        assertThat(flow.nodes())
                .filteredOn(FlowNode::current)
                .extracting(FlowNode::label)
                .contains("b.csv", "out");
        assertThat(View.of(flow, ViewQuery.all()).shown().nodes()).allMatch(FlowNode::current);
    }

    @Test
    void valuesAreShownOnlyWhereDataPassesThroughThem() {
        Flow flow = Flows.flow(
                "import pandas as pd",
                "df = pd.read_csv('a.csv')",
                "n = 5",
                "limit = df['x'].mean()",
                "top = df[df['x'] > limit].head(n)");

        assertThat(flow.nodes()).extracting(FlowNode::label).contains("limit").doesNotContain("n");
    }

    @Test
    void drawingsAndMeasuresAreEndsAndLookingIsNothing() {
        Flow flow = Flows.flow(
                "import pandas as pd\nimport matplotlib.pyplot as plt\nfrom sklearn.linear_model import LinearRegression",
                "df = pd.read_csv('a.csv')",
                "df.head()\ndf.info()",
                "plt.scatter(df['x'], df['y'])\nplt.savefig('xy.png')",
                "model = LinearRegression()\nmodel.fit(df[['x']], df['y'])\nprint(model.score(df[['x']], df['y']))");

        assertThat(flow.nodes())
                .extracting(FlowNode::kind)
                .contains(FlowNode.Kind.PLOT, FlowNode.Kind.MEASURE, FlowNode.Kind.MODEL);
        assertThat(told(flow)).anyMatch(edge -> edge.endsWith("> xy.png"));
        assertThat(flow.nodes())
                .noneMatch(node -> node.label().contains("head") || node.label().contains("info"));
    }

    @Test
    void aNameThatNothingRecordedBoundIsShownAsNotRecorded() {
        Flow flow = Flows.flow(
                "from sklearn.linear_model import LinearRegression",
                "clean = df.dropna()\nclean['x'] = prepare(1)",
                "model = LinearRegression()\nmodel.fit(clean, df['y'])");

        assertThat(flow.nodes())
                .filteredOn(node -> node.kind() == FlowNode.Kind.UNKNOWN)
                .extracting(FlowNode::label)
                .containsExactly("df");
    }

    @Test
    void stepsInARowAreOneThatOpens() {
        Flow flow = Flows.flow(
                "import pandas as pd",
                "df = pd.read_csv('a.csv')",
                "df['a'] = df['x'] + 1",
                "df['b'] = df['x'] + 2",
                "df = df.dropna()");

        View closed = View.of(flow, ViewQuery.all());
        FlowNode chain = closed.shown().nodes().stream()
                .filter(node -> node.kind() == FlowNode.Kind.CHAIN)
                .findFirst()
                .orElseThrow();
        assertThat(Card.title(chain)).isEqualTo("4 steps");
        assertThat(closed.shown().nodes()).hasSize(3);

        ViewQuery open = new ViewQuery(
                "", ViewQuery.Direction.BOTH, 0, java.util.Set.of(chain.id()), 150, false, ViewQuery.Orientation.RIGHT);
        View opened = View.of(flow, open);
        assertThat(opened.shown().nodes()).hasSize(9).noneMatch(node -> node.kind() == FlowNode.Kind.CHAIN);
        assertThat(opened.opened(chain.members().get(0))).isEqualTo(chain.id());
    }

    @Test
    void aFocusShowsWhatItCameFromAndWhatCameOfIt() {
        Flow flow = Flows.flow(
                "import pandas as pd",
                "a = pd.read_csv('a.csv')",
                "b = pd.read_csv('b.csv')",
                "c = a.merge(b, on='k')",
                "d = c.dropna()",
                "e = a.dropna()");
        ViewQuery up = ViewQuery.of(java.util.Map.of("focus", List.of("c"), "direction", List.of("up")));
        ViewQuery down = ViewQuery.of(java.util.Map.of("focus", List.of("c"), "direction", List.of("down")));
        ViewQuery near = ViewQuery.of(java.util.Map.of("focus", List.of("c"), "depth", List.of("1")));

        assertThat(data(View.of(flow, up))).containsExactlyInAnyOrder("a.csv", "b.csv", "a", "b", "c");
        assertThat(data(View.of(flow, down))).containsExactlyInAnyOrder("c", "d");
        assertThat(data(View.of(flow, near))).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    private static List<String> data(View view) {
        return view.shown().nodes().stream()
                .filter(node -> node.kind().isData())
                .map(FlowNode::label)
                .toList();
    }

    @Test
    void whatDoesNotFitIsCountedWhereItHangs() {
        Flow flow = Flows.random(2000, 11);

        View view = View.of(flow, ViewQuery.all());

        assertThat(view.shown().nodes()).hasSize(ViewQuery.DEFAULT_LIMIT);
        assertThat(view.hidden()).isPositive();
        assertThat(view.shown().nodes()).anyMatch(node -> view.moreBefore(node) > 0 || view.moreAfter(node) > 0);
        assertThat(view.scope().nodes()).hasSize(flow.nodes().size());
    }

    @Test
    void aRowHidesNothingThatSomethingElseUses() {
        for (int seed = 0; seed < 20; seed++) {
            Flow flow = Flows.random(200, seed);
            Flow collapsed = View.of(flow, ViewQuery.of(java.util.Map.of("limit", List.of("300"))))
                    .shown();
            assertThat(hasCircle(collapsed)).as("seed " + seed).isFalse();
        }
    }

    private static boolean hasCircle(Flow flow) {
        java.util.Map<String, Integer> open = new java.util.HashMap<>();
        flow.nodes().forEach(node -> open.put(node.id(), flow.before(node).size()));
        java.util.Deque<FlowNode> free = new java.util.ArrayDeque<>(flow.nodes().stream()
                .filter(node -> flow.before(node).isEmpty())
                .toList());
        int seen = 0;
        while (!free.isEmpty()) {
            FlowNode node = free.remove();
            seen++;
            for (FlowNode next : flow.after(node)) {
                if (open.merge(next.id(), -1, Integer::sum) == 0) {
                    free.add(next);
                }
            }
        }
        return seen != flow.nodes().size();
    }
}
