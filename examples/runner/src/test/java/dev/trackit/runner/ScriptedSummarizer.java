package dev.trackit.runner;

import dev.trackit.api.Digest;
import dev.trackit.api.Judgement;
import dev.trackit.api.Judgement.Criterion;
import dev.trackit.api.Outline;
import dev.trackit.api.Summary;
import dev.trackit.spi.ProviderContext;
import dev.trackit.spi.Summarizer;
import dev.trackit.spi.SummarizerProvider;
import dev.trackit.spi.SummaryContext;
import dev.trackit.spi.SummaryJudge;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** A summarizer on this machine that says one sentence about the first step; found while {@link #installed} runs something. */
public final class ScriptedSummarizer implements Summarizer {
    static final String ID = "scripted";

    /** Finds it. */
    public static final class Provider implements SummarizerProvider {
        @Override
        public String id() {
            return ID;
        }

        @Override
        public Summarizer open(ProviderContext context) {
            return new ScriptedSummarizer();
        }
    }

    /** Runs something while this summarizer can be found, registered in a folder that the class path gets. */
    static <T> T installed(Path folder, Callable<T> work) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(SummarizerProvider.class.getName()), Provider.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader with = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(with);
            return work.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public Summary summarize(Outline outline, SummaryContext context) {
        List<String> first = outline.steps().isEmpty()
                ? List.of()
                : List.of(outline.steps().get(0).id());
        return new Summary(
                Map.of(Summary.Part.NARRATIVE, List.of(Summary.Claim.of("Scripted words.", first))),
                new Summary.Provenance(
                        ID,
                        "",
                        "1",
                        Digest.ofText(outline.toText()),
                        context.clock().instant(),
                        null,
                        List.of()));
    }

    @Override
    public Optional<SummaryJudge> judge() {
        return Optional.of((outline, summary, context) -> new Judgement(
                Arrays.stream(Criterion.values())
                        .map(c -> new Judgement.Verdict(c, 4, "Scripted reason.", List.of("s1")))
                        .toList(),
                new Summary.Provenance(
                        ID, "", "1", Digest.ofText("x"), context.clock().instant(), null, List.of())));
    }
}
