package dev.trackit.summary;

import dev.trackit.api.Outline;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers that an outline holds, against which those of a statement are held. The same value in another writing is the same number: 1,000 and
 * 1000, 0.25 and 25 %, 12k and 12000. A rounded one is so only where the statement says that it is. The numbers of steps and executions and the
 * times of the period are names, not numbers; they support only what names the same.
 */
final class Numbers {
    private static final Pattern NUMBER = Pattern.compile(
            "(?<![\\w.])((?:\\d{1,3}(?:,\\d{3})+(?!\\d)|\\d+)(?:\\.\\d+)?(?:[eE][+-]?\\d{1,3})?)(?:\\s?(%|percent\\b)|(k|K|M)(?!\\w)|(?:ms|s|x|GB|MB|kB)(?!\\w)|(?!\\w))");
    private static final Pattern DIGITS = Pattern.compile("\\d+(?:\\.\\d+)?");
    private static final Pattern SAID_ROUNDED = Pattern.compile(
            "(?i)(?:about|around|approximately|approx\\.?|roughly|nearly|almost|circa|rounded to|[~≈])\\s*$");

    /** What names a moment or an execution; a moment of the period, or an execution that there is, is no number of its own. */
    private static final Pattern MOMENT = Pattern.compile(
            "\\b\\d{4}-\\d\\d-\\d\\d(?:[T ]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?)?|\\b\\d\\d:\\d\\d(?::\\d\\d)?\\b");

    private static final Pattern EXECUTION = Pattern.compile("#(\\d+)\\b");

    /** What the writer counts: a few things of any kind, and steps. */
    private static final Pattern COUNTED =
            Pattern.compile("^\\s(?:[a-z-]+\\s)?(?!was\\b|is\\b|has\\b|as\\b|does\\b|this\\b|its\\b)[a-z]{2,}s\\b");

    private static final Pattern OF_STEPS = Pattern.compile(
            "^\\s(?:(?:[a-z]+\\s)?(?:steps?|executions?|runs?|cells?|attempts?|times|operations?)|more|others?|further)\\b");

    private static final int LONGEST = 60;
    private static final int FEW = 10;

    private final Set<BigDecimal> values = new HashSet<>();
    private final Set<String> executions = new HashSet<>();
    private final String period;
    private final int steps;

    Numbers(Outline outline) {
        Outline bare = Outline.builder(outline.title(), outline.scope())
                .datasets(outline.datasets())
                .unknowns(outline.unknowns())
                .build();
        add(bare.toText());
        for (Outline.Step step : outline.steps()) {
            add(step.text());
            add(step.code());
            step.inputs().forEach(this::add);
            step.outputs().forEach(this::add);
            step.facts().forEach(this::add);
            if (step.execution() > 0) {
                executions.add(Long.toString(step.execution()));
            }
        }
        values.add(new BigDecimal(outline.datasets().size()).stripTrailingZeros());
        steps = outline.steps().size();
        period = outline.from() + " " + outline.to();
    }

    private void add(String text) {
        Matcher whole = NUMBER.matcher(text);
        while (whole.find()) {
            values.add(value(whole));
            values.add(plain(whole.group(1)));
        }
        Matcher digits = DIGITS.matcher(text); // Also those inside names and between commas.
        while (digits.find()) {
            values.add(plain(digits.group()));
        }
    }

    /** The numbers of a statement that the outline does not hold, as they are written. */
    List<String> unsupported(String claim) {
        String text = withoutNames(claim);
        Set<String> unsupported = new LinkedHashSet<>();
        Matcher number = NUMBER.matcher(text);
        while (number.find()) {
            if (!isSupported(text, number)) {
                unsupported.add(number.group(1).replaceAll(",$", ""));
            }
        }
        return List.copyOf(unsupported);
    }

    private String withoutNames(String claim) {
        String text = EXECUTION
                .matcher(claim)
                .replaceAll(m -> executions.contains(m.group(1)) ? "(execution)" : " " + m.group(1) + " ");
        return MOMENT.matcher(text)
                .replaceAll(m -> period.contains(m.group().replace(' ', 'T'))
                        ? "(moment)"
                        : Matcher.quoteReplacement(m.group()));
    }

    private boolean isSupported(String text, Matcher number) {
        BigDecimal value = value(number);
        if (value.compareTo(BigDecimal.ONE) == 0 || values.contains(value)) {
            return true;
        }
        if (number.group(2) != null && values.contains(plain(number.group(1)))) { // 25 %, of a printed 25
            return true;
        }
        String after = text.substring(number.end());
        boolean counts = value.scale() <= 0 && number.group(2) == null;
        if (counts
                && value.compareTo(BigDecimal.valueOf(FEW)) <= 0
                && COUNTED.matcher(after).find()) {
            return true;
        }
        if (counts
                && value.compareTo(BigDecimal.valueOf(Math.max(steps, 1))) <= 0
                && OF_STEPS.matcher(after).find()) {
            return true;
        }
        return SAID_ROUNDED.matcher(text.substring(0, number.start())).find() && isRounded(number);
    }

    private boolean isRounded(Matcher number) {
        BigDecimal said = new BigDecimal(number.group(1).replace(",", "")); // as written: 0.80 says two places
        BigDecimal value = value(number);
        int scale =
                said.scale() + (number.group(2) == null ? 0 : 2) - (number.group(3) == null ? 0 : thousands(number));
        int zeros = said.scale() == 0 ? Math.min(0, said.stripTrailingZeros().scale()) : 0;
        return values.stream()
                .anyMatch(v -> v.setScale(scale + zeros, RoundingMode.HALF_UP).compareTo(value) == 0);
    }

    private static int thousands(Matcher number) {
        return "M".equals(number.group(3)) ? 6 : 3;
    }

    /** What it is worth: a percentage as a fraction, thousands written out. */
    private static BigDecimal value(Matcher number) {
        BigDecimal value = plain(number.group(1));
        if (number.group(2) != null) {
            return value.movePointLeft(2).stripTrailingZeros();
        }
        return number.group(3) == null
                ? value
                : value.movePointRight(thousands(number)).stripTrailingZeros();
    }

    private static BigDecimal plain(String written) {
        String digits = written.replace(",", "");
        return new BigDecimal(digits.length() > LONGEST ? digits.substring(0, LONGEST) : digits).stripTrailingZeros();
    }
}
