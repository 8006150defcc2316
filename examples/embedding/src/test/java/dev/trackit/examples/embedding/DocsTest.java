package dev.trackit.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say must be so: their links lead somewhere, their snippets are code that is compiled, their commands exist. */
class DocsTest {
    private static final Path ROOT = root();
    private static final Pattern LINK = Pattern.compile("\\[[^]\\[]*]\\(([^)\\s]+)\\)");
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- snippet: (\\S+?)#(\\S+) -->\\s*```java\\n(.*?)\\n```", Pattern.DOTALL);
    private static final Pattern MARKER = Pattern.compile("<!-- snippet:");
    private static final Pattern COMMAND =
            Pattern.compile("(?:(?m)^\\$? ?(?:\\./)?trackit |`(?:\\./)?trackit )([a-z][a-z-]*)");
    private static final Pattern ENTRY = Pattern.compile("new Entry\\(\\s*\"([a-z-]+)\"");

    @Test
    void linksBetweenDocumentsResolve() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            Matcher links = LINK.matcher(withoutCode(Files.readString(document)));
            while (links.find()) {
                String link = links.group(1);
                if (!link.contains("://") && !link.startsWith("mailto:") && !resolves(document, link)) {
                    broken.add(ROOT.relativize(document) + ": " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void snippetsAreRegionsOfCompiledFiles() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path document : documents()) {
            String text = Files.readString(document);
            Matcher snippets = SNIPPET.matcher(text);
            int found = 0;
            while (snippets.find()) {
                found++;
                String region = region(ROOT.resolve(snippets.group(1)), snippets.group(2));
                if (!region.equals(snippets.group(3).stripTrailing())) {
                    wrong.add(ROOT.relativize(document) + ": " + snippets.group(1) + "#" + snippets.group(2)
                            + " is now\n" + region);
                }
            }
            assertThat(MARKER.matcher(text).results().count())
                    .as("each marker in %s stands before a java block", document)
                    .isEqualTo(found);
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void commandsExist() throws IOException {
        String source =
                Files.readString(ROOT.resolve("examples/runner/src/main/java/dev/trackit/runner/Commands.java"));
        // The launcher itself takes "bench", which no user of a built program needs.
        Set<String> known = new HashSet<>(Set.of("help", "bench"));
        ENTRY.matcher(source).results().forEach(entry -> known.add(entry.group(1)));
        assertThat(known).contains("up", "log");
        List<String> unknown = new ArrayList<>();
        for (Path document : documents()) {
            Matcher commands = COMMAND.matcher(Files.readString(document));
            while (commands.find()) {
                if (!known.contains(commands.group(1))) {
                    unknown.add(ROOT.relativize(document) + ": trackit " + commands.group(1));
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    private static boolean resolves(Path document, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
        if (!Files.exists(target)) {
            return false;
        }
        return parts.length == 1
                || !target.toString().endsWith(".md")
                || Files.readAllLines(target).stream()
                        .filter(line -> line.startsWith("#"))
                        .anyMatch(line -> anchor(line).equals(parts[1]));
    }

    private static String anchor(String heading) {
        return heading.replaceFirst("^#+\\s*", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static String withoutCode(String text) {
        return text.replaceAll("(?s)```.*?```", "").replaceAll("`[^`\n]*`", "");
    }

    /** The lines between {@code // region NAME} and the next {@code // endregion}, as far to the left as they go. */
    private static String region(Path file, String name) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> region = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            if (line.strip().equals("// region " + name)) {
                inside = true;
            } else if (inside && line.strip().equals("// endregion")) {
                break;
            } else if (inside) {
                region.add(line);
            }
        }
        int indent = region.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return region.stream()
                .map(line -> line.isBlank() ? "" : line.substring(indent))
                .collect(Collectors.joining("\n"))
                .stripTrailing();
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        for (String folder : List.of("", "docs")) {
            try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
            }
        }
        return documents.stream().sorted().toList();
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("trackit-api"))) {
            folder = folder.resolve("..").normalize();
        }
        return folder;
    }
}
