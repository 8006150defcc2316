package dev.trackit.jupyter.notebook;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of a notebook. Members come in any order (writers sort them, so that {@code cells} comes before
 * {@code nbformat}), so each is understood by its own shape and not by the version.
 */
final class NotebookParser {
    private static final Set<String> KNOWN = Set.of("cells", "worksheets", "metadata", "nbformat", "nbformat_minor");

    private final JsonScanner json;
    private final NotebookMetadata head = new NotebookMetadata();
    private final CellParser cellParser;
    private final List<CellDraft> cells = new ArrayList<>();
    private final Budget budget;
    private final @Nullable UnchangedCells unchanged;
    private boolean hasCells;
    private boolean hasWorksheets;

    /** @param unchanged finds the cells of the reading before; null if there was none, or nobody asks */
    NotebookParser(JsonScanner json, NotebookLimits limits, PayloadSink sink, @Nullable UnchangedCells unchanged) {
        this.json = json;
        this.budget = new Budget(limits);
        this.unchanged = unchanged;
        this.cellParser = new CellParser(json, budget, sink, head);
    }

    /** Reads all. */
    void parse() throws IOException {
        json.begin();
        if (json.peek() != JsonScanner.Kind.OBJECT) {
            throw JsonFault.at(json.offset(), "is no notebook: a notebook begins with {");
        }
        KnownMembers members = KnownMembers.enter(json, KNOWN);
        while (members != null) {
            String name = members.next();
            if (name == null) {
                break;
            }
            switch (name) {
                case "cells" -> readCells(false);
                case "worksheets" -> readWorksheets();
                case "metadata" -> head.read(json);
                case "nbformat" -> head.readMajor(json);
                default -> head.readMinor(json);
            }
        }
        json.end();
        head.check(hasCells);
    }

    /** What the head says. */
    NotebookMetadata head() {
        return head;
    }

    /** The version of the format. */
    String format() {
        return head.format(hasWorksheets);
    }

    /** The cells in order. */
    List<CellDraft> cells() {
        return cells;
    }

    private void readWorksheets() throws IOException {
        hasWorksheets = true;
        hasCells = true;
        if (json.peek() != JsonScanner.Kind.ARRAY) {
            json.skip();
            return;
        }
        json.enterArray();
        while (json.nextElement()) {
            KnownMembers members = KnownMembers.enter(json, Set.of("cells"));
            while (members != null && members.next() != null) {
                readCells(true);
            }
        }
    }

    private void readCells(boolean old) throws IOException {
        hasCells = true;
        if (json.peek() != JsonScanner.Kind.ARRAY) {
            json.skip();
            return;
        }
        json.enterArray();
        while (json.nextElement()) {
            CellDraft cell = unchanged == null || old ? cellParser.parse(old) : readCell(unchanged);
            if (cell != null) {
                cells.add(cell);
            }
        }
    }

    private @Nullable CellDraft readCell(UnchangedCells known) throws IOException {
        json.peek(); // the cell's object begins here
        CellDraft same = known.pass(json, budget);
        if (same != null) {
            budget.add(same);
            if (same.language != null) {
                head.cellLanguage(same.language);
            }
            return same;
        }
        long start = json.offset();
        CellDraft cell = cellParser.parse(false);
        if (cell != null) {
            known.parsed(cell, start, json.offset());
        }
        return cell;
    }
}
