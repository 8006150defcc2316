package dev.trackit.runner.web.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.api.Excerpt;
import dev.trackit.api.FrameState;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.ExternalDataset;
import dev.trackit.core.lineage.Staleness;
import dev.trackit.core.slice.PythonScript;
import dev.trackit.core.slice.Slice;
import dev.trackit.core.slice.SliceNotebook;
import dev.trackit.runner.lineage.LoadedLineage;
import dev.trackit.runner.lineage.SliceJson;
import dev.trackit.runner.read.RecordJson;
import dev.trackit.runner.web.http.Answer;
import dev.trackit.runner.web.http.Problem;
import dev.trackit.runner.web.http.Query;
import dev.trackit.runner.web.live.NotebookRow;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The few lines that make a variable or a file. */
public final class SliceView {
    /** Of what a slice does not take, the last so many are told. */
    private static final int MOST_LEFT = 200;

    private static final int LONGEST_LEFT = 400;

    private final Site site;
    private final SliceSource source;

    /** The slices of this site. */
    public SliceView(Site site) {
        this.site = site;
        this.source = new SliceSource(site);
    }

    /** {@code GET /notebooks/{id}/slice}: what can be made, or the slice of what is named. */
    public void slice(Context context) throws IOException {
        NotebookRow row = site.notebook(context);
        SliceTarget target = SliceTarget.of(Query.of(context));
        if (target == null) {
            Answer.written(
                    context,
                    site.feed(row)
                            .lineage()
                            .ask(lineage -> Answer.bytes(g -> {
                                g.writeStartObject();
                                SliceTargetsJson.write(g, lineage);
                                g.writeEndObject();
                            })));
            return;
        }
        Answer.written(
                context,
                source.ask(
                        row,
                        target,
                        lineage -> Answer.bytes(g -> {
                            g.writeStartObject();
                            write(g, lineage, target.in(lineage, site.program().environment()));
                            g.writeEndObject();
                        })));
    }

    private static void write(JsonGenerator g, LoadedLineage lineage, Slice slice) throws IOException {
        SliceJson.write(g, PythonScript.of(slice), (json, node) -> {
            NotebookJson.number(json, "count", node.execution().executionCount().orElse(-1));
            json.writeStringField("code", node.execution().code());
            NotebookJson.time(json, "at", node.execution().startedAt().orElse(null));
        });
        notTaken(g, lineage, slice);
        inputStates(g, lineage, slice);
        Slice.Target target = slice.target();
        g.writeNumberField("at", target.at().sequence());
        String type = target.kind() == Slice.Target.Kind.VARIABLE
                ? lineage.graph()
                        .valueAfter(target.at(), target.name())
                        .map(value -> value.type())
                        .orElse("")
                : "";
        g.writeStringField("type", type);
        SliceTargetsJson.shape(g, frame(lineage, target));
        String language = target.session().language();
        g.writeBooleanField("replayable", language.isEmpty() || language.equals("python"));
    }

    private static Optional<FrameState> frame(LoadedLineage lineage, Slice.Target target) {
        return lineage.graph().executions(target.session()).stream()
                .filter(e -> e.order() <= target.at().order())
                .flatMap(e -> e.analysis().frames().stream())
                .filter(f -> f.dataset().equals(target.name()))
                .reduce((earlier, later) -> later);
    }

    private static void notTaken(JsonGenerator g, LoadedLineage lineage, Slice slice) throws IOException {
        Slice.Target target = slice.target();
        Set<ExecutionNode> taken = slice.executions().keySet();
        List<ExecutionNode> left = lineage.graph().executions(target.session()).stream()
                .filter(node -> node.order() <= target.at().order() && !taken.contains(node))
                .toList();
        g.writeNumberField("notTakenTotal", left.size());
        g.writeArrayFieldStart("notTaken");
        for (ExecutionNode node : left.subList(Math.max(0, left.size() - MOST_LEFT), left.size())) {
            String code = node.execution().code();
            g.writeStartObject();
            g.writeNumberField("sequence", node.sequence());
            NotebookJson.number(g, "cellIndex", node.execution().cell().cellIndex());
            NotebookJson.number(g, "count", node.execution().executionCount().orElse(-1));
            g.writeStringField("code", Excerpt.of(code, LONGEST_LEFT));
            g.writeStringField("status", RecordJson.word(node.execution().status()));
            NotebookJson.time(g, "at", node.execution().startedAt().orElse(null));
            g.writeEndObject();
        }
        g.writeEndArray();
    }

    private static void inputStates(JsonGenerator g, LoadedLineage lineage, Slice slice) throws IOException {
        Set<ExternalDataset> told = new HashSet<>();
        g.writeArrayFieldStart("inputStates");
        for (Slice.Piece piece : slice.pieces()) {
            for (ExternalDataset.Access access : piece.statement().inputs()) {
                if (slice.inputs().contains(access.dataset()) && told.add(access.dataset())) {
                    inputState(g, lineage, slice, access);
                }
            }
        }
        g.writeEndArray();
    }

    private static void inputState(JsonGenerator g, LoadedLineage lineage, Slice slice, ExternalDataset.Access access)
            throws IOException {
        g.writeStartObject();
        g.writeStringField("path", access.dataset().pathFrom(slice.target().session()));
        Optional<ExternalDataset.State> now = access.dataset().path().flatMap(lineage.disk()::now);
        g.writeBooleanField("exists", now.isPresent());
        ExternalDataset.State then = access.state() == null ? now.orElse(null) : access.state();
        if (then != null) {
            g.writeNumberField("size", then.size());
            RecordJson.text(
                    g, "digest", then.digest() == null ? null : then.digest().value());
            g.writeStringField("modifiedAt", then.modifiedAt().toString());
        }
        g.writeBooleanField("changedSince", Staleness.isChanged(access, lineage.disk()::now));
        g.writeEndObject();
    }

    /** {@code GET /notebooks/{id}/slice.py}. */
    public void script(Context context) throws IOException {
        download(context, ".py", "text/x-python; charset=utf-8");
    }

    /** {@code GET /notebooks/{id}/slice.ipynb}. */
    public void notebook(Context context) throws IOException {
        download(context, ".ipynb", "application/x-ipynb+json");
    }

    private void download(Context context, String ending, String type) throws IOException {
        NotebookRow row = site.notebook(context);
        SliceTarget target = SliceTarget.of(Query.of(context));
        if (target == null) {
            throw Problem.of(400, "Say what to make: \"var\" or \"file\".");
        }
        String text = source.ask(row, target, lineage -> {
            PythonScript script =
                    PythonScript.of(target.in(lineage, site.program().environment()));
            return ending.equals(".py") ? script.text() : SliceNotebook.text(script);
        });
        context.header("Content-Disposition", Downloads.attachment(row, "-" + target.name() + ending));
        context.contentType(type).result(Answer.utf8(text));
    }
}
