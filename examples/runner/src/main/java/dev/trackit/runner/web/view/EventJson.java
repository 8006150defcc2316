package dev.trackit.runner.web.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.runner.web.http.Answer;
import dev.trackit.runner.web.live.Feed;
import dev.trackit.runner.web.live.NotebookRow;
import dev.trackit.runner.web.live.Streams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Events in the JSON that views have too. */
public final class EventJson implements Streams.Messages {
    /** An event must be seen within a second: rather without its effects than late. */
    private static final long PATIENCE_MILLIS = 200;

    private final Supplier<byte[]> state;
    private final BiConsumer<NotebookRow, Feed> prepare;

    /**
     * Events of a site.
     *
     * @param state writes the state of the agent
     * @param prepare has a notebook analysed soon
     */
    public EventJson(Supplier<byte[]> state, BiConsumer<NotebookRow, Feed> prepare) {
        this.state = state;
        this.prepare = prepare;
    }

    @Override
    public byte[] entry(NotebookRow row, Feed feed, Feed.Change change) {
        prepare.accept(row, feed);
        try {
            return feed.lineage()
                    .askSoon(PATIENCE_MILLIS, lineage -> entry(row, feed, change, new LineageEffects(lineage.graph())))
                    .orElseGet(() -> entry(row, feed, change, EntryJson.Effects.UNKNOWN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] entry(NotebookRow row, Feed feed, Feed.Change change, EntryJson.Effects effects) {
        var entries = feed.state().timeline().entries();
        return Answer.bytes(g -> new EntryJson(Site.address(row), effects, false).write(g, entries, change.order()));
    }

    @Override
    public byte[] row(NotebookRow row) {
        return Answer.bytes(g -> NotebookJson.write(g, row));
    }

    @Override
    public byte[] state() {
        return state.get();
    }

    @Override
    public byte[] of(Map<String, ?> fields) {
        return fields(fields);
    }

    /** An object of names, texts, numbers and flags. */
    public static byte[] fields(Map<String, ?> fields) {
        return Answer.bytes(g -> {
            g.writeStartObject();
            for (Map.Entry<String, ?> field : fields.entrySet()) {
                g.writeFieldName(field.getKey());
                value(g, field.getValue());
            }
            g.writeEndObject();
        });
    }

    private static void value(JsonGenerator g, Object value) throws IOException {
        if (value instanceof Boolean flag) {
            g.writeBoolean(flag);
        } else if (value instanceof Number number) {
            g.writeNumber(number.longValue());
        } else {
            g.writeString(value.toString());
        }
    }
}
