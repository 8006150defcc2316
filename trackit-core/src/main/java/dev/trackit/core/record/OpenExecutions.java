package dev.trackit.core.record;

import dev.trackit.api.Execution;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The executions of which a later save may tell more: their cell, or their outputs. Bounded: the eldest are given up. Used by one thread. */
final class OpenExecutions {
    private static final int MAX_EXECUTIONS = 1_000;
    private static final long MAX_BYTES = 8L << 20;

    private final Map<String, Execution> byId = new LinkedHashMap<>();
    private long bytes;

    void add(Execution execution) {
        if (EventQueue.size(execution) > MAX_BYTES / 8) {
            return;
        }
        put(execution);
        Iterator<Execution> eldest = byId.values().iterator();
        while (byId.size() > MAX_EXECUTIONS || bytes > MAX_BYTES) {
            bytes -= EventQueue.size(eldest.next());
            eldest.remove();
        }
    }

    @Nullable
    Execution get(String id) {
        return byId.get(id);
    }

    List<Execution> all() {
        return List.copyOf(byId.values());
    }

    /** Asks what becomes of each: it stays as it is or changed, or, for null, is closed. */
    void review(Function<Execution, @Nullable Execution> decision) {
        for (Execution execution : all()) {
            Execution now = decision.apply(execution);
            if (now == null) {
                remove(execution.id());
            } else if (now != execution) {
                put(now);
            }
        }
    }

    private void put(Execution execution) {
        Execution before = byId.put(execution.id(), execution);
        bytes += EventQueue.size(execution) - (before == null ? 0 : EventQueue.size(before));
    }

    private void remove(String id) {
        Execution before = byId.remove(id);
        if (before != null) {
            bytes -= EventQueue.size(before);
        }
    }
}
