package dev.trackit.runner.web.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.api.Digest;
import dev.trackit.api.Summary;
import dev.trackit.runner.read.RecordJson;
import dev.trackit.runner.summary.SummaryFormat;
import dev.trackit.runner.summary.SummaryJson;
import dev.trackit.runner.summary.SummaryMaker;
import dev.trackit.runner.web.http.Answer;
import dev.trackit.runner.web.http.Body;
import dev.trackit.runner.web.http.Problem;
import dev.trackit.runner.web.http.Query;
import dev.trackit.runner.web.live.NotebookRow;
import dev.trackit.runner.web.security.SecurityHeaders;
import dev.trackit.spi.SummaryPlan;
import dev.trackit.summary.OfflineSummarizerProvider;
import dev.trackit.summary.Summaries;
import dev.trackit.summary.outline.Experiment;
import dev.trackit.summary.outline.Section;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What was done to the data, in words: at once by rules, on request by a summarizer that is asked. Nothing is ever sent by a GET. */
public final class SummaryView implements AutoCloseable {
    private final Site site;
    private final SummarySource source;
    private final WorkRoutes<Ask> asks;

    /** The summaries of this site. */
    public SummaryView(Site site) {
        this.site = site;
        this.source = new SummarySource(site);
        this.asks = new WorkRoutes<>(site, "summary", "aid");
    }

    /** {@code GET /notebooks/{id}/summary}. */
    public void summary(Context context) throws IOException {
        NotebookRow row = site.notebook(context);
        Query query = Query.of(context);
        SummarySource.Told told = source.told(row, SummaryScope.of(query::text));
        SummarySource.Shown shown = source.shown(told, summarizer(query), query.text("kept"));
        Answer.json(context, g -> {
            g.writeStartObject();
            SummaryJson.fields(g, told.material(), shown.summary(), shown.kept());
            choices(g, told);
            g.writeEndObject();
        });
    }

    private static String summarizer(Query query) {
        return query.text("summarizer", OfflineSummarizerProvider.ID);
    }

    private void choices(JsonGenerator g, SummarySource.Told told) throws IOException {
        g.writeArrayFieldStart("sections");
        for (Section section : told.sections()) {
            g.writeStartObject();
            g.writeStringField("heading", section.heading());
            g.writeNumberField("level", section.level());
            g.writeNumberField("firstCell", section.firstCell());
            g.writeNumberField(
                    "executions",
                    told.experiments().stream()
                            .flatMap(e -> e.executions().stream())
                            .filter(e -> section.holds(e.execution().cell().cellIndex()))
                            .count());
            g.writeEndObject();
        }
        g.writeEndArray();
        g.writeArrayFieldStart("experiments");
        for (Experiment experiment : told.experiments()) {
            g.writeStartObject();
            g.writeNumberField("experiment", experiment.number());
            g.writeStringField("occasion", experiment.occasion());
            g.writeNumberField("first", experiment.executions().get(0).sequence());
            g.writeNumberField(
                    "last",
                    experiment
                            .executions()
                            .get(experiment.executions().size() - 1)
                            .sequence());
            g.writeEndObject();
        }
        g.writeEndArray();
        g.writeArrayFieldStart("summarizers");
        for (SummarySource.Choice choice : source.choices(told)) {
            g.writeStartObject();
            g.writeStringField("id", choice.id());
            g.writeBooleanField("remote", choice.remote());
            g.writeStringField("problem", choice.problem());
            g.writeEndObject();
        }
        g.writeEndArray();
        kept(g, told);
    }

    private void kept(JsonGenerator g, SummarySource.Told told) throws IOException {
        Digest now = Digest.ofText(told.material().outline().toText());
        g.writeArrayFieldStart("keptSummaries");
        for (Summaries.Kept kept : source.history(told)) {
            Summary.Provenance from = kept.summary().provenance();
            g.writeStartObject();
            g.writeStringField("id", kept.id());
            g.writeStringField("summarizer", from.summarizer());
            g.writeStringField("model", from.model());
            g.writeStringField("createdAt", from.createdAt().toString());
            g.writeStringField("scope", kept.scope());
            g.writeBooleanField("current", from.input().equals(now));
            g.writeEndObject();
        }
        g.writeEndArray();
    }

    /** {@code GET /notebooks/{id}/summary.md} and the like. */
    public Handler export(SummaryFormat format) {
        return context -> {
            NotebookRow row = site.notebook(context);
            Query query = Query.of(context);
            SummarySource.Told told = source.told(row, SummaryScope.of(query::text));
            SummarySource.Shown shown = source.shown(told, summarizer(query), query.text("kept"));
            // The picture in the document is read from the graph, which may grow.
            byte[] document =
                    site.feed(row).lineage().ask(lineage -> format.of(told.material(), shown.summary(), shown.kept()));
            // A document that somebody opens instead of saving it is still one of the notebook's.
            context.header("Content-Security-Policy", SecurityHeaders.DOCUMENT_POLICY);
            context.header("Content-Disposition", Downloads.attachment(row, "-summary." + format.ending()));
            context.contentType(format.mediaType()).result(document);
        };
    }

    /** {@code GET /notebooks/{id}/summary/preview}: exactly what would be sent. */
    public void preview(Context context) throws IOException {
        NotebookRow row = site.notebook(context);
        Query query = Query.of(context);
        SummarySource.Told told = source.told(row, SummaryScope.of(query::text));
        try (SummaryMaker maker = source.maker(told, summarizer(query))) {
            SummaryPlan plan = maker.plan();
            Answer.json(context, g -> {
                g.writeStartObject();
                SummaryJson.planFields(g, plan);
                g.writeNumberField("bytes", text(plan).getBytes(StandardCharsets.UTF_8).length);
                RecordJson.text(g, "digest", digest(plan));
                g.writeEndObject();
            });
        }
    }

    private static String text(SummaryPlan plan) {
        StringBuilder text = new StringBuilder();
        plan.requests().forEach(request -> text.append(request.text()));
        return text.toString();
    }

    /** Names what would be sent, so that only what was looked at is sent. */
    private static String digest(SummaryPlan plan) {
        return Digest.ofText(plan.destination() + "\n" + text(plan)).value();
    }

    /** {@code POST /notebooks/{id}/summary}: asks a summarizer. */
    public void ask(Context context) throws IOException {
        NotebookRow row = site.notebook(context);
        Body body = Body.of(context);
        String summarizer = body.text("summarizer");
        if (summarizer == null) {
            throw Problem.of(400, "Say whom to ask: \"summarizer\".");
        }
        SummarySource.Told told = source.told(row, SummaryScope.of(body::text));
        SummaryMaker maker = source.maker(told, summarizer);
        try {
            String confirmed = body.text("digest");
            if (maker.remote() && !digest(maker.plan()).equals(confirmed)) {
                throw Problem.of(409, "What would be sent is not what was looked at.")
                        .todo("Look at it again; the notebook may have changed since.");
            }
            asks.start(context, row, (id, listener) -> new Ask(id, row.id(), maker, listener));
        } catch (RuntimeException e) {
            maker.close();
            throw e;
        }
    }

    /** {@code GET /notebooks/{id}/summary/asks/{aid}}. */
    public void progress(Context context) {
        asks.progress(context);
    }

    /** {@code DELETE /notebooks/{id}/summary/asks/{aid}}. */
    public void cancel(Context context) {
        asks.cancel(context);
    }

    /** Forgets what can be made again. */
    public void letGo() {
        source.letGo();
    }

    /** Ends the question that is open. */
    @Override
    public void close() {
        asks.close();
    }
}
