package dev.trackit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sources with one fault each fail the rules that they break, and no others. */
class NotebookSourceContractKitTest {

    @ParameterizedTest
    @EnumSource
    void oneFaultFailsTheRulesItBreaksAndNoOther(TextCellsSource.Fault fault) {
        FaultySourceSubject.fault = fault;
        assertThat(ContractRun.failedRules(FaultySourceSubject.class))
                .containsExactlyInAnyOrderElementsOf(fault.rules());
    }
}
