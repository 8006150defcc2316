package dev.trackit.runner.picture;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.api.Excerpt;
import dev.trackit.api.Gap;
import dev.trackit.api.TransformationKind;
import dev.trackit.runner.cli.TerminalText;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** A picture and what it says as JSON: everything that the page needs to draw it, to tell it as a table, and to search it. */
final class PictureJson {
    private static final int MAX_TEXT = 2000;

    /** What a reader goes through one by one: the last runs, the first steps of a row, names of columns. */
    private static final int MOST_RUNS = 40;

    private static final int MOST_MEMBERS = 100;
    private static final int MOST_NAMES = 300;

    private final JsonGenerator g;
    private final View view;

    PictureJson(JsonGenerator g, View view) {
        this.g = g;
        this.view = view;
    }

    void write(Picture picture, ViewQuery query, List<Gap> gaps) throws IOException {
        g.writeStartObject();
        FlowNode focus = view.focus();
        g.writeObjectField("focus", focus == null ? null : focus.id());
        g.writeStringField("direction", word(query.direction()));
        g.writeNumberField("depth", query.depth());
        g.writeBooleanField("history", query.history());
        g.writeNumberField("limit", query.limit());
        g.writeNumberField("total", view.scope().nodes().size());
        g.writeNumberField("shown", view.shown().nodes().size());
        g.writeNumberField("hidden", view.hidden());
        g.writeNumberField(
                "replaced", view.all().nodes().size() - view.scope().nodes().size());
        gaps(gaps);
        g.writeArrayFieldStart("nodes");
        for (FlowNode node : view.shown().nodes()) {
            node(node);
        }
        g.writeEndArray();
        g.writeArrayFieldStart("edges");
        for (FlowEdge edge : view.shown().edges()) {
            g.writeStartObject();
            ends(edge);
            g.writeBooleanField("uncertain", edge.uncertain());
            g.writeEndObject();
        }
        g.writeEndArray();
        table();
        picture(picture);
        g.writeEndObject();
    }

    private void gaps(List<Gap> gaps) throws IOException {
        g.writeArrayFieldStart("gaps");
        for (Gap gap : gaps) {
            g.writeStartObject();
            g.writeStringField("reason", word(gap.reason()).replace('_', '-'));
            g.writeStringField("detail", gap.detail());
            g.writeObjectField("from", gap.from().map(Object::toString).orElse(null));
            g.writeObjectField("to", gap.to().map(Object::toString).orElse(null));
            g.writeNumberField("missing", gap.missing());
            g.writeEndObject();
        }
        g.writeEndArray();
    }

    private void node(FlowNode node) throws IOException {
        g.writeStartObject();
        facts(node);
        g.writeStringField("change", view.change(node));
        FlowNode before = view.earlier(node);
        g.writeObjectField("changedSince", before == null ? null : before.id());
        columnChanges(node, before);
        g.writeNumberField("moreBefore", view.moreBefore(node));
        g.writeNumberField("moreAfter", view.moreAfter(node));
        g.writeObjectField("opened", view.opened(node));
        g.writeNumberField("memberCount", node.members().size());
        g.writeArrayFieldStart("members");
        for (FlowNode member :
                node.members().subList(0, Math.min(MOST_MEMBERS, node.members().size()))) {
            g.writeStartObject();
            facts(member);
            g.writeEndObject();
        }
        g.writeEndArray();
        g.writeEndObject();
    }

    private void columnChanges(FlowNode node, @org.jspecify.annotations.Nullable FlowNode before) throws IOException {
        List<String> now = node.columns();
        List<String> then = before == null ? null : before.columns();
        if (now != null && then != null) {
            strings("columnsAdded", now.stream().filter(c -> !then.contains(c)).toList());
            strings(
                    "columnsDropped",
                    then.stream().filter(c -> !now.contains(c)).toList());
        }
    }

    private void facts(FlowNode node) throws IOException {
        g.writeStringField("id", node.id());
        g.writeStringField("kind", word(node.kind()));
        g.writeStringField("label", Excerpt.of(node.label(), MAX_TEXT));
        g.writeStringField("title", Excerpt.of(Card.title(node), MAX_TEXT));
        g.writeStringField("subtitle", Excerpt.of(Card.subtitle(node), MAX_TEXT));
        g.writeNumberField("version", node.version());
        g.writeStringField("type", Excerpt.of(node.type(), MAX_TEXT));
        strings("aliases", node.aliases());
        g.writeObjectField("rows", node.rows());
        g.writeObjectField("cols", node.columnCount());
        if (node.columns() == null) {
            g.writeNullField("columns");
        } else {
            strings("columns", node.columns());
        }
        g.writeNumberField("bytes", node.bytes());
        g.writeArrayFieldStart("kinds");
        for (TransformationKind kind : node.kinds()) {
            g.writeString(kind.wireName());
        }
        g.writeEndArray();
        g.writeStringField("code", node.code());
        g.writeNumberField("line", node.line());
        List<FlowNode.Run> runs = List.copyOf(node.runs());
        g.writeNumberField("runCount", runs.size());
        g.writeArrayFieldStart("runs");
        for (FlowNode.Run run : runs.subList(Math.max(0, runs.size() - MOST_RUNS), runs.size())) {
            g.writeStartObject();
            g.writeStringField("notebook", run.notebook());
            g.writeNumberField("sequence", run.sequence());
            g.writeStringField("place", run.place());
            g.writeNumberField("cellIndex", run.cell());
            g.writeBooleanField("failed", run.failed());
            g.writeEndObject();
        }
        g.writeEndArray();
        strings("stale", node.stale());
        g.writeBooleanField("current", node.current());
    }

