package dev.trackit.runner.doctor;

import dev.trackit.core.discovery.ProviderReport;
import dev.trackit.core.discovery.Providers;
import java.util.ArrayList;
import java.util.List;

/** Which adapters are on the class path, and what is wrong with those that cannot be used. */
final class ProviderCheck implements Check {
    private final ClassLoader loader;

    ProviderCheck(ClassLoader loader) {
        this.loader = loader;
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        for (ProviderReport report : Providers.reportAll(loader)) {
            String service = report.service().replace("Provider", "");
            String place = report.place().isEmpty() ? "" : " in " + report.place();
            if (report.usable()) {
                findings.add(Finding.fine("adapters", service + " \"" + report.id() + "\"" + place));
            } else {
                String what = report.className().isEmpty() ? "one" : report.className();
                findings.add(Finding.problem(
                        "adapters",
                        service + ": " + what + place + " cannot be used. " + report.problem(),
                        "Add what it needs to the class path, or take it off."));
            }
        }
        return findings;
    }
}
