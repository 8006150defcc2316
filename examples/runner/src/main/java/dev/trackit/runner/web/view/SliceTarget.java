package dev.trackit.runner.web.view;

import dev.trackit.core.slice.Slice;
import dev.trackit.runner.cli.Environment;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.lineage.LoadedLineage;
import dev.trackit.runner.lineage.SliceFinder;
import dev.trackit.runner.web.http.Body;
import dev.trackit.runner.web.http.Problem;
import dev.trackit.runner.web.http.Query;
import org.jspecify.annotations.Nullable;

/**
 * What is to be made.
 *
 * @param variable whether it is a variable; otherwise a file, by the name that code or the list of targets gives it
 * @param name its name
 * @param at after which execution; null for the end
 */
record SliceTarget(boolean variable, String name, @Nullable Long at) {

    /** The target that a query names; null if it names none. */
    static @Nullable SliceTarget of(Query query) {
        Long at = query.number("at").isPresent() ? (Long) query.number("at").getAsLong() : null;
        return of(query.text("var"), query.text("file"), at);
    }

    /** The target that a body names. */
    static SliceTarget of(Body body) {
        SliceTarget target = of(body.text("var"), body.text("file"), body.number("at"));
        if (target == null) {
            throw Problem.of(400, "Say what to make: \"var\" or \"file\".");
        }
        return target;
    }

    private static @Nullable SliceTarget of(@Nullable String variable, @Nullable String file, @Nullable Long at) {
        if (variable != null && file != null) {
            throw Problem.of(400, "Name a variable or a file, not both.");
        } else if (variable != null) {
            return new SliceTarget(true, variable, at);
        }
        return file == null ? null : new SliceTarget(false, file, at);
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
