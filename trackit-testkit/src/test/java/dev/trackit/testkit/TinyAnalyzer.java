package dev.trackit.testkit;

import dev.trackit.api.Analysis;
import dev.trackit.api.Effect;
import dev.trackit.api.Effect.Certainty;
import dev.trackit.api.Effect.Kind;
import dev.trackit.api.Execution;
import dev.trackit.api.Location;
import dev.trackit.api.Session;
import dev.trackit.api.Statement;
import dev.trackit.api.Variable;
import dev.trackit.spi.CodeAnalyzer;
import dev.trackit.spi.CodeAnalyzerProvider;
import dev.trackit.spi.ProviderContext;
import dev.trackit.spi.SessionAnalyzer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Understands a language of three statements, one per line: {@code let NAME [FROM]} gives a name a new object, {@code grow NAME} changes it in place,
 * {@code save FILE} writes a file. It can have one fault.
 */
final class TinyAnalyzer implements CodeAnalyzer {
    private final Fault fault;
    private final AtomicInteger sharedObjects = new AtomicInteger();

    /** What the analyzer does wrong, and which rules that breaks. */
    enum Fault {
        NONE,
        HAS_NO_VALID_ID(1),
        UNDERSTANDS_EVERYTHING(2),
        NAMES_THE_SESSION(3),
        COUNTS_LINES_FROM_0(4),
        WRITES_NO_VARIABLES(5, 8),
        READS_UNDER_ANOTHER_KEY(6, 7),
        SAYS_ALL_IS_FROM_BEFORE(7),
        REBINDS_WHEN_CHANGING(8),
        COUNTS_OBJECTS_ACROSS_SESSIONS(9, 12),
        IS_SILENT_ABOUT_WHAT_IT_CANNOT_READ(10),
        THROWS_AT_LONG_TEXTS(11),
        RUNS_THE_CODE(13),
        WRITES_A_CACHE(14),
        STARTS_A_THREAD(14);

        private final List<String> rules;

        Fault(int... rules) {
            this.rules = Arrays.stream(rules).mapToObj(Integer::toString).toList();
        }

        List<String> rules() {
            return rules;
        }
    }

    /** Opens such analyzers. */
    record Provider(Fault fault) implements CodeAnalyzerProvider {
        @Override
        public String id() {
            return fault == Fault.HAS_NO_VALID_ID ? "" : "tiny";
        }

        @Override
        public CodeAnalyzer open(ProviderContext context) {
            if (fault == Fault.WRITES_A_CACHE) {
                write(context.watchedFolder().resolve("cache"));
            } else if (fault == Fault.STARTS_A_THREAD) {
                Thread idle = new Thread(
                        () -> LockSupport.parkNanos(Duration.ofSeconds(10).toNanos()), "idle");
                idle.setDaemon(true);
                idle.start();
            }
            return new TinyAnalyzer(fault);
        }
    }

    private TinyAnalyzer(Fault fault) {
        this.fault = fault;
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean understands(String language) {
        return language.equals("tiny") || fault == Fault.UNDERSTANDS_EVERYTHING;
    }

    @Override
    public SessionAnalyzer begin(Session session) {
        return new TinySession();
    }

    private final class TinySession implements SessionAnalyzer {
        private final Map<String, String> objects = new HashMap<>();
        private final AtomicInteger ownObjects = new AtomicInteger();
        private final Set<String> made = new HashSet<>();
        private final Map<String, Variable> variables = new LinkedHashMap<>();

        @Override
        public Analysis analyze(Execution execution) {
            made.clear();
            variables.clear();
            if (fault == Fault.THROWS_AT_LONG_TEXTS && execution.code().length() > 100_000) {
                throw new IllegalArgumentException("too long");
            }
            List<Statement> statements = new ArrayList<>();
            List<String> problems = new ArrayList<>();
            String[] lines = execution.code().split("\n", -1);
            for (int i = 0; i < lines.length; i++) {
                String[] words = lines[i].strip().split(" ");
                int number = fault == Fault.COUNTS_LINES_FROM_0 ? i : i + 1;
                if (words[0].isEmpty()) {
                    continue;
                }
                List<Effect> effects = effects(words);
                if (effects.isEmpty() && fault != Fault.IS_SILENT_ABOUT_WHAT_IT_CANNOT_READ) {
                    problems.add("Line " + number + " is not understood.");
                }
                statements.add(Statement.builder(statements.size(), number, number, lines[i])
                        .effects(effects)
                        .build());
            }
            String id = fault == Fault.NAMES_THE_SESSION ? execution.session() : execution.id();
            List<Variable> bound = fault == Fault.WRITES_NO_VARIABLES ? List.of() : List.copyOf(variables.values());
            return new Analysis(id, statements, bound, List.of(), problems);
        }

        private List<Effect> effects(String[] words) {
            if (words.length >= 2 && words[0].equals("let")) {
                return let(words[1], words.length > 2 ? words[2] : "");
            } else if (words.length == 2 && words[0].equals("grow")) {
                return grow(words[1]);
            } else if (words.length == 2 && words[0].equals("save")) {
                if (fault == Fault.RUNS_THE_CODE) {
                    write(Path.of(words[1]));
                }
                return List.of(effect(Kind.WRITE, Location.Kind.EXTERNAL, words[1], "", false));
            }
            return List.of();
        }

        private List<Effect> let(String name, String from) {
            List<Effect> effects = new ArrayList<>();
            if (!from.isEmpty()) {
                String key = fault == Fault.READS_UNDER_ANOTHER_KEY ? "read of " + from : from;
                effects.add(effect(Kind.READ, Location.Kind.BINDING, key, from, before(from)));
            }
            AtomicInteger counter = fault == Fault.COUNTS_OBJECTS_ACROSS_SESSIONS ? sharedObjects : ownObjects;
            String object = "object " + counter.incrementAndGet();
            objects.put(name, object);
            made.add(name);
            Location content = new Location(Location.Kind.OBJECT, object, name, name);
            effects.add(effect(Kind.WRITE, Location.Kind.BINDING, name, name, false));
            effects.add(new Effect(Kind.WRITE, content, Certainty.SURE, false));
            variables.put(name, new Variable(name, "", List.of(content)));
            return effects;
        }

        private List<Effect> grow(String name) {
            String object = objects.getOrDefault(name, "unknown " + name);
            if (fault == Fault.REBINDS_WHEN_CHANGING) {
                return let(name, name);
            }
            return List.of(
                    effect(Kind.READ, Location.Kind.BINDING, name, name, before(name)),
                    effect(Kind.MUTATE, Location.Kind.OBJECT, object, name, before(name)));
        }

        private boolean before(String name) {
            return fault == Fault.SAYS_ALL_IS_FROM_BEFORE || !made.contains(name);
        }

        private static Effect effect(Kind kind, Location.Kind what, String key, String name, boolean before) {
            return new Effect(kind, new Location(what, key, name.isEmpty() ? key : name, name), Certainty.SURE, before);
        }
    }
}
