package dev.trackit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Summarizers with one fault each fail the rules that they break, and no others. */
class SummarizerContractKitTest {

    @ParameterizedTest
    @EnumSource
    void oneFaultFailsTheRulesItBreaksAndNoOther(WordSummarizer.Fault fault) {
        FaultySummarizerSubject.fault = fault;
        assertThat(ContractRun.failedRules(FaultySummarizerSubject.class))
                .containsExactlyInAnyOrderElementsOf(fault.rules());
    }
}
