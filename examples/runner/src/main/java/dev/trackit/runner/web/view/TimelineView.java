package dev.trackit.runner.web.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.core.timeline.SessionSpan;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.core.timeline.TimelineEntry;
import dev.trackit.runner.read.RecordJson;
import dev.trackit.runner.web.http.Answer;
import dev.trackit.runner.web.http.Problem;
import dev.trackit.runner.web.http.Query;
import dev.trackit.runner.web.live.Feed;
import dev.trackit.runner.web.live.NotebookRow;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a notebook, a part at a time. */
public final class TimelineView {
    private static final int USUAL = 200;
    private static final int MOST = 1_000;

    private final Site site;

    /** The timelines of this site. */
    public TimelineView(Site site) {
        this.site = site;
    }

    /** {@code GET /notebooks/{id}/timeline}. */
    public void timeline(Context context) {
        NotebookRow row = site.notebook(context);
        if (row.log() == null) {
            Answer.json(context, g -> write(g, row, null));
            return;
        }
        Query query = Query.of(context);
        Feed feed = site.feed(row);
        Part part = part(feed, query);
        Answer.json(context, g -> write(g, row, part));
    }

    /**
     * The part that was asked for.
     *
     * @param places of the entries, the eldest first
     * @param total how many entries fit
     * @param elder whether there are more before
     * @param later whether there are more after
     * @param cursor for what comes later
     */
    private record Part(
            Timeline timeline, List<Integer> places, int total, boolean elder, boolean later, String cursor) {}

    private Part part(Feed feed, Query query) {
        Feed.State state;
        String cursor;
        synchronized (feed) {
            state = feed.state();
            cursor = feed.cursor();
        }
        List<TimelineEntry> entries = state.timeline().entries();
        List<Integer> fitting = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            fitting.add(i);
        }
        int limit = query.limit(USUAL, MOST);
        int from = 0;
        int to = fitting.size();
        String after = query.text("after");
        if (after != null) {
            int place = place(after);
            from = (int) fitting.stream().filter(i -> i < place).count();
            to = Math.min(to, from + limit);
        } else {
            if (query.number("before").isPresent()) {
                long before = query.number("before").getAsLong();
                to = (int) fitting.stream().filter(i -> i < before).count();
            }
            from = Math.max(0, to - limit);
        }
        return new Part(
                state.timeline(),
                List.copyOf(fitting.subList(from, to)),
                fitting.size(),
                from > 0,
                to < fitting.size(),
                cursor);
    }

    /** How many entries lie before a cursor, or up to a place. */
    private static int place(String after) {
        String number = after.substring(after.lastIndexOf('.') + 1);
        if (!number.matches("[0-9]{1,9}")) {
            throw Problem.of(400, "\"after\" is not a place in this timeline.");
        }
        return Integer.parseInt(number) + (after.contains(".") ? 0 : 1);
    }

    private void write(JsonGenerator g, NotebookRow row, @Nullable Part part) throws IOException {
        g.writeStartObject();
        g.writeFieldName("notebook");
        NotebookJson.write(g, row);
        g.writeArrayFieldStart("sessions");
        if (part != null) {
            for (SessionSpan span : part.timeline().sessions()) {
                session(g, span);
            }
        }
        g.writeEndArray();
        g.writeArrayFieldStart("entries");
        if (part != null) {
            EntryJson json = new EntryJson(Site.address(row), EntryJson.Effects.UNKNOWN, false);
            for (int place : part.places()) {
                json.write(g, part.timeline().entries().get(place), place);
            }
        }
        g.writeEndArray();
        g.writeNumberField("total", part == null ? 0 : part.total());
        boolean some = part != null && !part.places().isEmpty();
        NotebookJson.number(g, "before", some && part.elder() ? part.places().get(0) : -1);
        NotebookJson.number(
                g,
                "next",
                some && part.later() ? part.places().get(part.places().size() - 1) : -1);
        RecordJson.text(g, "after", part == null ? null : part.cursor());
        g.writeEndObject();
    }

    private static void session(JsonGenerator g, SessionSpan span) throws IOException {
        g.writeStartObject();
        EntryJson.session(g, span.session());
        NotebookJson.time(g, "endedAt", span.endedAt());
        g.writeStringField("endReason", span.endReason());
        g.writeEndObject();
    }
}
