package dev.trackit.jupyter.notebook;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/** Counts the cells of a notebook, skipping all that they hold. */
final class FactsParser {
    private static final Set<String> KNOWN = Set.of("cells", "worksheets", "metadata", "nbformat", "nbformat_minor");
    private static final Set<String> CELL = Set.of("cell_type", "execution_count", "prompt_number", "language");
    private static final int MAX_TEXT = 65_536;

    private final JsonScanner json;
    private final NotebookMetadata head = new NotebookMetadata();
    private boolean hasCells;
    private boolean hasWorksheets;
    private int cells;
    private int codeCells;
    private int executedCells;

    FactsParser(JsonScanner json) {
        this.json = json;
    }

    /** Reads all. */
    void parse() throws IOException {
        json.begin();
        if (json.peek() != JsonScanner.Kind.OBJECT) {
            throw JsonFault.at(json.offset(), "is no notebook: a notebook begins with {");
        }
        readObject();
        json.end();
        head.check(hasCells);
    }

    /** What was read. */
    NotebookFacts toFacts(Path path, BasicFileAttributes attributes) {
        return new NotebookFacts(
                path,
                head.format(hasWorksheets),
                head.language(),
                cells,
                codeCells,
                executedCells,
                attributes.size(),
                attributes.lastModifiedTime().toInstant());
    }

    /** The notebook, or a worksheet in it. */
    private void readObject() throws IOException {
        KnownMembers members = KnownMembers.enter(json, KNOWN);
        if (members == null) {
            return;
        }
        for (String name = members.next(); name != null; name = members.next()) {
            switch (name) {
                case "cells" -> {
                    hasCells = true;
                    readEach(this::readCell);
                }
                case "worksheets" -> {
                    hasCells = true;
                    hasWorksheets = true;
                    readEach(this::readObject);
                }
                case "metadata" -> head.read(json);
                case "nbformat" -> head.readMajor(json);
                default -> head.readMinor(json);
            }
        }
    }

    /** Reads what stands next. */
    private interface Read {
        void run() throws IOException;
    }

    private void readEach(Read element) throws IOException {
        if (json.peek() != JsonScanner.Kind.ARRAY) {
            json.skip();
            return;
        }
        json.enterArray();
        while (json.nextElement()) {
            element.run();
        }
    }

    private void readCell() throws IOException {
        KnownMembers members = KnownMembers.enter(json, CELL);
        if (members == null) {
            return;
        }
        cells++;
        boolean code = false;
        boolean executed = false;
        for (String name = members.next(); name != null; name = members.next()) {
            switch (name) {
                case "cell_type" -> code = "code".equals(json.stringOrSkip(MAX_TEXT, "a cell's type"));
                case "language" -> {
                    String language = json.stringOrSkip(MAX_TEXT, "a cell's language");
                    head.cellLanguage(language == null ? "" : language);
                }
                default -> executed |= NotebookMetadata.readCountOf(json).isPresent();
            }
        }
        codeCells += code ? 1 : 0;
        executedCells += code && executed ? 1 : 0;
    }
}
