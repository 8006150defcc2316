package dev.trackit.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trackit.api.Analysis;
import dev.trackit.api.Effect;
import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.Location;
import dev.trackit.api.Session;
import dev.trackit.api.Statement;
import dev.trackit.spi.CodeAnalyzer;
import dev.trackit.spi.CodeAnalyzerProvider;
import dev.trackit.spi.ProviderContext;
import dev.trackit.spi.SessionAnalyzer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of {@link CodeAnalyzer} as tests; its rules are those of {@code docs/contracts.md}. The author of an analyzer extends this class in a
 * test of their own, and gives a few statements of the language, each on one line:
 *
 * <pre>{@code
 * class MyAnalyzerContractTest extends CodeAnalyzerContract {
 *     @Override
 *     protected CodeAnalyzerProvider provider() {
 *         return new MyAnalyzerProvider();
 *     }
 *
 *     @Override
 *     protected String language() {
 *         return "r";
 *     }
 *
 *     @Override
 *     protected String constant(String name) {
 *         return name + " <- 1";
 *     }
 *
 *     @Override
 *     protected String derived(String name, String from) {
 *         return name + " <- " + from + " + 1";
 *     }
 *
 *     @Override
 *     protected String broken() {
 *         return "x <- (";
 *     }
 * }
 * }</pre>
 *
 * <p>What these tests cannot see is whether the effects of the language's own statements are right: that is for the author's own tests.
 */
