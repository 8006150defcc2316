package dev.trackit.summary;

import dev.trackit.api.Outline.Step;
import dev.trackit.summary.outline.Activity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Neighbouring steps for the same purpose, told in one sentence.
 *
 * @param activity what they are for; empty if not known, or only to set things up
 * @param steps in order
 */
record Phase(String activity, List<Step> steps) {
    private static final int MAX_TOLD = 6;

    static List<Phase> of(List<Step> kept) {
        List<Phase> phases = new ArrayList<>();
        for (Step step : kept) {
            Phase last = phases.isEmpty() ? null : phases.get(phases.size() - 1);
            String activity = step.activity().equals(Activity.SETUP.label()) ? "" : step.activity();
            if (last != null && last.activity().equals(activity)) {
                last.steps().add(step);
            } else {
                phases.add(new Phase(activity, new ArrayList<>(List.of(step))));
            }
        }
        return phases;
    }

    String told() {
        Set<String> different = new LinkedHashSet<>();
        steps.forEach(s -> different.add(Words.bare(s.brief())));
        List<String> told = List.copyOf(different);
        String what;
        if (told.size() <= MAX_TOLD) {
            what = String.join("; ", told);
        } else {
            int rest = told.size() - MAX_TOLD + 1;
            what = String.join("; ", told.subList(0, MAX_TOLD - 1)) + "; and " + rest + " steps more";
        }
        return Words.sentence((activity.isEmpty() ? "On the way" : activity) + ": " + what);
    }
}
