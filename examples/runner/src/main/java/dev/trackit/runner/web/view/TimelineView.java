package dev.trackit.runner.web.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.timeline.SessionSpan;
import dev.trackit.core.timeline.TimelineEntry;
import dev.trackit.runner.web.http.Answer;
import dev.trackit.runner.web.http.Problem;
import dev.trackit.runner.web.http.Query;
import dev.trackit.runner.web.live.Feed;
import dev.trackit.runner.web.live.NotebookRow;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What happened to a notebook, a part at a time. */
public final class TimelineView {
    private static final int USUAL = 200;
    private static final int MOST = 1_000;

    /** For an analysis that is due nobody waits longer: the entries come without their effects, and an event says when these are known. */
    private static final long PATIENCE_MILLIS = 300;

    private final Site site;

    /** The timelines of this site. */
    public TimelineView(Site site) {
        this.site = site;
    }

    /** {@code GET /notebooks/{id}/timeline}. */
    public void timeline(Context context) throws IOException {
        NotebookRow row = site.notebook(context);
        Query query = Query.of(context);
        TimelineFilter filter = TimelineFilter.of(query, site.program().environment());
        if (row.log() == null) {
            Answer.json(context, g -> empty(g, row));
            return;
        }
        Feed feed = site.feed(row);
        site.analyses().prepare(row, feed);
        Wanted wanted = new Wanted(row, feed, filter, query);
        byte[] body;
        if (filter.needsLineage()) {
            body = feed.lineage().ask(lineage -> wanted.answer(lineage.graph()));
        } else {
            Optional<byte[]> soon = feed.lineage().askSoon(PATIENCE_MILLIS, lineage -> wanted.answer(lineage.graph()));
            body = soon.isPresent() ? soon.get() : wanted.answer(null);
        }
        Answer.written(context, body);
    }

    private static void empty(JsonGenerator g, NotebookRow row) throws IOException {
        g.writeStartObject();
        g.writeFieldName("notebook");
        NotebookJson.write(g, row);
        EntryJson.strings(g, "sessions", List.of());
        EntryJson.strings(g, "entries", List.of());
        EntryJson.strings(g, "variables", List.of());
        g.writeNumberField("total", 0);
        g.writeNumberField("totalEntries", 0);
        g.writeNullField("before");
        g.writeNullField("next");
        g.writeNullField("after");
        g.writeEndObject();
    }

    /** What was asked of one notebook's timeline. */
    private static final class Wanted {
        private final NotebookRow row;
        private final TimelineFilter filter;
        private final int limit;
        private final OptionalLong before;
        private final @Nullable Integer after;
        private final Feed.State state;
        private final String cursor;

        Wanted(NotebookRow row, Feed feed, TimelineFilter filter, Query query) {
            this.row = row;
            this.filter = filter;
            this.limit = query.limit(USUAL, MOST);
            this.before = query.number("before");
            String later = query.text("after");
            this.after = later == null ? null : place(later);
            synchronized (feed) {
                this.state = feed.state();
                this.cursor = feed.cursor();
            }
        }

        /** The place of the first entry after a cursor, or after a place. */
        private static int place(String after) {
            String number = after.substring(after.lastIndexOf('.') + 1);
            if (!number.matches("[0-9]{1,9}")) {
                throw Problem.of(400, "\"after\" is not a place in this timeline.");
            }
            return Integer.parseInt(number) + (after.contains(".") ? 0 : 1);
        }

        byte[] answer(@Nullable LineageGraph graph) {
            List<TimelineEntry> entries = state.timeline().entries();
            int[] fitting = IntStream.range(0, entries.size())
                    .filter(i ->
                            filter.isOpen() || filter.accepts(entries.get(i), filter.needsLineage() ? graph : null))
                    .toArray();
            int from;
            int to = fitting.length;
            if (after != null) {
                from = (int) IntStream.of(fitting).filter(i -> i < after).count();
                to = Math.min(to, from + limit);
            } else {
                if (before.isPresent()) {
                    to = (int) IntStream.of(fitting)
                            .filter(i -> i < before.getAsLong())
                            .count();
                }
                from = Math.max(0, to - limit);
            }
            int first = from;
            int end = to;
            return Answer.bytes(g -> write(g, fitting, first, end, graph));
        }

        private void write(JsonGenerator g, int[] fitting, int from, int to, @Nullable LineageGraph graph)
                throws IOException {
            List<TimelineEntry> entries = state.timeline().entries();
            g.writeStartObject();
            g.writeFieldName("notebook");
            NotebookJson.write(g, row);
            sessions(g);
            g.writeArrayFieldStart("entries");
            EntryJson json = new EntryJson(
                    Site.address(row), graph == null ? EntryJson.Effects.UNKNOWN : new LineageEffects(graph), false);
            for (int i = from; i < to; i++) {
                json.write(g, entries, fitting[i]);
            }
            g.writeEndArray();
            variables(g, graph);
            g.writeNumberField(
                    "total",
                    IntStream.of(fitting)
                            .filter(i -> entries.get(i) instanceof TimelineEntry.Executed)
                            .count());
            g.writeNumberField("totalEntries", fitting.length);
            NotebookJson.number(g, "before", from < to && from > 0 ? fitting[from] : -1);
            NotebookJson.number(g, "next", from < to && to < fitting.length ? fitting[to - 1] : -1);
            g.writeStringField("after", cursor);
            g.writeNumberField("damaged", state.timeline().damaged());
            g.writeEndObject();
        }

        private void sessions(JsonGenerator g) throws IOException {
            Map<String, Integer> counts = new HashMap<>();
            state.timeline().executions().forEach(e -> counts.merge(e.session(), 1, Integer::sum));
            g.writeArrayFieldStart("sessions");
            for (SessionSpan span : state.timeline().sessions()) {
                g.writeStartObject();
                g.writeStringField("id", span.session().id());
                EntryJson.session(g, span.session());
                NotebookJson.time(g, "endedAt", span.endedAt());
                g.writeStringField("endReason", span.endReason());
                g.writeNumberField(
                        "executions", counts.getOrDefault(span.session().id(), 0));
                g.writeEndObject();
            }
            g.writeEndArray();
        }

        /** The names that the last session has at its end, for suggestions. */
        private void variables(JsonGenerator g, @Nullable LineageGraph graph) throws IOException {
            List<SessionSpan> spans = state.timeline().sessions();
            boolean known = graph != null && !graph.executions().isEmpty() && !spans.isEmpty();
            EntryJson.strings(
                    g,
                    "variables",
                    known && graph != null
                            ? graph.names(graph.executions()
                                    .get(graph.executions().size() - 1)
                                    .session())
                            : List.of());
        }
    }
}
