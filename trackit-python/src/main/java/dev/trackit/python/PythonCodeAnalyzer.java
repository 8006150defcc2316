package dev.trackit.python;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Session;
import dev.trackit.python.effects.PythonSession;
import dev.trackit.python.knowledge.Knowledge;
import dev.trackit.spi.CodeAnalyzer;
import dev.trackit.spi.SessionAnalyzer;

/** Understands Python as notebooks hold it: Python 3, IPython's own syntax, and Python 2 as far as it can be read. Thread-safe. */
public final class PythonCodeAnalyzer implements CodeAnalyzer {
    private final Knowledge knowledge;

    /** An analyzer that knows these libraries. */
    public PythonCodeAnalyzer(Knowledge knowledge) {
        this.knowledge = requireNonNull(knowledge, "knowledge");
    }

    /** An analyzer with the built-in knowledge of libraries. */
    public static PythonCodeAnalyzer withBuiltInKnowledge() {
        return new PythonCodeAnalyzer(Knowledge.builtIn());
    }

    @Override
    public boolean understands(String language) {
        return language.equals("python") || language.equals("ipython");
    }

    @Override
    public SessionAnalyzer begin(Session session) {
        return new PythonSession(knowledge, requireNonNull(session, "session"));
    }
}
