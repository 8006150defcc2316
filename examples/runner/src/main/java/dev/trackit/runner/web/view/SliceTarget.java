package dev.trackit.runner.web.view;

import dev.trackit.core.slice.Slice;
import dev.trackit.runner.cli.Environment;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.lineage.LoadedLineage;
import dev.trackit.runner.lineage.SliceFinder;
import dev.trackit.runner.web.http.Body;
import dev.trackit.runner.web.http.Problem;
import dev.trackit.runner.web.http.Query;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be made.
 *
 * @param variable whether it is a variable; otherwise a file, by the name that code or the list of targets gives it
 * @param name its name
 * @param at after which execution; null for the end
 * @param with the ids of other notebooks, in whose steps it may begin
 */
record SliceTarget(boolean variable, String name, @Nullable Long at, List<String> with) {
    private static final int MOST_OTHERS = 8;

    SliceTarget {
        with = List.copyOf(with);
        if (with.size() > MOST_OTHERS) {
            throw Problem.of(400, "A slice goes through at most " + MOST_OTHERS + " other notebooks.");
        }
    }

    /** The target that a query names; null if it names none. */
    static @Nullable SliceTarget of(Query query) {
        Long at = query.number("at").isPresent() ? (Long) query.number("at").getAsLong() : null;
        return of(query.text("var"), query.text("file"), at, ids(query.text("with")));
    }

    /** The target that a body names. */
    static SliceTarget of(Body body) {
        SliceTarget target = of(body.text("var"), body.text("file"), body.number("at"), ids(body.text("with")));
        if (target == null) {
            throw Problem.of(400, "Say what to make: \"var\" or \"file\".");
        }
        return target;
    }

    private static List<String> ids(@Nullable String list) {
        return Stream.of(list == null ? new String[0] : list.split(","))
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
    }

    private static @Nullable SliceTarget of(
            @Nullable String variable, @Nullable String file, @Nullable Long at, List<String> with) {
        if (variable != null && file != null) {
            throw Problem.of(400, "Name a variable or a file, not both.");
        } else if (variable != null) {
            return new SliceTarget(true, variable, at, with);
        }
        return file == null ? null : new SliceTarget(false, file, at, with);
    }

    /** Its slice. @throws Problem with 404 if there is none */
    Slice in(LoadedLineage lineage, Environment environment) {
        try {
            SliceFinder finder = new SliceFinder(lineage, environment);
            return variable ? finder.variable(name, at) : finder.file(name, at);
        } catch (Failure e) {
            throw Problem.of(e);
        }
    }
}
