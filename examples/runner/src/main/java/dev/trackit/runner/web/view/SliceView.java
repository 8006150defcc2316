package dev.trackit.runner.web.view;

import com.fasterxml.jackson.core.JsonGenerator;
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
import java.util.Optional;
import java.util.Set;

/** The few lines that make a variable or a file. */
public final class SliceView {
    private final Site site;

    /** The slices of this site. */
    public SliceView(Site site) {
        this.site = site;
    }

    /** {@code GET /notebooks/{id}/slice}: what can be made, or the slice of what is named. */
    public void slice(Context context) throws IOException {
        NotebookRow row = site.notebook(context);
        SliceTarget target = SliceTarget.of(Query.of(context));
        byte[] body = site.feed(row)
                .lineage()
                .ask(lineage -> Answer.bytes(g -> {
                    g.writeStartObject();
                    if (target == null) {
                        SliceTargetsJson.write(g, lineage);
                    } else {
                        Slice slice = target.in(lineage, site.program().environment());
                        write(g, lineage, slice);
                    }
                    g.writeEndObject();
                }));
        context.contentType("application/json; charset=utf-8").result(body);
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
        g.writeArrayFieldStart("notTaken");
        for (ExecutionNode node : lineage.graph().executions(target.session())) {
            if (node.order() <= target.at().order() && !taken.contains(node)) {
                g.writeStartObject();
                g.writeNumberField("sequence", node.sequence());
                NotebookJson.number(g, "cellIndex", node.execution().cell().cellIndex());
                NotebookJson.number(
                        g, "count", node.execution().executionCount().orElse(-1));
                g.writeStringField("code", node.execution().code());
                g.writeStringField("status", RecordJson.word(node.execution().status()));
                NotebookJson.time(g, "at", node.execution().startedAt().orElse(null));
                g.writeEndObject();
            }
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
        String text = site.feed(row).lineage().ask(lineage -> {
            PythonScript script =
                    PythonScript.of(target.in(lineage, site.program().environment()));
            return ending.equals(".py") ? script.text() : SliceNotebook.text(script);
        });
        context.header("Content-Disposition", Downloads.attachment(row, "-" + target.name() + ending));
        context.contentType(type).result(Answer.utf8(text));
    }
}
