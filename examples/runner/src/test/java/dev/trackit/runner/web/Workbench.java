package dev.trackit.runner.web;

import dev.trackit.runner.AgentProcess;
import dev.trackit.runner.JupyterServerDriver;
import dev.trackit.runner.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A folder with notebooks, a real Jupyter server in which they are worked on, and the agent that watches the folder and serves the page;
 * all with runtime and temporary folders of their own.
 */
final class Workbench implements AutoCloseable {
    private final Path folder;
    private final Map<String, String> variables;
    private final JupyterServerDriver jupyter;
    private AgentProcess agent;

    private Workbench(Path folder, Map<String, String> variables, JupyterServerDriver jupyter, AgentProcess agent) {
        this.folder = folder;
        this.variables = variables;
        this.jupyter = jupyter;
        this.agent = agent;
    }

    /**
     * Opens one below an empty folder.
     *
     * @param name the name of the folder that is watched, as the page shows it
     */
    static Workbench open(Path emptyFolder, String name) throws Exception {
        Path python = Programs.python("ipykernel", "jupyter_server", "tornado", "pandas");
        Path root = emptyFolder.toRealPath();
        Path folder = Files.createDirectory(root.resolve(name));
        Map<String, String> variables = Map.of(
                "JUPYTER_RUNTIME_DIR",
                        Files.createDirectory(root.resolve("runtime")).toString(),
                "TMPDIR", Files.createDirectory(root.resolve("tmp")).toString(),
                "IPYTHONDIR", Files.createDirectory(root.resolve("ipython")).toString(),
                "MPLCONFIGDIR", Files.createDirectory(root.resolve("mpl")).toString());
        AgentProcess agent = AgentProcess.start(folder, variables);
        try {
            agent.pageAddress();
            return new Workbench(folder, variables, new JupyterServerDriver(python, folder, variables), agent);
        } catch (Exception | AssertionError e) {
            agent.close();
            throw e;
        }
    }

    Path folder() {
        return folder;
    }

    JupyterServerDriver jupyter() {
        return jupyter;
    }

    AgentProcess agent() {
        return agent;
    }

    /** Starts the agent again, after it was ended; options as on the command line. */
    void startAgentAgain(String... options) throws Exception {
        agent.close();
        agent = AgentProcess.start(folder, variables, options);
    }

    @Override
    public void close() throws IOException {
        try {
            jupyter.close();
        } finally {
            agent.close();
        }
    }
}
