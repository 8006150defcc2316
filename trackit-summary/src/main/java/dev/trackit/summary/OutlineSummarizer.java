package dev.trackit.summary;

import dev.trackit.api.Digest;
import dev.trackit.api.Outline;
import dev.trackit.api.Outline.Fate;
import dev.trackit.api.Outline.Role;
import dev.trackit.api.Outline.Step;
import dev.trackit.api.Summary;
import dev.trackit.api.Summary.Claim;
import dev.trackit.api.Summary.Part;
import dev.trackit.spi.Summarizer;
import dev.trackit.spi.SummaryContext;
import dev.trackit.summary.outline.Activity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tells an outline in words by rules alone: no model, no network, and the same words for the same outline. Everything it says stands in the
 * outline, so it needs no check; it is checked all the same. Stateless.
 */
public final class OutlineSummarizer implements Summarizer {
    private static final Set<String> PREPARING =
            Set.of(Activity.LOADING.label(), Activity.CLEANING.label(), Activity.SETUP.label());
    private static final int MAX_LISTED = 8;
    private static final int MAX_PROSE = 25;

    /** A summarizer. */
    public OutlineSummarizer() {}

    @Override
    public Summary summarize(Outline outline, SummaryContext context) {
        Map<Part, List<Claim>> parts = new EnumMap<>(Part.class);
        parts.put(Part.NARRATIVE, narrative(outline));
        parts.put(Part.PREPROCESSING, steps(outline, true));
        parts.put(Part.TRANSFORMATIONS, steps(outline, false));
        parts.put(Part.RATIONALE, rationale(outline));
        parts.put(Part.OPEN_QUESTIONS, questions(outline));
        return new Summary(
                parts,
                new Summary.Provenance(
                        OfflineSummarizerProvider.ID,
                        "",
                        "",
                        Digest.ofText(outline.toText()),
                        context.clock().instant(),
                        null,
                        List.of()));
    }

    private static List<Claim> narrative(Outline outline) {
        List<Claim> claims = new ArrayList<>();
        List<Step> kept = of(outline, Fate.KEPT);
        List<Outline.Dataset> sources = of(outline, Role.SOURCE);
        if (kept.isEmpty()) {
            claims.add(Claim.of(
                    outline.steps().isEmpty()
                            ? "Nothing was done to data here, as far as was recorded."
                            : "Data was looked at here; nothing that remained was made from it, as far as was recorded.",
                    List.of()));
            return claims;
        }
        if (sources.isEmpty()) {
            claims.add(Claim.of(
                    "The work begins with data that is made in the notebook itself; no file is read.",
                    ids(kept.subList(0, 1))));
        } else {
            claims.add(Claim.of(
                    "The work begins with "
                            + listed(sources.stream()
                                    .map(OutlineSummarizer::withShape)
                                    .toList()) + ".",
                    citing(kept, sources.stream().map(Outline.Dataset::label).toList())));
        }
        for (Phase phase : phases(kept)) {
            claims.add(Claim.of(phase.told(), ids(phase.steps())));
        }
        claims.addAll(ending(outline, kept));
        return claims;
    }

    private static List<Claim> ending(Outline outline, List<Step> kept) {
        List<Claim> claims = new ArrayList<>();
        List<Outline.Dataset> sinks = of(outline, Role.SINK);
        List<Outline.Dataset> results = of(outline, Role.RESULT);
        if (!sinks.isEmpty()) {
            List<String> labels = sinks.stream().map(Outline.Dataset::label).toList();
            claims.add(Claim.of("It writes " + listed(labels) + ".", citing(kept, labels)));
        }
        if (!results.isEmpty()) {
            claims.add(Claim.of(
                    "At the end there " + (results.size() == 1 ? "is " : "are ")
                            + listed(results.stream()
                                    .map(OutlineSummarizer::withShape)
                                    .toList()) + ".",
                    citing(kept, results.stream().map(Outline.Dataset::label).toList())));
        }
        return claims;
    }

    /** Neighbouring steps for the same purpose. */
    private record Phase(String activity, List<Step> steps) {
        String told() {
            List<String> outputs =
                    steps.stream().flatMap(s -> s.outputs().stream()).distinct().toList();
            String count = steps.size() == 1 ? "one step" : steps.size() + " steps";
            String to = outputs.isEmpty() ? "" : ", for " + listed(outputs);
            String what = steps.size() == 1 ? ": " + bare(steps.get(0).text()) : "";
            return sentence((activity.isEmpty() ? "Other work" : activity) + " in " + count + to + what);
        }
    }

