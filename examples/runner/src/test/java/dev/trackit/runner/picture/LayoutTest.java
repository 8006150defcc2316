package dev.trackit.runner.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class LayoutTest {

    @ParameterizedTest
    @CsvSource({"5, RIGHT", "50, RIGHT", "50, DOWN", "500, RIGHT", "2000, RIGHT", "2000, DOWN"})
    void nodesStandApartAndEdgesEndAtTheirNodes(int size, ViewQuery.Orientation orientation) {
        Flow flow = Flows.random(size, 7);

        Picture picture = Flows.picture(flow, ViewQuery.all().with(orientation));

        assertThat(picture.nodes()).hasSizeBetween(2, ViewQuery.DEFAULT_LIMIT);
        for (int i = 0; i < picture.nodes().size(); i++) {
            Picture.Placed a = picture.nodes().get(i);
            assertThat(a.x()).isNotNegative();
            assertThat(a.x() + a.card().width()).isLessThanOrEqualTo(picture.width());
            assertThat(a.y() + a.card().height()).isLessThanOrEqualTo(picture.height());
            for (Picture.Placed b :
                    picture.nodes().subList(i + 1, picture.nodes().size())) {
                assertThat(overlap(a, b)).as(a + " and " + b).isFalse();
            }
        }
        Map<String, Picture.Placed> byId = new HashMap<>();
        picture.nodes().forEach(node -> byId.put(node.card().node().id(), node));
        assertThat(picture.edges()).isNotEmpty();
        for (Picture.Routed edge : picture.edges()) {
            List<double[]> points = edge.points();
            assertOnSide(points.get(0), byId.get(edge.edge().from()), orientation, true);
            assertOnSide(points.get(points.size() - 1), byId.get(edge.edge().to()), orientation, false);
            for (int i = 1; i < points.size(); i++) {
                boolean straight = Math.abs(points.get(i)[0] - points.get(i - 1)[0]) < 0.01
                        || Math.abs(points.get(i)[1] - points.get(i - 1)[1]) < 0.01;
                assertThat(straight).as("edges run along the axes").isTrue();
            }
        }
    }

    private static boolean overlap(Picture.Placed a, Picture.Placed b) {
        return a.x() < b.x() + b.card().width()
                && b.x() < a.x() + a.card().width()
                && a.y() < b.y() + b.card().height()
                && b.y() < a.y() + a.card().height();
    }

    private static void assertOnSide(
            double[] point, Picture.Placed node, ViewQuery.Orientation orientation, boolean leaves) {
        boolean right = orientation == ViewQuery.Orientation.RIGHT;
        double side = right
                ? node.x() + (leaves ? node.card().width() : 0)
                : node.y() + (leaves ? node.card().height() : 0);
        assertThat(point[right ? 0 : 1]).isCloseTo(side, within(0.5));
        double from = right ? node.y() : node.x();
        double to = from + (right ? node.card().height() : node.card().width());
        assertThat(point[right ? 1 : 0]).isBetween(from, to);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 50, 500})
    void theSameFlowGivesTheSamePictureToTheLetter(int size) {
        String once = SvgPicture.file(Flows.picture(Flows.random(size, 3), ViewQuery.all()), "once");
        String again = SvgPicture.file(Flows.picture(Flows.random(size, 3), ViewQuery.all()), "once");

        assertThat(again).isEqualTo(once);
    }

    @Test
    void labelsOfEachKindAndLengthFitTheirNodes() {
        String longName = "an_extremely_long_name_that_somebody_gave_to_a_dataset_to_say_it_all_" + "x".repeat(10_000);
        for (FlowNode.Kind kind : FlowNode.Kind.values()) {
            if (kind == FlowNode.Kind.CHAIN || kind == FlowNode.Kind.BUNDLE) {
                continue;
            }
            for (String name :
                    List.of("a", "orders_2024", "data/raw/orders.csv", longName, "表".repeat(300), "W".repeat(80))) {
                Flow flow = new Flow(List.of(Flows.node("d1.0.0", kind, name)), List.of());
                assertLabelsFit(Flows.picture(flow, ViewQuery.all()));
            }
        }
        assertLabelsFit(Flows.picture(Flows.random(300, 5), ViewQuery.all()));
    }

    private static void assertLabelsFit(Picture picture) {
        for (Picture.Placed node : picture.nodes()) {
            assertThat(node.card().width()).isLessThan(520);
            for (Mark mark : node.card().marks()) {
                if (mark instanceof Mark.Text text) {
                    assertThat(text.x() + Widths.of(text.text(), text.style()))
                            .as(text.text())
                            .isLessThanOrEqualTo(node.card().width());
                    assertThat(text.y()).isLessThan(node.card().height());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"quotes\" and 'more'",
                "</text></svg><script>alert(1)</script>",
                "<![CDATA[ ]]> &amp; &lt;",
                "\u202Egnp.exe\u202C",
                "שלום עולם",
                "👩‍👩‍👧‍👦 family",
                "a\u0000b\u0007c\uFFFEd",
                "\uD800 lone",
                "line\nbreak\ttab"
            })
    void hostileNamesStayText(String name) throws Exception {
        for (FlowNode.Kind kind : List.of(FlowNode.Kind.FRAME, FlowNode.Kind.FILE, FlowNode.Kind.STEP)) {
            Flow flow = new Flow(List.of(Flows.node("d1.0.0", kind, name)), List.of());
            String svg = SvgPicture.file(Flows.picture(flow, ViewQuery.all()), name);

            Document document = parse(svg);

            assertThat(elements(document))
                    .isSubsetOf(Set.of("svg", "title", "desc", "style", "rect", "g", "path", "text"));
            assertThat(document.getElementsByTagName("text").getLength()).isPositive();
            assertThat(svg).doesNotContain("\u202E", "<script", "\u0007", "on" + "load");
        }
    }

    private static Document parse(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static Set<String> elements(Document document) {
        NodeList all = document.getElementsByTagName("*");
        Set<String> names = new java.util.TreeSet<>();
        for (int i = 0; i < all.getLength(); i++) {
            names.add(all.item(i).getNodeName());
        }
        return names;
    }

    @Test
    void cutNamesKeepBeginningAndEndAndWholeLetters() {
        String cut = Widths.fit("data_of_the_first_quarter_of_the_year_2024.csv", TextStyle.NAME, 150);
        assertThat(cut).startsWith("data_of").contains("…").endsWith(".csv");

        String emoji = Widths.fit("👩‍👩‍👧‍👦".repeat(40), TextStyle.NAME, 150);
        assertThat(emoji.codePoints()).doesNotContain(0xFFFD);
        assertThat(emoji.codePoints())
                .as("halves of a letter that was cut in two")
                .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        assertThat(Widths.of(emoji, TextStyle.NAME)).isLessThanOrEqualTo(150);
        assertThat(Widths.fit("", TextStyle.NAME, 150)).isEmpty();
    }
}
