package dev.trackit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Stores with one fault each fail the rules that they break, and no others. */
class LineageStoreContractKitTest {

    @ParameterizedTest
    @EnumSource
    void aStoreWithOneFaultFailsTheRulesItBreaksAndNoOther(FaultyStore.Fault fault) {
        FaultySubject.fault = fault;
        List<String> failed = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(FaultySubject.class))
                .execute()
                .testEvents()
                .failed()
                .map(Event::getTestDescriptor)
                .map(test -> test.getDisplayName().replaceAll("LineageStore (\\d+):.*", "$1"))
                .toList();
        assertThat(failed).containsExactlyInAnyOrderElementsOf(fault.rules());
    }
}
