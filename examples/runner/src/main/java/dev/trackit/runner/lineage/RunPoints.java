package dev.trackit.runner.lineage;

import dev.trackit.api.Session;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.runner.cli.Environment;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.Moments;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.summary.outline.Experiment;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Points in a notebook's history as users type them; each is the last execution before it. */
final class RunPoints {
    private static final Pattern NUMBERED = Pattern.compile("(?:(session|experiment)[ :-]?|#)?([0-9]{1,9})");

    private final Environment environment;
    private final List<ExecutionNode> executions;
    private final List<Session> sessions;
    private final String notebook;

    RunPoints(Environment environment, LoadedLineage lineage, LoadedLineage.Loaded notebook) {
        this.environment = environment;
        this.notebook = TerminalText.line(notebook.name());
        this.executions = lineage.graph().executions().stream()
                .filter(n -> n.notebook().equals(notebook.name()))
                .toList();
        this.sessions = lineage.graph().sessions(notebook.name()).stream()
                .filter(s -> executions.stream().anyMatch(n -> n.session().id().equals(s.id())))
                .toList();
        if (executions.isEmpty()) {
            throw Failure.of(ExitCodes.NOTHING, "Nothing was executed in " + this.notebook + ".");
        }
    }

    /** The end of the history. */
    ExecutionNode last() {
        return executions.get(executions.size() - 1);
    }

    /** What came before, where the user did not say: the end of the session before, or of the experiment before. */
    ExecutionNode before(ExecutionNode end) {
        int session = sessions.indexOf(end.session());
        if (session > 0) {
            return lastOf(n -> n.session() == sessions.get(session - 1), "session " + session);
        }
        List<Experiment> experiments = Experiment.of(executions);
        for (int i = 1; i < experiments.size(); i++) {
            if (experiments.get(i).executions().contains(end)) {
                return lastOf(experiments.get(i - 1));
            }
        }
        throw Failure.of(
                ExitCodes.NOTHING,
                notebook + " has one run only: no cell was edited and run again, and the kernel was not started again.",
                "Name two points: --from 3 --to 9, or two notebooks.");
    }

    /** The point that was typed: an execution, a session, an experiment, or a time. */
    ExecutionNode named(String option, String typed) {
        Matcher numbered = NUMBERED.matcher(typed.strip());
        if (!numbered.matches()) {
            Instant at = Moments.parse(option, typed, environment.clock().instant(), environment.zone());
            return lastOf(
                    n -> n.execution().startedAt().filter(t -> t.isBefore(at)).isPresent(),
                    "an execution before " + at);
        }
        int number = Integer.parseInt(numbered.group(2));
        if ("session".equals(numbered.group(1))) {
            return lastOf(
                    n -> number >= 1 && number <= sessions.size() && n.session() == sessions.get(number - 1),
                    "session " + number);
        } else if ("experiment".equals(numbered.group(1))) {
            List<Experiment> experiments = Experiment.of(executions);
            if (number < 1 || number > experiments.size()) {
                throw nothing("experiment " + number);
            }
            return lastOf(experiments.get(number - 1));
        }
        return lastOf(n -> n.sequence() == number, "execution #" + number);
    }

    private static ExecutionNode lastOf(Experiment experiment) {
        return experiment.executions().get(experiment.executions().size() - 1);
    }

    private ExecutionNode lastOf(Predicate<ExecutionNode> fits, String wanted) {
        return executions.stream().filter(fits).reduce((a, b) -> b).orElseThrow(() -> nothing(wanted));
    }

    private Failure nothing(String wanted) {
        return Failure.of(
                ExitCodes.NOTHING,
                notebook + " has no " + wanted.replaceFirst("^an ", "") + ".",
                "What there is: " + environment.command() + " log " + notebook);
    }
}
