package dev.trackit.runner.read;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.core.timeline.TimelineEntry;
import dev.trackit.runner.cli.Environment;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.Suggestions;
import dev.trackit.runner.cli.TerminalText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code trackit log} that choose among what happened, and the choice. */
final class LogFilter {
    @Mixin
    private FilterOptions common = new FilterOptions();

    @Option(
            names = "--session",
            paramLabel = "SESSION",
            description = "Of this kernel session: its number in the log, \"last\", or the beginning of its id.")
    private @Nullable String session;

    @Option(names = "--cell", paramLabel = "CELL", description = "Of this cell: its index from 0, or its id.")
    private @Nullable String cell;

    @Option(names = "--status", paramLabel = "STATUS", description = "Only those that ended so: ok, error or aborted.")
    private @Nullable String status;

    @Option(
            names = "--grep",
            paramLabel = "REGEX",
            description = "Only those whose code matches this regular expression (RE2 syntax).")
    private @Nullable String grep;

    /** The filter with its values read. */
    static final class Compiled {
        private final RecordFilter common;
        private RecordFilter.Executions executions;
        private final @Nullable String session;
        private final @Nullable String cell;
        private final @Nullable ExecutionStatus status;
        private final @Nullable Pattern grep;

        private Compiled(LogFilter raw, RecordFilter common, Timeline timeline) {
            this.common = common;
            this.executions = common.executions(timeline);
            List<String> sessions =
                    timeline.sessions().stream().map(s -> s.session().id()).toList();
            this.session = raw.session == null ? null : sessionId(raw.session, sessions);
            this.cell = raw.cell;
            this.status = raw.status == null ? null : status(raw.status);
            this.grep = raw.grep == null ? null : pattern(raw.grep);
        }

        boolean accepts(TimelineEntry entry) {
            if (entry instanceof TimelineEntry.Executed executed) {
                return acceptsExecution(executed.execution());
            }
            boolean ofExecutions = cell != null
                    || status != null
                    || grep != null
                    || !common.tags().isEmpty();
            if (ofExecutions || !common.time().contains(entry.at())) {
                return false;
            }
            String of = entry instanceof TimelineEntry.Missed missed
                    ? missed.gap().session()
                    : entry instanceof TimelineEntry.Started started
                            ? started.session().id()
                            : entry instanceof TimelineEntry.Ended ended ? ended.session() : "";
            return session == null || session.equals(of);
        }

        private boolean acceptsExecution(Execution execution) {
            return (session == null || session.equals(execution.session()))
                    && (status == null || status == execution.status())
                    && (cell == null || isCell(execution, cell))
                    && executions.accepts(execution)
                    && (grep == null || grep.matcher(execution.code()).find());
        }

        private static boolean isCell(Execution execution, String named) {
            return execution.cell().isSettled()
                    && (execution.cell().cellId().equals(named)
                            || String.valueOf(execution.cell().cellIndex()).equals(named));
        }

        /** More became known: cells and tags of what comes next. */
        void know(Timeline timeline) {
            executions = common.executions(timeline);
        }
    }

    /** What the log has in common with other commands. */
    RecordFilter common(Environment environment) {
        return common.read(environment);
    }

    /** Whether nothing is filtered out besides what the common filter leaves out. */
    boolean isOpen() {
        return session == null && cell == null && status == null && grep == null;
    }

    /**
     * Reads the values.
     *
     * @param common from {@link #common}
     * @param timeline the notebook's
     * @throws Failure if a value is wrong
     */
    Compiled compile(RecordFilter common, Timeline timeline) {
        return new Compiled(this, common, timeline);
    }

    private static String sessionId(String typed, List<String> sessions) {
        if (typed.equals("last") && !sessions.isEmpty()) {
            return sessions.get(sessions.size() - 1);
        }
        List<String> matching =
                sessions.stream().filter(s -> s.startsWith(typed)).toList();
        if (matching.size() == 1) {
            return matching.get(0);
        }
        if (typed.matches("[0-9]{1,6}")) {
            int number = Integer.parseInt(typed);
            if (number >= 1 && number <= sessions.size()) {
                return sessions.get(number - 1);
            }
        }
        if (matching.size() > 1) {
            throw Failure.of(
                    ExitCodes.USAGE,
                    matching.size() + " sessions begin with \"" + TerminalText.line(typed) + "\".",
                    "Give more of the id, or the number of the session in the log.");
        }
        throw Failure.of(
                ExitCodes.NOTHING,
                "There is no session \"" + TerminalText.line(typed) + "\"; the log has " + sessions.size() + ".");
    }

    private static ExecutionStatus status(String typed) {
        for (ExecutionStatus status : ExecutionStatus.values()) {
            if (status.name().equalsIgnoreCase(typed)) {
                return status;
            }
        }
        List<String> known = Arrays.stream(ExecutionStatus.values())
                .map(s -> s.name().toLowerCase(Locale.ROOT))
                .toList();
        String suggestion = Suggestions.sentence(typed, known);
        throw Failure.of(
                ExitCodes.USAGE,
                "--status is one of " + String.join(", ", known) + ", not \"" + TerminalText.line(typed) + "\"."
                        + (suggestion.isEmpty() ? "" : " " + suggestion));
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex, Pattern.MULTILINE);
        } catch (PatternSyntaxException e) {
            throw Failure.of(
                    ExitCodes.USAGE,
                    e,
                    "--grep: not a regular expression: " + TerminalText.line(String.valueOf(e.getDescription())) + ": "
                            + TerminalText.line(regex),
                    "RE2 syntax, without back-references: https://github.com/google/re2/wiki/Syntax");
        }
    }
}
