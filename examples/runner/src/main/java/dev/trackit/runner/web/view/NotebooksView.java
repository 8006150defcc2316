package dev.trackit.runner.web.view;

import dev.trackit.runner.web.http.Answer;
import dev.trackit.runner.web.http.Query;
import dev.trackit.runner.web.live.NotebookRow;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The list of notebooks, and the choice which of them are tracked. */
public final class NotebooksView {
    private final Site site;

    /** The notebooks of this site. */
    public NotebooksView(Site site) {
        this.site = site;
    }

    /** {@code GET /}: all that fit. */
    public void list(Context context) {
        Query query = Query.of(context);
        Filter filter = Filter.of(query, site);
        List<NotebookRow> all = site.catalog().rows();
        List<NotebookRow> fitting = all.stream().filter(filter::accepts).toList();
        Answer.json(context, g -> {
            g.writeStartObject();
            g.writeStringField(
                    "folder", site.recording().reader().watchedFolder().toString());
            g.writeNumberField("total", all.size());
            g.writeBooleanField("recording", site.recording().status().isPresent());
            g.writeArrayFieldStart("notebooks");
            for (NotebookRow row : fitting) {
                NotebookJson.write(g, row);
            }
            g.writeEndArray();
            g.writeEndObject();
        });
    }

    /** {@code GET /notebooks/{id}}: one of them. */
    public void one(Context context) {
        NotebookRow row = site.notebook(context);
        Answer.json(context, g -> {
            g.writeStartObject();
            g.writeFieldName("notebook");
            NotebookJson.write(g, row);
            g.writeEndObject();
        });
    }

    private record Filter(
            @Nullable String words,
            @Nullable Instant since,
            @Nullable Instant until,
            OptionalInt minCells,
            OptionalInt maxCells,
            @Nullable String tag,
            @Nullable String state) {

        static Filter of(Query query, Site site) {
            var environment = site.program().environment();
            Instant now = environment.clock().instant();
            return new Filter(
                    query.text("q"),
                    query.time("since", now, environment.zone()),
                    query.time("until", now, environment.zone()),
                    query.smallNumber("minCells"),
                    query.smallNumber("maxCells"),
                    query.text("tag"),
                    query.text("state"));
        }

        boolean accepts(NotebookRow row) {
            return inWords(row)
                    && inTime(row)
                    && inSize(row)
                    && (tag == null || row.tags().contains(tag))
                    && (state == null || state.equals(row.state()));
        }

        private boolean inWords(NotebookRow row) {
            String name = row.name().toLowerCase(Locale.ROOT);
            return words == null
                    || List.of(words.toLowerCase(Locale.ROOT).split("\\s+")).stream()
                            .allMatch(name::contains);
        }

        private boolean inTime(NotebookRow row) {
            Instant at = row.lastActivity() == null ? row.modifiedAt() : row.lastActivity();
            return since == null && until == null
                    || at != null && (since == null || !at.isBefore(since)) && (until == null || at.isBefore(until));
        }

        private boolean inSize(NotebookRow row) {
            if (minCells.isEmpty() && maxCells.isEmpty()) {
                return true;
            }
            int cells = row.facts() == null ? -1 : row.facts().cells();
            return cells >= minCells.orElse(0) && cells <= maxCells.orElse(Integer.MAX_VALUE);
        }
    }
}
