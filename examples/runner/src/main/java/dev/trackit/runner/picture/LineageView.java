package dev.trackit.runner.picture;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.api.Gap;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.lineage.Staleness;
import java.io.IOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Lineage as people look at it: the datasets of notebooks and the steps between them, as a picture and as what the picture says.
 *
 * <p>Immutable, and safe for use by several threads as long as nothing is added to its graph.
 */
public final class LineageView {
    private static final int MOST_FOUND = 24;

    private final LineageGraph graph;
    private final List<Gap> gaps;
    private final Flow flow;
    private final Map<ViewQuery, Picture> recent = Collections.synchronizedMap(new RecentPictures());

    private LineageView(LineageGraph graph, List<Gap> gaps, Flow flow) {
        this.graph = graph;
        this.gaps = List.copyOf(gaps);
        this.flow = flow;
    }

    /**
     * Looks at a graph.
     *
     * @param stale what is out of date
     * @param gaps what could not be seen
     */
    public static LineageView of(LineageGraph graph, List<Staleness.Finding> stale, List<Gap> gaps) {
        return of(graph, stale, gaps, UnaryOperator.identity());
    }

    /**
     * Looks at a graph, for a document that may be handed on.
     *
     * @param redaction applied to each piece of the notebook's text
     */
    public static LineageView of(
            LineageGraph graph, List<Staleness.Finding> stale, List<Gap> gaps, UnaryOperator<String> redaction) {
        requireNonNull(graph, "graph");
        return new LineageView(graph, gaps, new FlowReader(graph, gaps, redaction).read(stale));
    }

    /**
     * The picture as an SVG file.
     *
     * @param title what it is of
     * @param query what part, and how: as in the address of the page
     * @throws IllegalArgumentException if the query is wrong; the message may be shown
     */
    public String svg(String title, Map<String, List<String>> query) {
        ViewQuery wanted = ViewQuery.of(query);
        return SvgPicture.file(picture(wanted), title);
    }

    /** Several readers, and the same one again, mostly ask the same. */
    private Picture picture(ViewQuery query) {
        Picture known = recent.get(query);
        if (known == null) {
            known = Layout.of(View.of(flow, query), query.orientation());
            recent.put(query, known);
        }
        return known;
    }

    /** The pictures that were asked last. */
    private static final class RecentPictures extends LinkedHashMap<ViewQuery, Picture> {
        private static final long serialVersionUID = 1L;
        private static final int KEPT = 6;

        RecentPictures() {
            super(KEPT * 2, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<ViewQuery, Picture> eldest) {
            return size() > KEPT;
        }
    }

    /**
     * The picture for a document about some executions of a notebook: the steps in them, and the data that goes in and comes out.
     *
     * @param title what it is of
     * @param sequences the executions
     * @return nothing if they made and changed no data
     */
    public Optional<DocumentPicture> document(String title, Set<Long> sequences) {
        Set<String> wanted = new HashSet<>();
        for (FlowNode node : flow.nodes()) {
            boolean ran = node.runs().stream().anyMatch(run -> sequences.contains(run.sequence()));
            if (!node.kind().isData() && ran && node.current()) {
                wanted.add(node.id());
                flow.before(node).forEach(input -> wanted.add(input.id()));
                flow.after(node).forEach(output -> wanted.add(output.id()));
            }
        }
        View view = View.of(flow.only(wanted), ViewQuery.document());
        return view.shown().nodes().isEmpty() ? Optional.empty() : Optional.of(DocumentPicture.of(view, title));
    }

    /**
     * The picture and what it says, as {@code docs/page.md} describes it.
     *
     * @param query what part, and how: as in the address of the page
     * @throws IllegalArgumentException if the query is wrong; the message may be shown
     */
    public void json(JsonGenerator g, Map<String, List<String>> query) throws IOException {
        ViewQuery wanted = ViewQuery.of(query);
        Picture picture = picture(wanted);
        new PictureJson(g, picture.view()).write(picture, wanted, gaps);
    }

    /**
     * The datasets and steps whose names have all words of {@code find}: those of that very name first, data before steps, the newest first.
     *
     * @throws IllegalArgumentException if the query is wrong; the message may be shown
     */
    public void find(JsonGenerator g, Map<String, List<String>> query) throws IOException {
        String wanted = ViewQuery.one(query, "find").toLowerCase(Locale.ROOT).strip();
        boolean past = ViewQuery.of(query).history();
        List<String> words = List.of(wanted.split("\\s+"));
        List<FlowNode> found = flow.nodes().stream()
                .filter(node -> past || node.current())
                .filter(node -> {
                    String label = node.label().toLowerCase(Locale.ROOT);
                    return words.stream().allMatch(label::contains);
                })
                .sorted(Comparator.comparing((FlowNode node) ->
                                !node.label().toLowerCase(Locale.ROOT).equals(wanted))
                        .thenComparing(node -> !node.kind().isData())
                        .thenComparing(
                                Comparator.comparingInt(FlowNode::version).reversed()))
                .toList();
        PictureJson.found(g, found.subList(0, Math.min(MOST_FOUND, found.size())), found.size());
    }

    /**
     * The columns of the dataset that the query names, and where each came from.
     *
     * @throws IllegalArgumentException if the query is wrong; the message may be shown
     */
    public void columns(JsonGenerator g, Map<String, List<String>> query) throws IOException {
        String dataset = ViewQuery.one(query, "dataset");
        if (dataset.isEmpty()) {
            throw new IllegalArgumentException("dataset must name a dataset.");
        }
        View view = View.of(flow, ViewQuery.all().withFocus(dataset));
        FlowNode focus = view.focus();
        new ColumnsJson(graph).write(g, focus != null && focus.kind().isData() ? focus : null);
    }
}
