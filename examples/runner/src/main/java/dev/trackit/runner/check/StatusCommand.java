package dev.trackit.runner.check;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trackit.runner.agent.AgentLock;
import dev.trackit.runner.agent.AgentStatusFile;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.FolderArgument;
import dev.trackit.runner.cli.RunnerCommand;
import dev.trackit.runner.cli.Style;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.cli.Wording;
import dev.trackit.runner.cli.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code trackit status}: how the running agent is doing. */
@Command(
        name = "status",
        sortOptions = false,
        description = {
            "Show how the agent is doing that records this folder: each kernel, what was captured, what could not be.",
            "",
            "Exit code 3 if no agent is running, 1 if it has a warning or cannot write.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  trackit status",
            "  trackit status --json | jq '.kernels[] | {notebook, state, captured, gaps}'",
        })
public final class StatusCommand extends RunnerCommand {
    @Mixin
    private FolderArgument folder = new FolderArgument();

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    /** Called by the table of commands. */
    public StatusCommand() {}

    @Override
    protected int run() throws IOException {
        Path where = folder.in(environment());
        Workspace workspace = new Workspace(environment(), program().store());
        Optional<Path> data = workspace.existingData(where);
        OptionalLong pid = data.isPresent() ? AgentLock.holder(data.get()) : OptionalLong.empty();
        Optional<JsonNode> status = data.flatMap(AgentStatusFile::read);
        if (pid.isEmpty()) {
            return notRunning(where, data, status);
        }
        if (status.isEmpty() || status.get().path("pid").asLong() != pid.getAsLong()) {
            // It holds the lock and has not written yet: it is just starting.
            status = Optional.of(new ObjectMapper().createObjectNode().put("pid", pid.getAsLong()));
        }
        JsonNode running = status.get();
        if (json) {
            printJson(true, data, running);
        } else {
            print(running);
        }
        boolean healthy = running.path("warnings").isEmpty()
                && running.path("store").path("healthy").asBoolean(true);
        return healthy ? ExitCodes.FINE : ExitCodes.FINDINGS;
    }

    private int notRunning(Path where, Optional<Path> data, Optional<JsonNode> last) {
        if (json) {
            printJson(false, data, null);
            return ExitCodes.NOTHING;
        }
        String crashed = last.isPresent()
                ? " The last one (process " + last.get().path("pid").asLong() + ") did not end in good order;"
                        + " what it had acknowledged is in the log."
                : "";
        throw Failure.of(
                ExitCodes.NOTHING,
                "No agent is recording " + environment().folder(where) + "." + crashed,
                "Start one: " + environment().command() + " up"
                        + (where.equals(environment().workingFolder())
                                ? ""
                                : " " + environment().display(where)));
    }

    private void printJson(boolean running, Optional<Path> data, @Nullable JsonNode status) {
        console().json(g -> {
            g.writeStartObject();
            g.writeBooleanField("running", running);
            if (data.isPresent()) {
                g.writeStringField("store", data.get().toString());
            } else {
                g.writeNullField("store");
            }
            if (status == null) {
                g.writeArrayFieldStart("kernels");
                g.writeEndArray();
            } else {
                copy(g, status);
            }
            g.writeEndObject();
        });
    }

    private static void copy(JsonGenerator g, JsonNode status) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        for (Map.Entry<String, JsonNode> field : status.properties()) {
            g.writeFieldName(field.getKey().equals("store") ? "writing" : field.getKey());
            mapper.writeTree(g, field.getValue());
        }
        if (!status.has("kernels")) {
            g.writeArrayFieldStart("kernels");
            g.writeEndArray();
        }
    }

    private void print(JsonNode status) {
        Style style = console().style();
        String since = since(status.path("startedAt").asText(""));
        console()
                .line(style.green("recording") + " "
                        + TerminalText.line(status.path("watching").asText(""))
                        + style.dim("  process " + status.path("pid").asLong() + since));
        JsonNode kernels = status.path("kernels");
        if (kernels.isEmpty()) {
            console().line("No kernel is running. One that starts is found within a second.");
        }
        for (JsonNode kernel : kernels) {
            print(kernel, style);
        }
        for (JsonNode warning : status.path("warnings")) {
            console().line(style.yellow("! " + TerminalText.line(warning.asText())));
        }
        JsonNode store = status.path("store");
        if (!store.path("healthy").asBoolean(true)) {
            console()
                    .line(style.red("! The log cannot be written: "
                            + TerminalText.line(store.path("lastFailure").asText())));
        }
    }

    private void print(JsonNode kernel, Style style) {
        String notebook = kernel.path("notebook").isTextual()
                ? environment().display(Path.of(kernel.path("notebook").asText()))
                : unknown(kernel);
        String state = kernel.path("state").asText();
        String colored =
                switch (state) {
                    case "idle", "busy" -> style.green(state);
                    case "dead" -> style.dim(state);
                    default -> style.yellow(state);
                };
        console().line("");
        console()
                .line(style.bold(notebook) + "  " + colored
                        + style.dim("  " + TerminalText.line(kernel.path("name").asText())));
        console()
                .line("  " + Wording.count(kernel.path("captured").asLong(), "execution") + " captured, "
                        + kernel.path("recovered").asLong() + " recovered, "
                        + Wording.count(kernel.path("gaps").asLong(), "gap") + ", "
                        + Wording.count(kernel.path("dropped").asLong(), "message") + " dropped, "
                        + Wording.bytes(kernel.path("bytes").asLong()) + " received");
        String detail = kernel.path("detail").asText("");
        if (!detail.isEmpty()) {
            console().line("  " + TerminalText.line(detail));
        }
    }

    private static String unknown(JsonNode kernel) {
        int candidates = kernel.path("notebookCandidates").size();
        return candidates > 1 ? "one of " + candidates + " notebooks" : "notebook not known yet";
    }

    private String since(String startedAt) {
        try {
            return ", started "
                    + Wording.ago(
                            Instant.parse(startedAt), environment().clock().instant());
        } catch (DateTimeParseException e) {
            return ", just starting";
        }
    }
}