public abstract class CodeAnalyzerContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private CodeAnalyzerProvider provider;
    private CodeAnalyzer analyzer;
    private final AtomicInteger numbers = new AtomicInteger();

    /** For subclasses. */
    protected CodeAnalyzerContract() {}

    /** The provider to test. */
    protected abstract CodeAnalyzerProvider provider();

    /** A language that the analyzer understands, in lower case. */
    protected abstract String language();

    /** A statement of one line that gives a name a constant value. */
    protected abstract String constant(String name);

    /** A statement of one line that gives a name a new value, made from that of another. */
    protected abstract String derived(String name, String from);

    /** A text that is no program of the language. */
    protected abstract String broken();

    /** A statement of one line that gives a name a new value that can be changed in place, an empty list for example; empty if there is no such thing. */
    protected Optional<String> changeable(String name) {
        return Optional.empty();
    }

    /** A statement of one line that changes such a value in place, through the name; empty if there is no such thing. */
    protected Optional<String> change(String name) {
        return Optional.empty();
    }

    /** A statement of one line that makes a file when it is run; empty if the language has none. */
    protected Optional<String> makesFile(Path file) {
        return Optional.empty();
    }

    /** Options that the analyzer needs. */
    protected ProviderContext.Builder context(ProviderContext.Builder context) {
        return context;
    }

    @BeforeEach
    void openAnalyzer() {
        provider = provider();
        analyzer = provider.open(context(ProviderContext.builder(folder, folder.resolve(".trackit")))
                .build());
    }

    @Test
    @DisplayName("CodeAnalyzer 1: the provider has a valid id, and always the same")
    void rule1() {
        String id = provider.id();
        assertTrue(id.matches("[a-z0-9-]{1,40}"), "If this fails, look at id(): 1 to 40 of a-z, 0-9 and '-'.");
        assertEquals(id, provider.id(), "If this fails, look at id(): it never changes.");
    }

    @Test
    @DisplayName("CodeAnalyzer 2: it understands its language, and not what it does not know")
    void rule2() {
        assertTrue(analyzer.understands(language()), "If this fails, look at understands().");
        assertFalse(analyzer.understands(""), "If this fails, look at a language that is not known: it is empty.");
        assertFalse(analyzer.understands("no-such-language"), "If this fails, look at understands().");
    }

    @Test
    @DisplayName("CodeAnalyzer 3: an analysis names its execution")
    void rule3() {
        SessionAnalyzer session = begin();
        for (String code : List.of(constant("a"), "", broken())) {
            Execution execution = execution(code, ExecutionStatus.OK);
            assertEquals(
                    execution.id(),
                    session.analyze(execution).execution(),
                    "If this fails, look at the id of an analysis.");
        }
    }

    @Test
    @DisplayName(
            "CodeAnalyzer 4: statements come in order, with places and lines counted as stated, and their text as it stands in the cell")
    void rule4() {
        String code = constant("a") + "\n\n" + derived("b", "a") + "\n" + derived("c", "b");
        List<Statement> statements =
                begin().analyze(execution(code, ExecutionStatus.OK)).statements();
        String[] lines = code.split("\n", -1);
        assertEquals(3, statements.size(), "If this fails, look at what is taken for one statement.");
        int previous = 0;
        for (int i = 0; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            assertEquals(i, statement.index(), "If this fails, look at places: they count from 0.");
            assertTrue(
                    previous < statement.firstLine() && statement.firstLine() <= statement.lastLine(),
                    "If this fails, look at the order of lines: " + statement);
            assertTrue(
                    statement.lastLine() <= lines.length
                            && lines[statement.firstLine() - 1].contains(
                                    statement.text().strip()),
                    "If this fails, look at lines: they count from 1, and the text is the cell's own: " + statement);
            previous = statement.lastLine();
        }
    }

    @Test
    @DisplayName("CodeAnalyzer 5: giving a name a value is a write of its binding, and the name is among the variables")
    void rule5() {
        Analysis analysis = begin().analyze(execution(constant("a"), ExecutionStatus.OK));
        assertTrue(
                bindings(analysis, Effect.Kind.WRITE)
                        .anyMatch(effect -> effect.location().name().equals("a")),
                "If this fails, look at the effects of an assignment: WRITE of a BINDING with the name.");
        assertTrue(
                analysis.variables().stream().anyMatch(v -> v.name().equals("a")),
                "If this fails, look at which names variables() holds: each that was bound, and still exists.");
    }

    @Test
    @DisplayName(
            "CodeAnalyzer 6: a read of what an earlier execution wrote has the key that was written, and is from before")
    void rule6() {
        SessionAnalyzer session = begin();
        String written = key(session.analyze(execution(constant("a"), ExecutionStatus.OK)), Effect.Kind.WRITE, "a");
        Analysis reading = session.analyze(execution(derived("b", "a"), ExecutionStatus.OK));
        assertEquals(
                written, key(reading, Effect.Kind.READ, "a"), "If this fails, look at keys: they join executions.");
        assertTrue(
                bindings(reading, Effect.Kind.READ)
                        .filter(effect -> effect.location().name().equals("a"))
                        .allMatch(Effect::before),
                "If this fails, look at before(): the value is from an earlier execution.");
    }

    @Test
    @DisplayName("CodeAnalyzer 7: a read of what the same execution wrote is not from before")
    void rule7() {
        Analysis analysis = begin().analyze(execution(constant("a") + "\n" + derived("b", "a"), ExecutionStatus.OK));
        assertEquals(
                key(analysis, Effect.Kind.WRITE, "a"),
                key(analysis, Effect.Kind.READ, "a"),
                "If this fails, look at keys within an execution.");
        assertTrue(
                bindings(analysis, Effect.Kind.READ)
                        .filter(effect -> effect.location().name().equals("a"))
                        .noneMatch(Effect::before),
                "If this fails, look at before(): the value is the execution's own.");
    }

    @Test
    @DisplayName(
            "CodeAnalyzer 8: a change in place is no write of the name, and is a change of the object that the name stands for")
    void rule8() {
        Optional<String> make = changeable("a");
        Optional<String> change = change("a");
        assumeTrue(make.isPresent() && change.isPresent(), "The test offers no value that changes in place.");
        SessionAnalyzer session = begin();
        Analysis made = session.analyze(execution(make.orElseThrow(), ExecutionStatus.OK));
        Analysis changed = session.analyze(execution(change.orElseThrow(), ExecutionStatus.OK));
        assertTrue(
                bindings(changed, Effect.Kind.WRITE)
                        .noneMatch(effect -> effect.location().name().equals("a")),
                "If this fails, look at changes in place: the name stands for the same object as before.");
        Set<String> object = new HashSet<>();
        made.variables().stream().filter(v -> v.name().equals("a")).forEach(v -> v.content()
                .forEach(location -> object.add(location.key())));
        assertTrue(
                effects(changed)
                        .anyMatch(effect -> effect.kind() != Effect.Kind.READ
                                && effect.before()
                                && object.contains(effect.location().key())),
                "If this fails, look at changes in place: MUTATE of the object's own locations, from before.");
    }

    @Test
    @DisplayName(
            "CodeAnalyzer 9: sessions do not disturb each other: the same executions have the same effects in a fresh one")
    void rule9() {
        SessionAnalyzer first = begin();
        SessionAnalyzer second = begin();
        List<String> codes = List.of(constant("a"), derived("b", "a"), derived("a", "b"), derived("b", "b"));
        List<String> firstEffects = new ArrayList<>();
        codes.forEach(code -> firstEffects.add(written(first.analyze(execution(code, ExecutionStatus.OK)))));
        List<String> secondEffects = new ArrayList<>();
        codes.forEach(code -> secondEffects.add(written(second.analyze(execution(code, ExecutionStatus.OK)))));
        assertEquals(firstEffects, secondEffects, "If this fails, look at what sessions share.");
    }

    @Test
    @DisplayName(
            "CodeAnalyzer 10: code that cannot be read is named as such, and what comes after it is analysed as always")
    void rule10() {
        SessionAnalyzer session = begin();
        Analysis unread = assertDoesNotThrow(
                () -> session.analyze(execution(broken(), ExecutionStatus.ERROR)),
                "If this fails, look at errors of syntax: they are part of notebooks.");
        boolean named = !unread.problems().isEmpty()
                || unread.statements().stream().anyMatch(s -> s.traits().contains(Statement.Trait.UNREADABLE));
        assertTrue(named, "If this fails, look at problems() and the trait UNREADABLE: silence is a wrong answer.");
        key(session.analyze(execution(constant("a"), ExecutionStatus.OK)), Effect.Kind.WRITE, "a");
    }

    @Test
    @DisplayName("CodeAnalyzer 11: no text makes it throw or hang")
    void rule11() {
        SessionAnalyzer session = begin();
        List<String> texts = List.of(
                "",
                " \n\t\n",
                "\u0000",
                "\ud83d",
                "\ufeff" + constant("a"),
                constant("a") + "\r\n" + constant("b") + "\r",
                "(".repeat(10_000),
                "[".repeat(10_000) + "]".repeat(10_000),
                "-".repeat(20_000) + "1",
                "\"".repeat(9_999),
                "a".repeat(1_000_000),
                "\n".repeat(100_000),
                "}\u202e{\u2028)'");
        for (String text : texts) {
            String beginning = text.substring(0, Math.min(5, text.length()));
            for (ExecutionStatus status : ExecutionStatus.values()) {
                assertTimeoutPreemptively(
                        PATIENCE,
                        () -> assertDoesNotThrow(
                                () -> session.analyze(execution(text, status)),
                                "If this fails, look at " + text.length() + " characters that begin with " + beginning),
                        "If this fails, look at " + text.length() + " characters that begin with " + beginning);
            }
        }
    }

    @Test
    @DisplayName("CodeAnalyzer 12: several sessions may be analysed at once, each by one thread")
    void rule12() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(() -> {
                    SessionAnalyzer session = begin();
                    StringBuilder all = new StringBuilder();
                    for (int n = 0; n < 50; n++) {
                        String code = n == 0 ? constant("v0") : derived("v" + n, "v" + (n - 1));
                        all.append(written(session.analyze(execution(code, ExecutionStatus.OK))));
                    }
                    return all.toString();
                }));
            }
            Set<String> different = new HashSet<>();
            for (Future<String> answer : answers) {
                different.add(answer.get());
            }
            assertEquals(1, different.size(), "If this fails, look at what sessions share.");
        } catch (ExecutionException e) {
            throw new AssertionError("If this fails, look at what sessions share: " + e.getCause(), e);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("CodeAnalyzer 13: it runs no code")
    void rule13() {
        Path file = folder.resolve("made-by-the-code");
        Optional<String> code = makesFile(file);
        assumeTrue(code.isPresent(), "The test offers no statement that makes a file.");
        begin().analyze(execution(code.orElseThrow(), ExecutionStatus.OK));
        assertFalse(Files.exists(file), "If this fails, look at what runs the code: the record must be enough.");
    }

    @Test
    @DisplayName("CodeAnalyzer 14: it writes no file and starts no thread")
    void rule14() throws IOException {
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        openAnalyzer();
        SessionAnalyzer session = begin();
        for (String code : List.of(constant("a"), derived("b", "a"), broken())) {
            session.analyze(execution(code, ExecutionStatus.OK));
        }
        Set<Thread> after = new HashSet<>(Thread.getAllStackTraces().keySet());
        after.removeAll(before);
        assertEquals(Set.of(), after, "If this fails, look at who starts threads.");
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.toList(), "If this fails, look at who writes files.");
        }
    }

    private SessionAnalyzer begin() {
        return analyzer.begin(Session.builder("session", "kernel")
                .language(language())
                .workingFolder(folder)
                .build());
    }

    private Execution execution(String code, ExecutionStatus status) {
        int number = numbers.incrementAndGet();
        return Execution.builder("execution-" + number, "session", code)
                .sequence(number)
                .executionCount(number)
                .status(status)
                .build();
    }

    private static Stream<Effect> effects(Analysis analysis) {
        return analysis.statements().stream().flatMap(statement -> statement.effects().stream());
    }

    private static Stream<Effect> bindings(Analysis analysis, Effect.Kind kind) {
        return effects(analysis)
                .filter(effect -> effect.kind() == kind && effect.location().kind() == Location.Kind.BINDING);
    }

    private static String key(Analysis analysis, Effect.Kind kind, String name) {
        return bindings(analysis, kind)
                .filter(effect -> effect.location().name().equals(name))
                .map(effect -> effect.location().key())
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "If this fails, look at the effects on names: no " + kind + " of " + name + "."));
    }

    /** What an analysis says, for comparison. */
    private static String written(Analysis analysis) {
        return effects(analysis).toList() + " " + analysis.variables();
    }
}
