package dev.trackit.runner.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules over the page's own files that need no browser. */
class PageSourcesTest {
    private static final Path PAGE = page();
    private static final Pattern ADDRESS = Pattern.compile("(?:from|import\\()\\s*'\\./([a-z-]+\\.js)'");
    private static final Pattern TOKEN =
            Pattern.compile("--([a-z0-9-]+): (?:light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)|(#[0-9a-f]{6}));");

    @Test
    void noFileIsLong() throws IOException {
        for (Path file : files(name -> true)) {
            assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThan(500);
        }
    }

    @Test
    void whatANotebookHoldsIsNeverParsedAsHtmlOrRun() throws IOException {
        Pattern danger = Pattern.compile(
                "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|createContextualFragment|srcdoc"
                        + "|setHTMLUnsafe|\\beval\\(|new Function|javascript:|setTimeout\\(\\s*['\"`]|setAttribute\\('style'");
        assertThat(linesWith(danger, name -> name.endsWith(".js"))).isEmpty();
    }

    @Test
    void htmlIsParsedInOnePlaceWhichShowsNoneOfIt() throws IOException {
        assertThat(linesWith(Pattern.compile("DOMParser"), name -> name.endsWith(".js")))
                .allMatch(line -> line.startsWith("output-table.js"));
    }

    @Test
    void framesOfOutputsMayDoNothing() throws IOException {
        List<String> frames = linesWith(Pattern.compile("'iframe'"), name -> name.endsWith(".js"));
        assertThat(frames).isNotEmpty().allMatch(line -> line.contains("sandbox: ''"));
    }

    @Test
    void theStartPageHoldsNoScriptAndNoStyleOfItsOwn() throws IOException {
        String html = Files.readString(PAGE.resolve("index.html"));
        assertThat(html)
                .doesNotContain("<style")
                .doesNotContain("style=")
                .doesNotContain("https:")
                .doesNotContain("http:");
        assertThat(Pattern.compile("\\son[a-z]+=").matcher(html).find()).isFalse();
        assertThat(Pattern.compile("<script(?![^>]*\\ssrc=)").matcher(html).find())
                .isFalse();
    }

    @Test
    void whatIsLinkedAndImportedIsThere() throws IOException {
        for (String address : found(Pattern.compile("(?:href|src)=\"/page/([^\"]+)\""), PAGE.resolve("index.html"))) {
            assertThat(PAGE.resolve(address)).isRegularFile();
        }
        for (Path file : files(name -> name.endsWith(".js"))) {
            for (String name : found(ADDRESS, file)) {
                assertThat(file.resolveSibling(name)).as(file.toString()).isRegularFile();
            }
        }
    }

    @Test
    void iconsThatAreNamedAreDrawn() throws IOException {
        Set<String> drawn =
                new HashSet<>(found(Pattern.compile("(?m)^  ([a-zA-Z]+): 'M"), PAGE.resolve("js/icons.js")));
        Pattern used = Pattern.compile("\\bicon(?:\\(|: )'([a-zA-Z]+)'");
        for (Path file : files(name -> name.endsWith(".js"))) {
            assertThat(drawn).as(file.toString()).containsAll(found(used, file));
        }
    }

    @Test
    void coloursAreGivenOnlyAsTokens() throws IOException {
        Pattern colour = Pattern.compile("#[0-9a-fA-F]{3,8}\\b|\\b(?:rgba?|hsla?|oklch)\\(");
        assertThat(linesWith(colour, name -> name.endsWith(".css") && !name.endsWith("tokens.css")))
                .isEmpty();
    }

    @Test
    void tokensThatAreUsedAreGiven() throws IOException {
        Set<String> given = new HashSet<>();
        for (Path file : files(name -> name.endsWith(".css"))) {
            given.addAll(found(Pattern.compile("(--[a-z0-9-]+):"), file));
        }
        for (Path file : files(name -> name.endsWith(".js"))) {
            given.addAll(found(Pattern.compile("'(--[a-z0-9-]+)'"), file));
        }
        for (Path file : files(name -> name.endsWith(".css"))) {
            assertThat(given).as(file.toString()).containsAll(found(Pattern.compile("var\\((--[a-z0-9-]+)\\)"), file));
        }
    }

    @Test
    void textIsReadableOnEverySurfaceInBothThemes() throws IOException {
        Map<String, String[]> tokens = tokens();
        List<String> surfaces = List.of("ground", "surface", "surface-2", "code-ground", "hover", "selected");
        for (String text : List.of("text", "text-2", "text-3", "accent")) {
            surfaces.forEach(surface -> assertContrast(tokens, text, surface, 4.5));
        }
        for (String meaning : List.of("good", "bad", "warn", "note", "info", "reads", "writes", "changes", "file")) {
            assertContrast(tokens, meaning, meaning + "-soft", 4.5);
            assertContrast(tokens, meaning, "surface", 4.5);
        }
        for (String part : List.of("keyword", "string", "number", "comment", "function", "builtin", "magic", "text")) {
            assertContrast(tokens, "code-" + part, "code-ground", 4.5);
            assertContrast(tokens, "code-" + part, "selected", 4.5);
        }
        assertContrast(tokens, "text-on-accent", "accent", 4.5);
        assertContrast(tokens, "text", "mark", 4.5);
        for (String surface : List.of("ground", "surface", "surface-2")) {
            assertContrast(tokens, "line-strong", surface, 3);
            assertContrast(tokens, "focus", surface, 3);
        }
    }

    private static void assertContrast(Map<String, String[]> tokens, String front, String back, double atLeast) {
        for (int theme = 0; theme < 2; theme++) {
            double one = luminance(tokens.get(front)[theme]);
            double other = luminance(tokens.get(back)[theme]);
            double contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
            assertThat(contrast)
                    .as("%s on %s, %s", front, back, theme == 0 ? "light" : "dark")
                    .isGreaterThanOrEqualTo(atLeast);
        }
    }

    /** Relative luminance as WCAG 2.2 defines it. */
    private static double luminance(String colour) {
        double sum = 0;
        double[] weights = {0.2126, 0.7152, 0.0722};
        for (int i = 0; i < 3; i++) {
            double part = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    private static Map<String, String[]> tokens() throws IOException {
        Map<String, String[]> tokens = new LinkedHashMap<>();
        Matcher matcher = TOKEN.matcher(Files.readString(PAGE.resolve("css/tokens.css")));
        while (matcher.find()) {
            String both = matcher.group(4);
            tokens.put(
                    matcher.group(1),
                    both == null ? new String[] {matcher.group(2), matcher.group(3)} : new String[] {both, both});
        }
        return tokens;
    }

    private static List<String> found(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private static List<String> linesWith(Pattern pattern, Predicate<String> wanted) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files(wanted)) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (pattern.matcher(lines.get(i)).find()) {
                    found.add(file.getFileName() + ":" + (i + 1) + ": "
                            + lines.get(i).strip());
                }
            }
        }
        return found;
    }

    private static List<Path> files(Predicate<String> wanted) throws IOException {
        try (Stream<Path> all = Files.walk(PAGE)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> wanted.test(file.toString()))
                    .sorted()
                    .toList();
        }
    }

    private static Path page() {
        try {
            return Path.of(PageSourcesTest.class
                            .getResource("/dev/trackit/runner/page/index.html")
                            .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
