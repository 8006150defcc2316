package dev.trackit.runner.summary;

import dev.trackit.runner.cli.Console;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.spi.SummaryPlan;

/** Shows on the terminal exactly what would be sent. */
final class PlanText {
    private PlanText() {}

    /** @param summarizer the id of the summarizer whose plan it is */
    static void print(Console console, SummaryPlan plan, String summarizer) {
        if (plan.requests().isEmpty()) {
            console.line("Nothing would be sent: the summarizer " + TerminalText.line(summarizer)
                    + " works on this machine.");
            return;
        }
        for (SummaryPlan.Request request : plan.requests()) {
            console.line(console.style().bold(TerminalText.line(request.purpose())) + ", about " + request.inputTokens()
                    + " tokens");
            console.line(TerminalText.clean(request.text()));
            console.line("");
        }
        int requests = plan.requests().size();
        console.line("To " + TerminalText.line(plan.destination()) + ": "
                + (requests == 1 ? "one request" : requests + " requests") + ", about " + plan.inputTokens()
                + " tokens. Nothing was sent."
                + (requests > 1 ? " A further request would join the answers." : ""));
    }
}