    /** The same content as lines: each node, what it is, where it comes from and where it goes. */
    private void table() throws IOException {
        g.writeArrayFieldStart("table");
        for (FlowNode node : view.shown().nodes()) {
            g.writeStartObject();
            g.writeStringField("id", node.id());
            g.writeStringField("what", word(node.kind()));
            g.writeStringField("name", name(node));
            g.writeStringField("detail", Excerpt.of(Card.subtitle(node), MAX_TEXT));
            g.writeStringField("change", view.change(node));
            strings("from", names(view.shown().before(node)));
            strings("to", names(view.shown().after(node)));
            strings(
                    "executions",
                    node.runs().stream().map(FlowNode.Run::place).distinct().toList());
            g.writeStringField(
                    "state", !node.stale().isEmpty() ? "out of date" : node.current() ? "current" : "replaced");
            g.writeEndObject();
        }
        g.writeEndArray();
    }

    private static List<String> names(Collection<FlowNode> nodes) {
        return nodes.stream().map(PictureJson::name).toList();
    }

    private static String name(FlowNode node) {
        String title = node.kind() == FlowNode.Kind.FILE ? TerminalText.line(node.label()) : Card.title(node);
        return Excerpt.of(node.version() > 1 ? title + " v" + node.version() : title, MAX_TEXT);
    }

    private void picture(Picture picture) throws IOException {
        g.writeObjectFieldStart("picture");
        g.writeNumberField("width", picture.width());
        g.writeNumberField("height", picture.height());
        g.writeArrayFieldStart("nodes");
        for (Picture.Placed placed : picture.nodes()) {
            g.writeStartObject();
            g.writeStringField("id", placed.card().node().id());
            number("x", placed.x());
            number("y", placed.y());
            number("width", placed.card().width());
            number("height", placed.card().height());
            g.writeStringField(
                    "told", Excerpt.of(SvgPicture.told(view, placed.card().node()), MAX_TEXT));
            marks(placed.card().marks());
            g.writeEndObject();
        }
        g.writeEndArray();
        g.writeArrayFieldStart("edges");
        for (Picture.Routed routed : picture.edges()) {
            g.writeStartObject();
            ends(routed.edge());
            g.writeArrayFieldStart("points");
            for (double[] point : routed.points()) {
                g.writeStartArray();
                g.writeNumber(Pen.number(point[0]));
                g.writeNumber(Pen.number(point[1]));
                g.writeEndArray();
            }
            g.writeEndArray();
            g.writeStringField("line", routed.line());
            g.writeStringField("head", routed.head());
            g.writeBooleanField("uncertain", routed.edge().uncertain());
            g.writeEndObject();
        }
        g.writeEndArray();
        g.writeEndObject();
    }

    private void marks(List<Mark> marks) throws IOException {
        g.writeArrayFieldStart("marks");
        for (Mark mark : marks) {
            g.writeStartObject();
            if (mark instanceof Mark.Path path) {
                g.writeStringField("ink", path.ink().cssClass());
                g.writeStringField("d", path.d());
            } else if (mark instanceof Mark.Text text) {
                g.writeStringField("ink", text.ink().cssClass());
                g.writeStringField("style", text.style().cssClass());
                number("x", text.x());
                number("y", text.y());
                number("width", Widths.of(text.text(), text.style()));
                g.writeStringField("text", text.text());
            }
            g.writeEndObject();
        }
        g.writeEndArray();
    }

    private void ends(FlowEdge edge) throws IOException {
        g.writeStringField("from", edge.from());
        g.writeStringField("to", edge.to());
    }

    private void number(String field, double n) throws IOException {
        g.writeFieldName(field);
        g.writeNumber(Pen.number(n));
    }

    private void strings(String field, Collection<String> values) throws IOException {
        g.writeArrayFieldStart(field);
        int left = MOST_NAMES;
        for (String value : values) {
            if (left-- == 0) {
                break;
            }
            g.writeString(Excerpt.of(value, MAX_TEXT));
        }
        g.writeEndArray();
    }

    /** Nodes that were found, also such that are not drawn. */
    static void found(JsonGenerator g, List<FlowNode> found, int total) throws IOException {
        g.writeStartObject();
        g.writeNumberField("total", total);
        g.writeArrayFieldStart("found");
        for (FlowNode node : found) {
            g.writeStartObject();
            g.writeStringField("id", node.id());
            g.writeStringField("kind", word(node.kind()));
            g.writeStringField("label", Excerpt.of(node.label(), MAX_TEXT));
            g.writeNumberField("version", node.version());
            g.writeBooleanField("current", node.current());
            g.writeEndObject();
        }
        g.writeEndArray();
        g.writeEndObject();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
