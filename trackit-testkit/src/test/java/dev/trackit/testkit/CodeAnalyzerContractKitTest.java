package dev.trackit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Analyzers with one fault each fail the rules that they break, and no others. */
class CodeAnalyzerContractKitTest {

    @ParameterizedTest
    @EnumSource
    void oneFaultFailsTheRulesItBreaksAndNoOther(TinyAnalyzer.Fault fault) {
        FaultyAnalyzerSubject.fault = fault;
        assertThat(ContractRun.failedRules(FaultyAnalyzerSubject.class))
                .containsExactlyInAnyOrderElementsOf(fault.rules());
    }
}
