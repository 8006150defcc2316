package dev.trackit.runner.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A {@link Workbench} on which {@link ChurnStory} was played, for all tests that only look at it: played once for all of them. */
final class ChurnBench implements AutoCloseable {
    static final String NOTEBOOK = "churn.ipynb";

    private final Path root;
    private final Workbench workbench;

    private ChurnBench(Path root, Workbench workbench) {
        this.root = root;
        this.workbench = workbench;
    }

    Workbench workbench() {
        return workbench;
    }

    /** Somebody who has opened the page, at the list of notebooks. */
    PageVisit visit(Browser browser, ColorScheme scheme, int width, int height) throws Exception {
        return PageVisit.open(browser, workbench.agent().pageAddress(), scheme, width, height);
    }

    /** Somebody who has opened the notebook of the story. */
    PageVisit visitNotebook(Browser browser, ColorScheme scheme, int width, int height) throws Exception {
        PageVisit visit = visit(browser, scheme, width, height);
        visit.page()
                .getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName(NOTEBOOK).setExact(true))
                .first()
                .click();
        visit.settled();
        return visit;
    }

    private static ChurnBench play() {
        try {
            Path root = Files.createTempDirectory("trackit-page");
            Workbench workbench = Workbench.open(root, "research");
            ChurnStory.writeData(workbench.folder());
            Files.writeString(
                    workbench.folder().resolve("untouched.ipynb"),
                    "{\"cells\": [], \"metadata\": {}, \"nbformat\": 4, \"nbformat_minor\": 5}");
            workbench.jupyter().open(NOTEBOOK);
            ChurnStory story = new ChurnStory(workbench.jupyter(), NOTEBOOK);
            story.load();
            story.clean();
            story.features();
            return new ChurnBench(root, workbench);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("The story could not be played", e);
        }
    }

    @Override
    public void close() throws IOException {
        workbench.close();
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> leavesFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : leavesFirst) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Gives it to tests. */
    static final class Extension implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
            return parameter.getParameter().getType() == ChurnBench.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
            return extension
                    .getRoot()
                    .getStore(ExtensionContext.Namespace.create(ChurnBench.class))
                    .computeIfAbsent(ChurnBench.class, type -> play(), ChurnBench.class);
        }
    }
}
