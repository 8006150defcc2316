package dev.trackit.summary.outline;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Cell;
import dev.trackit.api.CellType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cells under one heading of the notebook's Markdown, those under its sub-headings included.
 *
 * @param heading its words, without markup
 * @param level from 1, the most important
 * @param firstCell the index of the cell that holds the heading
 * @param endCell the index behind its last cell
 */
public record Section(String heading, int level, int firstCell, int endCell) {
    private static final Pattern HEADING = Pattern.compile("(?m)^ {0,3}(#{1,6})[ \\t]+(.+?)[ \\t#]*$");

    /** Checks. */
    public Section {
        requireNonNull(heading, "heading");
    }

    /** The sections of a notebook, in order. Two headings in one cell begin two sections. */
    public static List<Section> of(List<Cell> cells) {
        List<Section> open = new ArrayList<>();
        for (Cell cell : cells) {
            if (cell.type() == CellType.MARKDOWN) {
                Matcher matcher = HEADING.matcher(cell.source());
                while (matcher.find()) {
                    open.add(new Section(
                            Prose.plain(matcher.group(2)), matcher.group(1).length(), cell.index(), Integer.MAX_VALUE));
                }
            }
        }
        int end = cells.isEmpty() ? 0 : cells.get(cells.size() - 1).index() + 1;
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < open.size(); i++) {
            Section section = open.get(i);
            int stop = open.subList(i + 1, open.size()).stream()
                    .filter(later -> later.level() <= section.level())
                    .mapToInt(Section::firstCell)
                    .findFirst()
                    .orElse(end);
            sections.add(new Section(section.heading(), section.level(), section.firstCell(), stop));
        }
        return sections;
    }

    /** The sections that a user means: those of exactly this heading, else those whose heading holds these words. */
    public static List<Section> find(List<Section> sections, String words) {
        String wanted = words.strip().toLowerCase(Locale.ROOT);
        List<Section> exact = sections.stream()
                .filter(s -> s.heading().toLowerCase(Locale.ROOT).equals(wanted))
                .toList();
        return !exact.isEmpty()
                ? exact
                : sections.stream()
                        .filter(s -> s.heading().toLowerCase(Locale.ROOT).contains(wanted))
                        .toList();
    }

    /** Whether the cell of this index belongs to it. */
    public boolean holds(int cellIndex) {
        return cellIndex >= firstCell && cellIndex < endCell;
    }
}
