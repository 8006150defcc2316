package dev.trackit.core.slice;

import dev.trackit.core.lineage.StatementNode;
import dev.trackit.core.lineage.Use;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings the statements of a slice into the order in which a script can run them. Within a session this is the order of time. Several
 * sessions share one namespace in a script, so each session's statements stay together, after those of the sessions whose files
 * they read; only sessions that read from each other in turns are mixed in the order of time.
 */
final class SessionBlocks {
    private final Map<String, List<StatementNode>> blocks = new LinkedHashMap<>();
    private final Map<String, Set<String>> before = new HashMap<>();
    private final List<StatementNode> byTime;

    SessionBlocks(Collection<StatementNode> statements) {
        byTime = new ArrayList<>(statements);
        byTime.sort(Comparator.comparingInt(StatementNode::order));
        for (StatementNode statement : byTime) {
            blocks.computeIfAbsent(session(statement), s -> new ArrayList<>()).add(statement);
        }
        if (blocks.size() > 1) {
            for (StatementNode statement : byTime) {
                for (Use use : statement.uses()) {
                    if (!session(use.on()).equals(session(statement)) && blocks.containsKey(session(use.on()))) {
                        before.computeIfAbsent(session(statement), s -> new HashSet<>())
                                .add(session(use.on()));
                    }
                }
            }
        }
    }

    private static String session(StatementNode statement) {
        return statement.execution().session().id();
    }

    List<StatementNode> inOrder() {
        if (blocks.size() <= 1) {
            return byTime;
        }
        List<StatementNode> result = new ArrayList<>(byTime.size());
        Set<String> done = new HashSet<>();
        while (done.size() < blocks.size()) {
            String next = blocks.keySet().stream()
                    .filter(s -> !done.contains(s) && done.containsAll(before.getOrDefault(s, Set.of())))
                    .findFirst()
                    .orElse("");
            if (next.isEmpty()) {
                return byTime;
            }
            done.add(next);
            result.addAll(blocks.getOrDefault(next, List.of()));
        }
        return result;
    }
}
