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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells an outline in words by rules alone: no model, no network, and the same words for the same outline. Everything it says stands in the
 * outline, so it needs no check; it is checked all the same. Stateless.
 */
public final class OutlineSummarizer implements Summarizer {
    /** Changes with the rules, so that a summary that was kept is told again by the new ones. */
    static final String RULES = "3";

    private static final Set<String> PREPARING =
            Set.of(Activity.LOADING.label(), Activity.CLEANING.label(), Activity.SETUP.label());
    private static final int MAX_CITED = 20;
    private static final int MAX_BEGUN = 5;

    /** A summarizer. */
    public OutlineSummarizer() {}

    @Override
    public Summary summarize(Outline outline, SummaryContext context) {
        Map<Part, List<Claim>> parts = new EnumMap<>(Part.class);
        parts.put(Part.NARRATIVE, narrative(outline));
        parts.put(Part.PREPROCESSING, steps(outline, true));
        parts.put(Part.TRANSFORMATIONS, steps(outline, false));
        parts.put(Part.RATIONALE, Rationale.of(outline));
        parts.put(Part.OPEN_QUESTIONS, questions(outline));
        return new Summary(
                parts,
                new Summary.Provenance(
                        OfflineSummarizerProvider.ID,
                        "",
                        RULES,
                        Digest.ofText(outline.toText()),
                        context.clock().instant(),
                        null,
                        List.of()));
    }

    @Override
    public boolean stillStands(Summary.Provenance made) {
        return made.promptVersion().equals(RULES);
    }

    private static List<Claim> narrative(Outline outline) {
        List<Claim> claims = new ArrayList<>();
        List<Step> kept = of(outline, Fate.KEPT);
        if (kept.isEmpty() && of(outline, Fate.UNKNOWN).isEmpty()) {
            claims.add(nothing(outline));
        } else if (!kept.isEmpty()) {
            claims.add(beginning(outline, kept));
            for (Phase phase : Phase.of(kept)) {
                claims.add(Claim.of(phase.told(), Words.ids(phase.steps())));
            }
            claims.addAll(ending(outline, kept));
        }
        notUnderstood(outline, !kept.isEmpty()).ifPresent(claims::add);
        aside(outline).ifPresent(claims::add);
        return claims;
    }

    /** What ran and cannot be told, with the lines that it begins with, by which a reader knows it again. */
    private static Optional<Claim> notUnderstood(Outline outline, boolean besides) {
        List<Step> steps = of(outline, Fate.UNKNOWN);
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        boolean one = steps.size() == 1;
        String count = one ? "one execution" : steps.size() + " executions";
        List<String> begun = steps.stream().map(Step::brief).distinct().toList();
        return Optional.of(Claim.of(
                Words.sentence((besides ? "besides, " : "") + count + (one ? " holds" : " hold")
                        + " code that is not understood here, so what was done to data in " + (one ? "it" : "them")
                        + " is not known: " + String.join("; ", begun.subList(0, Math.min(begun.size(), MAX_BEGUN)))
                        + (begun.size() > MAX_BEGUN ? "; and " + (begun.size() - MAX_BEGUN) + " more" : "")),
                Words.ids(steps).stream().limit(MAX_CITED).toList()));
    }

    private static Claim nothing(Outline outline) {
        List<Step> looks = of(outline, Fate.INSPECTION);
        if (looks.isEmpty()) {
            return Claim.of(
                    "Nothing was done to data that is there at the end, as far as is known.",
                    Words.ids(outline.steps()).stream().limit(MAX_CITED).toList());
        }
        List<String> seen =
                looks.stream().flatMap(s -> s.inputs().stream()).distinct().toList();
        return Claim.of(
                (seen.isEmpty() ? "Data was looked at here" : "Here " + Words.listed(seen) + " was looked at")
                        + "; nothing that remained was made from it, as far as was recorded.",
                Words.ids(looks).stream().limit(MAX_CITED).toList());
    }

