package dev.trackit.jupyter.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionInfoTest {
    private static Optional<ConnectionInfo> parse(String json) {
        return ConnectionInfo.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aFileOfJupyterClientIsRead() {
        ConnectionInfo info = parse(
                        "{\"shell_port\": 1, \"iopub_port\": 2, \"stdin_port\": 3, \"control_port\": 4, \"hb_port\": 5,"
                                + " \"ip\": \"127.0.0.1\", \"key\": \"secret\", \"transport\": \"tcp\","
                                + " \"signature_scheme\": \"hmac-sha256\", \"kernel_name\": \"python3\", \"jupyter_session\": \"/a/b.ipynb\"}")
                .orElseThrow();
        assertThat(info.shellPort()).isEqualTo(1);
        assertThat(info.iopubPort()).isEqualTo(2);
        assertThat(info.controlPort()).isEqualTo(4);
        assertThat(info.kernelName()).isEqualTo("python3");
        assertThat(info.jupyterSession()).isEqualTo("/a/b.ipynb");
        assertThat(info.isReady()).isTrue();
        assertThat(info.toString()).doesNotContain("secret");
    }

    @Test
    void whatIsEmptyHalfWrittenOrSomethingElseIsNoConnectionFile() {
        assertThat(parse("")).isEmpty();
        assertThat(parse("{\"shell_port\": 1, \"iopub_port\": 2, \"ip\": \"127"))
                .isEmpty();
        assertThat(parse("{\"url\": \"http://localhost\"}")).isEmpty();
        assertThat(parse("[1]")).isEmpty();
        assertThat(parse("nonsense")).isEmpty();
    }

    @Test
    void portsThatAreNotChosenYetAreNotReady() {
        assertThat(parse("{\"shell_port\": 0, \"iopub_port\": 0}").orElseThrow().isReady())
                .isFalse();
    }

    @Test
    void allInterfacesAreReachedByTheLoopbackOne() {
        assertThat(parse("{\"shell_port\": 1, \"iopub_port\": 2, \"ip\": \"0.0.0.0\"}")
                        .orElseThrow()
                        .ip())
                .isEqualTo("127.0.0.1");
    }
}
