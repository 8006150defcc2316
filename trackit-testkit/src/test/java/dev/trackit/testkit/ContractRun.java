package dev.trackit.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs a contract's tests and says which rules failed. */
final class ContractRun {
    private static final Pattern NUMBER = Pattern.compile("(?:\\w+ )?(\\d+)[:.].*");

    private ContractRun() {}

    static List<String> failedRules(Class<?> subject) {
        return rules(run(subject).failed());
    }

    static List<String> skippedRules(Class<?> subject) {
        return rules(run(subject).aborted());
    }

    private static Events run(Class<?> subject) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(subject))
                .execute()
                .testEvents();
    }

    private static List<String> rules(Events events) {
        return events.map(Event::getTestDescriptor)
                .map(test -> {
                    Matcher number = NUMBER.matcher(test.getDisplayName());
                    return number.matches() ? number.group(1) : test.getDisplayName();
                })
                .toList();
    }
}
