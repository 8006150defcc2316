package dev.trackit.bedrock;

import dev.trackit.api.Excerpt;
import dev.trackit.api.Outline;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a long outline into parts under a budget of tokens, between executions, so that each step stands in exactly one part. Each part
 * carries the outline's datasets, so that it can be understood alone.
 */
final class OutlineParts {
    private static final int LEAST_STEP_TOKENS = 200;

    private final long budget;

    /** @param budget the most tokens of one part's text, by our estimate */
    OutlineParts(long budget) {
        this.budget = budget;
    }

    List<Outline> cut(Outline outline) {
        if (Prompts.estimateTokens(outline.toText()) <= budget) {
            return List.of(outline);
        }
        Outline frame = withinFrame(outline.withSteps(List.of()));
        long room = Math.max(LEAST_STEP_TOKENS, budget - Prompts.estimateTokens(frame.toText()));
        List<Outline> parts = new ArrayList<>();
        List<Outline.Step> part = new ArrayList<>();
        long size = 0;
        for (List<Outline.Step> execution : byExecution(outline.steps(), room)) {
            long tokens = tokens(execution);
            if (size + tokens > room && !part.isEmpty()) {
                parts.add(frame.withSteps(part));
                part = new ArrayList<>();
                size = 0;
            }
            part.addAll(execution);
            size += tokens;
        }
        if (!part.isEmpty()) {
            parts.add(frame.withSteps(part));
        }
        return parts;
    }

    /** The steps of each execution together, unless they alone are over the budget: then step by step. */
    private static List<List<Outline.Step>> byExecution(List<Outline.Step> steps, long room) {
        List<List<Outline.Step>> groups = new ArrayList<>();
        List<Outline.Step> group = new ArrayList<>();
        long size = 0;
        for (Outline.Step step : steps) {
            Outline.Step fitting = fitting(step, room);
            long tokens = tokens(List.of(fitting));
            boolean another = !group.isEmpty() && group.get(0).execution() != step.execution();
            if (!group.isEmpty() && (another || size + tokens > room)) {
                groups.add(group);
                group = new ArrayList<>();
                size = 0;
            }
            group.add(fitting);
            size += tokens;
        }
        if (!group.isEmpty()) {
            groups.add(group);
        }
        return groups;
    }

    /** A step that alone is over the budget keeps its words and the beginning of its code, and says so. */
    private static Outline.Step fitting(Outline.Step step, long room) {
        if (tokens(List.of(step)) <= room) {
            return step;
        }
        int chars = (int) Math.min(room, 1_000_000);
        List<String> facts = new ArrayList<>();
        step.facts().stream().limit(20).map(f -> Excerpt.of(f, 200)).forEach(facts::add);
        facts.add("shortened here, it is longer than one request can hold");
        return Outline.Step.builder(step.id(), step.fate(), Excerpt.of(step.text(), chars / 2))
                .activity(step.activity())
                .execution(step.execution())
                .inputs(step.inputs().stream().limit(20).toList())
                .outputs(step.outputs().stream().limit(20).toList())
                .facts(facts)
                .code(Excerpt.of(step.code(), chars))
                .build();
    }

    /** A frame with very many datasets leaves room for steps all the same. */
    private Outline withinFrame(Outline frame) {
        if (Prompts.estimateTokens(frame.toText()) <= budget / 2) {
            return frame;
        }
        List<Outline.Dataset> datasets = new ArrayList<>();
        long left = budget / 3;
        for (Outline.Dataset dataset : frame.datasets()) {
            Outline.Dataset brief =
                    new Outline.Dataset(Excerpt.of(dataset.label(), 120), dataset.role(), dataset.shape(), List.of());
            left -= Prompts.estimateTokens(brief.toString());
            if (left < 0) {
                break;
            }
            datasets.add(brief);
        }
        List<String> unknowns =
                frame.unknowns().stream().limit(10).map(u -> Excerpt.of(u, 200)).toList();
        return Outline.builder(frame.title(), frame.scope())
                .between(frame.from().orElse(null), frame.to().orElse(null))
                .datasets(datasets)
                .unknowns(unknowns)
                .build();
    }

    private static long tokens(List<Outline.Step> steps) {
        long tokens = 0;
        for (Outline.Step step : steps) {
            tokens += Prompts.estimateTokens(step.toText()) + 1;
        }
        return tokens;
    }
}