    private static Claim beginning(Outline outline, List<Step> kept) {
        List<Outline.Dataset> sources = of(outline, Role.SOURCE);
        if (sources.isEmpty()) {
            List<Step> brought =
                    kept.stream().filter(s -> s.text().startsWith("loaded ")).toList();
            return brought.isEmpty()
                    ? Claim.of(
                            "The work begins with data that is made in the notebook itself; no file is read.",
                            Words.ids(kept.subList(0, 1)))
                    : Claim.of(
                            "The work begins with data that a library brings; no file is named.",
                            Words.ids(brought.subList(0, 1)));
        }
        List<String> labels = sources.stream().map(Outline.Dataset::label).toList();
        return Claim.of(
                "The work begins with "
                        + Words.all(sources.stream()
                                .map(OutlineSummarizer::withShape)
                                .toList()) + ".",
                citing(kept, labels));
    }

    private static List<Claim> ending(Outline outline, List<Step> kept) {
        List<Claim> claims = new ArrayList<>();
        List<Outline.Dataset> sinks = of(outline, Role.SINK);
        List<Outline.Dataset> results = of(outline, Role.RESULT);
        if (!sinks.isEmpty()) {
            List<String> labels = sinks.stream().map(Outline.Dataset::label).toList();
            claims.add(Claim.of("It writes " + Words.all(labels) + ".", citing(kept, labels)));
        }
        if (!results.isEmpty()) {
            claims.add(Claim.of(
                    "At the end there " + (results.size() == 1 ? "is " : "are ")
                            + Words.all(results.stream()
                                    .map(OutlineSummarizer::withShape)
                                    .toList()) + ".",
                    citing(kept, results.stream().map(Outline.Dataset::label).toList())));
        }
        return claims;
    }

    /** What did not lead to the results, in one sentence. */
    private static Optional<Claim> aside(Outline outline) {
        List<String> said = new ArrayList<>();
        List<Step> cited = new ArrayList<>();
        for (Fate fate : List.of(Fate.FAILED, Fate.SUPERSEDED, Fate.DEAD_END)) {
            List<Step> steps = of(outline, fate);
            if (!steps.isEmpty()) {
                String count = steps.size() == 1 ? "one step" : steps.size() + " steps";
                said.add(
                        switch (fate) {
                            case FAILED -> count + " failed";
                            case SUPERSEDED ->
                                count + (steps.size() == 1 ? " was" : " were") + " replaced by a later run";
                            default -> count + " led to nothing that remained";
                        });
                cited.addAll(steps);
            }
        }
        return said.isEmpty()
                ? Optional.empty()
                : Optional.of(Claim.of(
                        "Besides, " + Words.all(said) + ".",
                        Words.ids(cited).stream().limit(MAX_CITED).toList()));
    }

    private static List<Claim> steps(Outline outline, boolean preparing) {
        List<Claim> claims = new ArrayList<>();
        for (Step step : of(outline, Fate.KEPT)) {
            if (PREPARING.contains(step.activity()) == preparing) {
                claims.add(Claim.of(Words.sentence(step.text() + Words.findings(step)), List.of(step.id())));
            }
        }
        return claims;
    }

    private static List<Claim> questions(Outline outline) {
        return outline.unknowns().stream()
                .map(u -> Claim.of(Words.sentence(u), List.of()))
                .toList();
    }

    private static List<Step> of(Outline outline, Fate fate) {
        return outline.steps().stream().filter(s -> s.fate() == fate).toList();
    }

    private static List<Outline.Dataset> of(Outline outline, Role role) {
        return outline.datasets().stream().filter(d -> d.role() == role).toList();
    }

    /** The steps that read or make these datasets. */
    private static List<String> citing(List<Step> steps, List<String> labels) {
        List<String> citing = steps.stream()
                .filter(step -> labels.stream()
                        .anyMatch(l -> step.inputs().contains(l)
                                || step.outputs().contains(l)
                                || step.text().contains(l)))
                .map(Step::id)
                .limit(MAX_CITED)
                .toList();
        return citing.isEmpty() ? Words.ids(steps.subList(steps.size() - 1, steps.size())) : citing;
    }

    private static String withShape(Outline.Dataset dataset) {
        return dataset.shape().isEmpty() ? dataset.label() : dataset.label() + " (" + dataset.shape() + ")";
    }
}
