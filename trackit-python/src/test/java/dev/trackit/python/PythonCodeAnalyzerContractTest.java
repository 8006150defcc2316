package dev.trackit.python;

import dev.trackit.spi.CodeAnalyzerProvider;
import dev.trackit.testkit.CodeAnalyzerContract;
import java.nio.file.Path;
import java.util.Optional;

class PythonCodeAnalyzerContractTest extends CodeAnalyzerContract {
    @Override
    protected CodeAnalyzerProvider provider() {
        return new PythonCodeAnalyzerProvider();
    }

    @Override
    protected String language() {
        return "python";
    }

    @Override
    protected String constant(String name) {
        return name + " = 1";
    }

    @Override
    protected String derived(String name, String from) {
        return name + " = " + from + " + 1";
    }

    @Override
    protected String broken() {
        return "x = = (";
    }

    @Override
    protected Optional<String> changeable(String name) {
        return Optional.of(name + " = []");
    }

    @Override
    protected Optional<String> change(String name) {
        return Optional.of(name + ".append(1)");
    }

    @Override
    protected Optional<String> makesFile(Path file) {
        return Optional.of("open(r'" + file + "', 'w').close()");
    }
}
