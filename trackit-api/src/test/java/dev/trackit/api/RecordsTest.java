package dev.trackit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackit.spi.CaptureEvent;
import dev.trackit.spi.KernelStatus;
import dev.trackit.spi.SummaryPlan;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for all records of the API: an absent component is refused by its name, and lists and maps are the record's own. */
class RecordsTest {
    private static final NotebookId NOTEBOOK = NotebookId.of("titanic-1");

    /** Where any value of a component's type would do, one is made; these have rules of their own. */
    private static final Map<Class<?>, Object> SAMPLES = Map.ofEntries(
            Map.entry(String.class, "a"),
            Map.entry(Instant.class, Instant.EPOCH),
            Map.entry(Duration.class, Duration.ofSeconds(1)),
            Map.entry(Path.class, Path.of("/a.ipynb")),
            Map.entry(Digest.class, Digest.ofText("a")),
            Map.entry(NotebookId.class, NOTEBOOK),
            Map.entry(LogId.class, LogId.capture(NOTEBOOK)),
            Map.entry(CellMatch.class, CellMatch.unknown()),
            Map.entry(NotebookMatch.class, NotebookMatch.of(NotebookMatch.Basis.SERVER, Path.of("/a.ipynb"))),
            Map.entry(
                    Notebook.class,
                    Notebook.builder(Path.of("/a.ipynb"), Digest.ofText("a")).build()),
            Map.entry(Session.class, Session.builder("s", "k").build()),
            Map.entry(Execution.class, Execution.builder("m", "s", "1").build()),
            Map.entry(Gap.class, Gap.builder(Gap.Reason.values()[0], "a").build()),
            Map.entry(List.class, new ArrayList<>()),
            Map.entry(Map.class, new HashMap<>()),
            Map.entry(long.class, 1L),
            Map.entry(int.class, 1),
            Map.entry(boolean.class, true),
            Map.entry(Long.class, 1L),
            Map.entry(Double.class, 1.0));

    static Stream<Class<? extends Record>> records() {
        return Stream.of(
                Analysis.class,
                ColumnLineage.class,
                ColumnLineage.Input.class,
                Digest.class,
                Effect.class,
                FrameState.class,
                Location.class,
                LogId.class,
                NotebookId.class,
                Outline.Dataset.class,
                Summary.class,
                Summary.Claim.class,
                Summary.Provenance.class,
                Summary.Usage.class,
                Variable.class,
                Verification.class,
                Verification.Finding.class,
                CaptureEvent.NotebookSaved.class,
                CaptureEvent.NotebookMoved.class,
                CaptureEvent.NotebookDeleted.class,
                CaptureEvent.SessionStarted.class,
                CaptureEvent.SessionMatched.class,
                CaptureEvent.ExecutionStarted.class,
                CaptureEvent.ExecutionFinished.class,
                CaptureEvent.SessionEnded.class,
                CaptureEvent.Missed.class,
                KernelStatus.class,
                SummaryPlan.class,
                SummaryPlan.Request.class);
    }

    @ParameterizedTest
    @MethodSource("records")
    void absentComponentIsRefused(Class<? extends Record> type) {
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            if (component.getType().isPrimitive()
                    || component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                continue;
            }
            @Nullable Object[] values = values(type);
            values[i] = null;
            assertThatThrownBy(() -> make(type, values))
                    .as("%s without %s", type.getSimpleName(), component.getName())
                    .isInstanceOf(NullPointerException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void listsAndMapsOfARecordDoNotChangeWithThoseItWasMadeFrom(Class<? extends Record> type) throws Throwable {
        @Nullable Object[] values = values(type);
        Record made = make(type, values);
        assertThat(make(type, values(type))).isEqualTo(made).hasSameHashCodeAs(made);
        for (RecordComponent component : type.getRecordComponents()) {
            boolean givenAway = type == CaptureEvent.ExecutionFinished.class;
            if (component.getType() == List.class) {
                List<?> list = (List<?>) component.getAccessor().invoke(made);
                assertThatThrownBy(list::clear).isInstanceOf(UnsupportedOperationException.class);
            } else if (component.getType() == Map.class && !givenAway) {
                Map<?, ?> map = (Map<?, ?>) component.getAccessor().invoke(made);
                assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
            }
        }
    }

    private static @Nullable Object[] values(Class<? extends Record> type) {
        if (type == Digest.class) {
            return new @Nullable Object[] {Digest.ofText("a").value()};
        } else if (type == LogId.class) {
            return new @Nullable Object[] {NOTEBOOK, "notes"};
        }
        return Arrays.stream(type.getRecordComponents())
                .map(c -> sample(c.getType()))
                .toArray();
    }

    private static Object sample(Class<?> type) {
        Object known = SAMPLES.get(type);
        if (known instanceof List) {
            return new ArrayList<>();
        } else if (known instanceof Map) {
            return new HashMap<>();
        } else if (known != null) {
            return known;
        } else if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        try {
            return make(type.asSubclass(Record.class), values(type.asSubclass(Record.class)));
        } catch (Throwable e) {
            throw new AssertionError("No sample of " + type, e);
        }
    }

    private static Record make(Class<? extends Record> type, @Nullable Object[] values) throws Throwable {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
