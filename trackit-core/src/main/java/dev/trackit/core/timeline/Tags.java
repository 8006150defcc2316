package dev.trackit.core.timeline;

import dev.trackit.api.LineageRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tags that users gave with {@code trackit tag}: records of type {@value #TYPE} in the notebook's log of notes, each adding or removing
 * one tag of the notebook, or of one execution.
 */
public final class Tags {
    /** The type of the records. */
    public static final String TYPE = "tag";

    private final Set<String> notebook = new LinkedHashSet<>();
    private final Map<String, Set<String>> executions = new HashMap<>();

    private Tags() {}

    /** What the records say now. */
    public static Tags of(@Nullable Timeline timeline) {
        return timeline == null ? new Tags() : of(timeline.notes());
    }

    /** What the records say now. */
    public static Tags of(List<LineageRecord> notes) {
        Tags tags = new Tags();
        for (LineageRecord record : notes) {
            if (record.type().equals(TYPE) && record.fields().get("tag") instanceof String tag) {
                Set<String> of = record.fields().get("execution") instanceof String execution
                        ? tags.executions.computeIfAbsent(execution, e -> new LinkedHashSet<>())
                        : tags.notebook;
                if (Boolean.TRUE.equals(record.fields().get("removed"))) {
                    of.remove(tag);
                } else {
                    of.add(tag);
                }
            }
        }
        return tags;
    }

    /** The tags of the notebook itself. */
    public Set<String> ofNotebook() {
        return notebook;
    }

    /** The tags of each tagged execution, by its id. */
    public Map<String, Set<String>> ofExecutions() {
        Map<String, Set<String>> tagged = new TreeMap<>(executions);
        tagged.values().removeIf(Set::isEmpty);
        return tagged;
    }

    /** The ids of the executions with one of these tags. */
    public Set<String> executions(List<String> wanted) {
        Set<String> ids = new HashSet<>();
        executions.forEach((id, tags) -> {
            if (tags.stream().anyMatch(wanted::contains)) {
                ids.add(id);
            }
        });
        return ids;
    }
}
