package dev.trackit.runner.web.view;

import dev.trackit.runner.cli.Environment;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.Moments;
import dev.trackit.runner.cli.TimeWindow;
import dev.trackit.runner.read.RecordFilter;
import dev.trackit.runner.summary.Scope;
import dev.trackit.runner.web.http.Problem;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a history is to be told, as an address or a body names it.
 *
 * @param section a heading; null for all
 * @param experiment its number; null for all
 * @param since from then on; null for the beginning
 * @param until up to then; null for the end
 * @param tag only what has it; null for all
 */
record SummaryScope(
        @Nullable String section,
        @Nullable String experiment,
        @Nullable String since,
        @Nullable String until,
        @Nullable String tag) {

    /** Reads it. @param text gives the text of a parameter; null if it is absent */
    static SummaryScope of(UnaryOperator<@Nullable String> text) {
        return new SummaryScope(
                text.apply("section"),
                text.apply("experiment"),
                text.apply("since"),
                text.apply("until"),
                text.apply("tag"));
    }

    Scope scope(Environment environment) {
        Integer number = null;
        if (experiment != null) {
            if (!experiment.matches("[0-9]{1,6}")) {
                throw Problem.of(400, "\"experiment\" needs a number.");
            }
            number = (Integer) Integer.parseInt(experiment);
        }
        TimeWindow time = new TimeWindow(moment("since", since, environment), moment("until", until, environment));
        RecordFilter filter = new RecordFilter(time, tag == null ? List.of() : List.of(tag), 0, Integer.MAX_VALUE);
        return new Scope(section, number, filter, null);
    }

    private static @Nullable Instant moment(String name, @Nullable String value, Environment environment) {
        try {
            return value == null
                    ? null
                    : Moments.parse(name, value, environment.clock().instant(), environment.zone());
        } catch (Failure e) {
            throw Problem.of(e);
        }
    }
}
