package dev.trackit.runner.web.http;

import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.Moments;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The parameters of one request, checked. An empty one counts as absent. */
public final class Query {
    private static final int LONGEST = 2_000;

    private final Context context;

    private Query(Context context) {
        this.context = context;
    }

    /** The parameters of this request. */
    public static Query of(Context context) {
        return new Query(context);
    }

    /** A text; null if it is absent. @throws Problem if it is given twice or too long */
    public @Nullable String text(String name) {
        List<String> values = context.queryParams(name);
        if (values.size() > 1) {
            throw Problem.of(400, "Give \"" + name + "\" once.");
        }
        String value = values.isEmpty() ? "" : values.get(0);
        if (value.length() > LONGEST) {
            throw Problem.of(400, "\"" + name + "\" is too long.");
        }
        return value.isBlank() ? null : value;
    }

    /** A text, or this one. */
    public String text(String name, String otherwise) {
        String value = text(name);
        return value == null ? otherwise : value;
    }

    /** A whole number from 0. */
    public OptionalLong number(String name) {
        String value = text(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (!value.matches("[0-9]{1,15}")) {
            throw Problem.of(400, "\"" + name + "\" needs a number from 0.");
        }
        return OptionalLong.of(Long.parseLong(value));
    }

    /** A small number from 0. */
    public OptionalInt smallNumber(String name) {
        OptionalLong value = number(name);
        return value.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of((int) Math.min(Integer.MAX_VALUE, value.getAsLong()));
    }

    /** How many are wanted: at least 1, at most so many. */
    public int limit(int otherwise, int most) {
        return (int) Math.max(1, Math.min(most, number("limit").orElse(otherwise)));
    }

    /** A moment, as on the command line: {@code 2026-03-01}, {@code 14:30}, {@code today}, {@code 2h}; null if it is absent. */
    public @Nullable Instant time(String name, Instant now, ZoneId zone) {
        String value = text(name);
        try {
            return value == null ? null : Moments.parse(name, value, now, zone);
        } catch (Failure e) {
            throw Problem.of(e);
        }
    }

    /** All parameters, for who reads them on. */
    public Map<String, List<String>> all() {
        return context.queryParamMap();
    }
}
