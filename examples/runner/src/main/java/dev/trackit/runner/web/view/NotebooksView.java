package dev.trackit.runner.web.view;

import dev.trackit.runner.web.http.Answer;
import dev.trackit.runner.web.http.Problem;
import dev.trackit.runner.web.http.Query;
import dev.trackit.runner.web.live.NotebookRow;
import io.javalin.http.Context;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
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
        site.catalog().awaitFirst();
        List<NotebookRow> all = site.catalog().rows();
        List<NotebookRow> fitting = all.stream()
                .filter(filter::accepts)
                .sorted(order(query.text("sort", "")))
                .toList();
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

    /** {@code PUT /notebooks/{id}/tracking}: record it from now on. */
    public void track(Context context) {
        choose(context, true);
    }

    /** {@code DELETE /notebooks/{id}/tracking}: record it no more. What was recorded stays. */
    public void untrack(Context context) {
        choose(context, false);
    }

    private void choose(Context context, boolean wanted) {
        NotebookRow row = site.notebook(context);
        Path path = row.path();
        if (path == null) {
            throw Problem.of(409, "The notebook of this kernel is not known, so it cannot be chosen.")
                    .where(row.name());
        }
        if (wanted) {
            site.recording().track(path);
        } else {
            site.recording().untrack(path);
        }
        site.streams().listTouched();
        context.status(204);
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

    private static Comparator<NotebookRow> order(String sort) {
        return switch (sort) {
            case "name" -> Comparator.comparing(NotebookRow::name);
            case "cells" ->
                Comparator.comparing((NotebookRow row) ->
                                row.facts() == null ? -1 : row.facts().cells())
                        .reversed();
            case "executions" -> Comparator.comparing(NotebookRow::executions).reversed();
            case "" -> (one, other) -> 0;
            default -> throw Problem.of(400, "Notebooks are sorted by name, cells or executions.");
        };
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
                    && inState(row);
        }

        private boolean inWords(NotebookRow row) {
            String text = (row.name() + " " + String.join(" ", row.tags())).toLowerCase(Locale.ROOT);
            return TimelineFilter.words(words == null ? "" : words).stream().allMatch(text::contains);
        }

        private boolean inState(NotebookRow row) {
            return state == null
                    || switch (state) {
                        case "running" -> row.kernel() != null;
                        case "tracked" -> row.tracked();
                        case "recorded" -> row.log() != null;
                        case "problem" -> !row.problem().isEmpty();
                        default -> state.equals(row.state());
                    };
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
