package dev.trackit.testkit;

import dev.trackit.spi.CodeAnalyzerProvider;
import java.nio.file.Path;
import java.util.Optional;

/** The contract's tests on a faulty analyzer. Run by {@link CodeAnalyzerContractKitTest} only: its name is no test's. */
final class FaultyAnalyzerSubject extends CodeAnalyzerContract {
    static TinyAnalyzer.Fault fault = TinyAnalyzer.Fault.NONE;

    @Override
    protected CodeAnalyzerProvider provider() {
        return new TinyAnalyzer.Provider(fault);
    }

    @Override
    protected String language() {
        return "tiny";
    }

    @Override
    protected String constant(String name) {
        return "let " + name;
    }

    @Override
    protected String derived(String name, String from) {
        return "let " + name + " " + from;
    }

    @Override
    protected String broken() {
        return "lte a";
    }

    @Override
    protected Optional<String> changeable(String name) {
        return Optional.of("let " + name);
    }

    @Override
    protected Optional<String> change(String name) {
        return Optional.of("grow " + name);
    }

    @Override
    protected Optional<String> makesFile(Path file) {
        return Optional.of("save " + file);
    }
}
