package dev.trackit.runner.picture;

import dev.trackit.api.Gap;
import dev.trackit.core.lineage.ExecutionNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where, between executions, something could not be seen. */
final class GapSpans {
    private final List<Gap> gaps;

    GapSpans(List<Gap> gaps) {
        this.gaps = List.copyOf(gaps);
    }

    /** Whether something of the later execution's session could not be seen between the two. */
    boolean between(ExecutionNode earlier, ExecutionNode later) {
        Optional<Instant> from = earlier.execution().startedAt();
        Optional<Instant> to = later.execution().startedAt();
        if (gaps.isEmpty() || from.isEmpty() || to.isEmpty() || earlier.session() != later.session()) {
            return false;
        }
        for (Gap gap : gaps) {
            boolean concerns = gap.session().isEmpty()
                    || gap.session().equals(later.session().id());
            Optional<Instant> at = gap.from().or(gap::to);
            if (concerns
                    && at.isPresent()
                    && at.get().isAfter(from.get())
                    && at.get().isBefore(to.get())) {
                return true;
            }
        }
        return false;
    }
}
