package dev.trackit.jupyter.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackit.api.CaptureException;
import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.Output;
import dev.trackit.jupyter.kernel.KernelDriver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelClientIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private static KernelSpec spec() {
        Path python = KernelDriver.python("ipykernel");
        return new KernelSpec(
                "python3",
                "Python",
                "python",
                List.of(python.toString(), "-m", "ipykernel_launcher", "-f", "{connection_file}"),
                Map.of(),
                python.getParent());
    }

    @Test
    void codeRunsInTheFolderAndItsOutputsErrorsAndTimeoutsAreTold() {
        try (KernelClient client = KernelClient.start(spec(), folder, PATIENCE)) {
            Execution printed =
                    client.execute("import os\nprint('é \"quoted\"')\nos.path.basename(os.getcwd())", PATIENCE);
            assertThat(printed.status()).isEqualTo(ExecutionStatus.OK);
            assertThat(printed.outputs())
                    .extracting(Output::text)
                    .containsExactly("é \"quoted\"\n", "'" + folder.getFileName() + "'");
            assertThat(client.execute("1/0", PATIENCE).status()).isEqualTo(ExecutionStatus.ERROR);
            assertThat(client.execute("input()", PATIENCE).outputs().get(0).name())
                    .isEqualTo("StdinNotImplementedError");
            Execution endless = client.execute("while True: pass", Duration.ofSeconds(1));
            assertThat(endless.status()).isEqualTo(ExecutionStatus.ABORTED);
            assertThat(client.execute("'alive'", PATIENCE).status()).isEqualTo(ExecutionStatus.OK);
        }
    }

    @Test
    void aKernelThatDoesNotStartSaysWhy() {
        KernelSpec broken = new KernelSpec(
                "broken",
                "Broken",
                "python",
                List.of(KernelDriver.python("ipykernel").toString(), "-c", "raise SystemExit('no such luck')"),
                Map.of(),
                folder);
        assertThatThrownBy(() -> KernelClient.start(broken, folder, PATIENCE))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("no such luck");
    }
}
