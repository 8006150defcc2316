package dev.trackit.runner.doctor;

import dev.trackit.core.discovery.ProviderReport;
import dev.trackit.core.discovery.Providers;
import dev.trackit.runner.summary.SummaryMaker;
import dev.trackit.spi.SummarizerProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which adapters are on the class path, and what is wrong with those that cannot be used. */
final class ProviderCheck implements Check {
    private final ClassLoader loader;
    private final Path folder;
    private final Path data;

    /**
     * @param folder the folder that is tracked
     * @param data its data, where the options of summarizers are
     */
    ProviderCheck(ClassLoader loader, Path folder, Path data) {
        this.loader = loader;
        this.folder = folder;
        this.data = data;
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        for (ProviderReport report : Providers.reportAll(loader)) {
            String service = report.service().replace("Provider", "");
            String version = report.version().isEmpty() ? "" : " " + report.version();
            String place = report.place().isEmpty() ? "" : " in " + report.place();
            if (report.usable()) {
                findings.add(Finding.fine("adapters", service + " \"" + report.id() + "\"" + version + place));
                if (report.service().equals(SummarizerProvider.class.getSimpleName())) {
                    addWhatItLacks(findings, report.id());
                }
            } else {
                String what = report.className().isEmpty() ? "one" : report.className();
                findings.add(Finding.problem(
                        "adapters",
                        service + ": " + what + version + place + " cannot be used. " + report.problem(),
                        "Add what it needs to the class path, or take it off."));
            }
        }
        return findings;
    }

    /** A summarizer that is not set up hinders nobody who does not ask it. */
    private void addWhatItLacks(List<Finding> findings, String id) {
        SummaryMaker.problem(loader, data, folder, id)
                .ifPresent(problem -> findings.add(
                        Finding.note("adapters", "The summarizer \"" + id + "\" cannot be asked yet.", problem)));
    }
}
