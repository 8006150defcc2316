package dev.trackit.runner.summary;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.api.Judgement;
import dev.trackit.api.Outline;
import dev.trackit.api.Summary;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.runner.read.RecordJson;
import dev.trackit.spi.SummaryPlan;
import dev.trackit.summary.SummaryScore;
import dev.trackit.summary.outline.Activity;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Summaries, outlines, plans and scores as JSON. */
public final class SummaryJson {
    private SummaryJson() {}

    /** A summary with its outline. */
    public static void summary(JsonGenerator g, Material material, Summary summary, boolean kept) throws IOException {
        g.writeStartObject();
        fields(g, material, summary, kept);
        cells(g, material.executions());
        g.writeEndObject();
    }

    /** As {@link #summary}, into the object that is open, but for what each cell is for. */
    public static void fields(JsonGenerator g, Material material, Summary summary, boolean kept) throws IOException {
        Outline outline = material.outline();
        g.writeStringField("notebook", outline.title());
        g.writeStringField("scope", outline.scope());
        g.writeBooleanField("kept", kept);
        provenance(g, summary.provenance());
        for (Summary.Part part : Summary.Part.values()) {
            g.writeArrayFieldStart(camel(part.name()));
            for (Summary.Claim claim : summary.part(part)) {
                g.writeStartObject();
                g.writeStringField("text", claim.text());
                texts(g, "steps", claim.steps());
                texts(g, "problems", claim.problems());
                g.writeEndObject();
            }
            g.writeEndArray();
        }
        g.writeNumberField("unsupported", summary.unsupported());
        outline(g, outline);
    }

    /** What each cell is for. */
    private static void cells(JsonGenerator g, List<ExecutionNode> executions) throws IOException {
        g.writeArrayFieldStart("executions");
        for (ExecutionNode node : executions) {
            g.writeStartObject();
            g.writeNumberField("sequence", node.sequence());
            int cell = node.execution().cell().cellIndex();
            if (cell < 0) {
                g.writeNullField("cellIndex");
            } else {
                g.writeNumberField("cellIndex", cell);
            }
            RecordJson.activities(g, Activity.all(node));
            g.writeEndObject();
        }
        g.writeEndArray();
    }

    private static void provenance(JsonGenerator g, Summary.Provenance from) throws IOException {
        g.writeObjectFieldStart("provenance");
        g.writeStringField("summarizer", from.summarizer());
        g.writeStringField("model", from.model());
        g.writeStringField("promptVersion", from.promptVersion());
        g.writeStringField("input", from.input().value());
        g.writeStringField("createdAt", from.createdAt().toString());
        Summary.Usage usage = from.usage();
        if (usage != null) {
            g.writeNumberField("calls", usage.calls());
            g.writeNumberField("inputTokens", usage.inputTokens());
            g.writeNumberField("outputTokens", usage.outputTokens());
            g.writeNumberField("latencyMillis", usage.latency().toMillis());
            if (usage.costUsd() != null) {
                g.writeNumberField("costUsd", usage.costUsd());
            }
        }
        texts(g, "notes", from.notes());
        g.writeEndObject();
    }

    /** The fields of an outline, into an open object. */
    public static void outline(JsonGenerator g, Outline outline) throws IOException {
        g.writeArrayFieldStart("datasets");
        for (Outline.Dataset dataset : outline.datasets()) {
            g.writeStartObject();
            g.writeStringField("label", dataset.label());
            g.writeStringField("role", dataset.role().name().toLowerCase(Locale.ROOT));
            g.writeStringField("shape", dataset.shape());
            texts(g, "columns", dataset.columns());
            g.writeEndObject();
        }
        g.writeEndArray();
        g.writeArrayFieldStart("outline");
        for (Outline.Step step : outline.steps()) {
            g.writeStartObject();
            g.writeStringField("id", step.id());
            g.writeStringField("fate", step.fate().name().toLowerCase(Locale.ROOT));
            g.writeStringField("activity", step.activity());
            g.writeNumberField("sequence", step.execution());
            g.writeStringField("text", step.text());
            texts(g, "inputs", step.inputs());
            texts(g, "outputs", step.outputs());
            texts(g, "facts", step.facts());
            g.writeEndObject();
        }
        g.writeEndArray();
        texts(g, "unknowns", outline.unknowns());
    }

    /** What would be sent. */
    public static void plan(JsonGenerator g, SummaryPlan plan) throws IOException {
        g.writeStartObject();
        planFields(g, plan);
        g.writeEndObject();
    }

    /** What would be sent, into the object that is open. */
    public static void planFields(JsonGenerator g, SummaryPlan plan) throws IOException {
        g.writeStringField("destination", plan.destination());
        g.writeNumberField("inputTokens", plan.inputTokens());
        g.writeArrayFieldStart("requests");
        for (SummaryPlan.Request request : plan.requests()) {
            g.writeStartObject();
            g.writeStringField("purpose", request.purpose());
            g.writeNumberField("inputTokens", request.inputTokens());
            g.writeStringField("text", request.text());
            g.writeEndObject();
        }
        g.writeEndArray();
    }

    /** How good a summary is. */
    public static void score(JsonGenerator g, SummaryScore score, @Nullable Judgement judgement) throws IOException {
        g.writeStartObject();
        g.writeNumberField("coverage", score.coverage());
        g.writeNumberField("supported", score.supported());
        g.writeNumberField("claims", score.claims());
        texts(g, "missed", score.missed());
        if (score.rougeL().isPresent()) {
            g.writeNumberField("rougeL", score.rougeL().getAsDouble());
        }
        if (judgement != null) {
            judgement(g, judgement);
        }
        g.writeEndObject();
    }

    private static void judgement(JsonGenerator g, Judgement judgement) throws IOException {
        g.writeObjectFieldStart("judgement");
        for (Judgement.Verdict verdict : judgement.verdicts()) {
            g.writeObjectFieldStart(verdict.criterion().name().toLowerCase(Locale.ROOT));
            g.writeNumberField("points", verdict.points());
            g.writeStringField("reason", verdict.reason());
            texts(g, "steps", verdict.steps());
            g.writeEndObject();
        }
        provenance(g, judgement.provenance());
        g.writeEndObject();
    }

    private static void texts(JsonGenerator g, String name, List<String> texts) throws IOException {
        g.writeArrayFieldStart(name);
        for (String text : texts) {
            g.writeString(text);
        }
        g.writeEndArray();
    }

    private static String camel(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int underscore = lower.indexOf('_');
        return underscore < 0
                ? lower
                : lower.substring(0, underscore)
                        + Character.toUpperCase(lower.charAt(underscore + 1))
                        + lower.substring(underscore + 2);
    }
}
