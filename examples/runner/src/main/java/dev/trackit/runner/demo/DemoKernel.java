package dev.trackit.runner.demo;

import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.Output;
import dev.trackit.jupyter.client.KernelClient;
import dev.trackit.jupyter.client.KernelSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What executes the cells of the demonstration. */
interface DemoKernel extends AutoCloseable {
    /** What came of a cell. */
    record Answer(String code, int count, boolean failed, List<Output> outputs) {
        /** Copies. */
        public Answer {
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * Executes.
     *
     * @param name the name of the code in the story
     */
    Answer execute(String name, String code);

    /** Whether somebody can see its executions, live. */
    boolean live();

    @Override
    void close();

    /**
     * A real kernel, started as a front end starts it: its connection file in a runtime folder, the notebook's name in its
     * environment.
     */
    static DemoKernel start(Path python, Path notebook, Path runtimeFolder) {
        KernelSpec spec = new KernelSpec(
                "python3",
                "Python 3",
                "python",
                List.of(python.toString(), "-m", "ipykernel_launcher", "-f", "{connection_file}"),
                Map.of("JPY_SESSION_NAME", notebook.toString(), "PYTHONWARNINGS", "ignore"),
                runtimeFolder);
        Path folder = notebook.toAbsolutePath().getParent();
        KernelClient client = KernelClient.start(
                spec, folder == null ? runtimeFolder : folder, Duration.ofSeconds(60), runtimeFolder);
        return new DemoKernel() {
            @Override
            public Answer execute(String name, String code) {
                Execution e = client.execute(code, Duration.ofSeconds(60));
                return new Answer(code, e.executionCount().orElse(0), e.status() != ExecutionStatus.OK, e.outputs());
            }

            @Override
            public boolean live() {
                return true;
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }

    /** The answers that a kernel once gave, for where there is none. */
    static DemoKernel replay() {
        return new DemoKernel() {
            private int count;

            @Override
            public Answer execute(String name, String code) {
                String text = Story.answer(name);
                int colon = text.indexOf("Error: ");
                boolean failed = colon > 0 && text.indexOf(' ') > colon;
                Output output = failed
                        ? Output.error(text.substring(0, colon + 5), text)
                        : name.startsWith("fill") || name.equals("write")
                                ? Output.stream("stdout", text + "\n")
                                : Output.builder(Output.Type.RESULT, "text/plain")
                                        .text(text)
                                        .build();
                return new Answer(code, ++count, failed, text.isEmpty() ? List.of() : List.of(output));
            }

            @Override
            public boolean live() {
                return false;
            }

            @Override
            public void close() {}
        };
    }
}