    private static List<Phase> phases(List<Step> kept) {
        List<Phase> phases = new ArrayList<>();
        for (Step step : kept) {
            Phase last = phases.isEmpty() ? null : phases.get(phases.size() - 1);
            if (last != null && last.activity().equals(step.activity())) {
                last.steps().add(step);
            } else {
                phases.add(new Phase(step.activity(), new ArrayList<>(List.of(step))));
            }
        }
        return phases;
    }

    private static List<Claim> steps(Outline outline, boolean preparing) {
        List<Claim> claims = new ArrayList<>();
        for (Step step : of(outline, Fate.KEPT)) {
            if (PREPARING.contains(step.activity()) == preparing) {
                claims.add(Claim.of(sentence(step.text() + facts(step)), List.of(step.id())));
            }
        }
        return claims;
    }

    private static List<Claim> rationale(Outline outline) {
        List<Claim> claims = new ArrayList<>();
        of(outline, Fate.PROSE).stream()
                .limit(MAX_PROSE)
                .forEach(step ->
                        claims.add(Claim.of("The notebook says: " + sentence(step.text()), List.of(step.id()))));
        for (Step step : outline.steps()) {
            String begin =
                    switch (step.fate()) {
                        case SUPERSEDED -> "Tried and then run again in another way: ";
                        case DEAD_END -> "Tried, and nothing that remained rests on it: ";
                        case FAILED -> "Failed: ";
                        case KEPT, INSPECTION, PROSE -> "";
                    };
            if (!begin.isEmpty()) {
                claims.add(Claim.of(sentence(begin + step.text() + facts(step)), List.of(step.id())));
            } else if (step.fate() == Fate.KEPT && step.facts().stream().anyMatch(f -> f.contains(", edited"))) {
                claims.add(Claim.of(sentence("Changed on the way: " + step.text() + facts(step)), List.of(step.id())));
            }
        }
        return claims;
    }

    private static List<Claim> questions(Outline outline) {
        return outline.unknowns().stream()
                .map(u -> Claim.of(sentence(u), List.of()))
                .toList();
    }

    private static String facts(Step step) {
        return step.facts().isEmpty() ? "" : "; " + String.join("; ", step.facts());
    }

    private static List<Step> of(Outline outline, Fate fate) {
        return outline.steps().stream().filter(s -> s.fate() == fate).toList();
    }

    private static List<Outline.Dataset> of(Outline outline, Role role) {
        return outline.datasets().stream().filter(d -> d.role() == role).toList();
    }

    private static List<String> ids(List<Step> steps) {
        return steps.stream().map(Step::id).toList();
    }

    /** The steps that touch these datasets. */
    private static List<String> citing(List<Step> steps, List<String> labels) {
        Map<String, Step> citing = new LinkedHashMap<>();
        for (Step step : steps) {
            boolean touches = labels.stream()
                    .anyMatch(l -> step.inputs().contains(l)
                            || step.outputs().contains(l)
                            || step.text().contains(l));
            if (touches) {
                citing.put(step.id(), step);
            }
        }
        return citing.keySet().stream().limit(20).toList();
    }

    private static String withShape(Outline.Dataset dataset) {
        return dataset.shape().isEmpty() ? dataset.label() : dataset.label() + " (" + dataset.shape() + ")";
    }

    private static String listed(List<String> items) {
        List<String> shown = items;
        if (items.size() > MAX_LISTED) {
            shown = new ArrayList<>(items.subList(0, MAX_LISTED - 1));
            shown.add((items.size() - MAX_LISTED + 1) + " more");
        }
        int last = shown.size() - 1;
        return last < 1
                ? String.join("", shown)
                : String.join(", ", shown.subList(0, last)) + " and " + shown.get(last);
    }

    private static String bare(String text) {
        String one = text.strip().replaceAll("\\s+", " ");
        return one.endsWith(".") ? one.substring(0, one.length() - 1) : one;
    }

    private static String sentence(String text) {
        String one = bare(text);
        return one.isEmpty() ? one : one.substring(0, 1).toUpperCase(Locale.ROOT) + one.substring(1) + ".";
    }
}
