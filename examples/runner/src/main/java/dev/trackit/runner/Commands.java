package dev.trackit.runner;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The commands, in the order of the help. To add one, write a {@link RunnerCommand} and add a line here. Only the command that
 * is called is created, so that the number of commands costs nothing at start-up.
 */
final class Commands {
    /** The headings of the help. */
    enum Group {
        RECORD("Record"),
        READ("Read the record"),
        CHECK("Check"),
        LEARN("Learn");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /**
     * One command.
     *
     * @param name what the user types
     * @param group under which heading the help names it
     * @param synopsis its main arguments, for the help's list
     * @param summary one line on what it does
     * @param factory creates it
     */
    record Entry(
            String name, Group group, String synopsis, String summary, Supplier<? extends RunnerCommand> factory) {}

    static final List<Entry> ALL = List.of();

    private Commands() {}

    static Optional<Entry> named(String name) {
        return ALL.stream().filter(e -> e.name().equals(name)).findFirst();
    }

    static List<String> names() {
        return ALL.stream().map(Entry::name).toList();
    }
}
