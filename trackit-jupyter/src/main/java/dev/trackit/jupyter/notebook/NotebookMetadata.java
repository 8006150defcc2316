package dev.trackit.jupyter.notebook;

import java.io.IOException;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/** What the head of a notebook says of its format, language and kernel. Filled while the notebook is read. */
final class NotebookMetadata {
    private static final int MAX_TEXT = 65_536;
    private static final Set<String> METADATA = Set.of("kernelspec", "language_info", "language");
    private static final Set<String> SPEC = Set.of("name", "language");

    private int major = -1;
    private int minor = -1;
    private String infoName = "";
    private String specLanguage = "";
    private String specName = "";
    private String ownLanguage = "";
    private String cellLanguage = "";

    /** Takes the value of {@code nbformat}. */
    void readMajor(JsonScanner json) throws IOException {
        major = readCount(json);
    }

    /** Takes the value of {@code nbformat_minor}. */
    void readMinor(JsonScanner json) throws IOException {
        minor = readCount(json);
    }

    /** Takes the value of {@code metadata}. */
    void read(JsonScanner json) throws IOException {
        KnownMembers members = KnownMembers.enter(json, METADATA);
        if (members == null) {
            return;
        }
        for (String name = members.next(); name != null; name = members.next()) {
            switch (name) {
                case "kernelspec" -> readSpec(json);
                case "language_info" -> readInfo(json);
                default -> ownLanguage = text(json);
            }
        }
    }

    /** The language that a code cell of format 3 names. The first one counts. */
    void cellLanguage(String language) {
        if (cellLanguage.isEmpty()) {
            cellLanguage = language;
        }
    }

    /** Refuses formats that are not known. */
    void check(boolean hasCells) {
        if (major < 0 && !hasCells) {
            throw JsonFault.at(0, "is JSON, but no notebook: it has neither cells nor a version of the format");
        }
        if (major == 0 || major > 4) {
            throw JsonFault.at(
                    0, "has notebook format " + major + "; known are 1 to 4. Save it in format 4, or update TrackIT");
        }
    }

    /** The version, for example {@code 4.5}; a file that does not say has what its cells look like. */
    String format(boolean hasWorksheets) {
        int known = major > 0 ? major : hasWorksheets ? 3 : 4;
        return known + "." + Math.max(minor, 0);
    }

    /**
     * The language: what the kernel said of itself when the notebook was saved, else what its specification says, else what
     * notebook and cells of old formats say, else what the kernel's name tells.
     */
    String language() {
        for (String candidate : new String[] {infoName, specLanguage, ownLanguage, cellLanguage}) {
            if (!candidate.isBlank()) {
                return candidate.strip().toLowerCase(Locale.ROOT);
            }
        }
        String name = specName.toLowerCase(Locale.ROOT);
        if (name.startsWith("python")) {
            return "python";
        }
        return name.equals("ir") ? "r" : name.startsWith("julia") ? "julia" : "";
    }

    /** The kernel's name, or empty. */
    String kernelName() {
        return specName;
    }

    private void readSpec(JsonScanner json) throws IOException {
        KnownMembers members = KnownMembers.enter(json, SPEC);
        if (members == null) {
            return;
        }
        for (String name = members.next(); name != null; name = members.next()) {
            if (name.equals("name")) {
                specName = text(json);
            } else {
                specLanguage = text(json);
            }
        }
    }

    private void readInfo(JsonScanner json) throws IOException {
        KnownMembers members = KnownMembers.enter(json, Set.of("name"));
        if (members == null) {
            return;
        }
        while (members.next() != null) {
            infoName = text(json);
        }
    }

    private static String text(JsonScanner json) throws IOException {
        String text = json.stringOrSkip(MAX_TEXT, "a name in its metadata");
        return text == null ? "" : text;
    }

    private static int readCount(JsonScanner json) throws IOException {
        return readCountOf(json).orElse(-1);
    }

    /** A count written as a number or a string; any other value is skipped. */
    static OptionalInt readCountOf(JsonScanner json) throws IOException {
        return switch (json.peek()) {
            case NUMBER -> JsonNumbers.count(json.scalar());
            case STRING -> JsonNumbers.count(json.string(MAX_TEXT, "a count"));
            default -> {
                json.skip();
                yield OptionalInt.empty();
            }
        };
    }
}
