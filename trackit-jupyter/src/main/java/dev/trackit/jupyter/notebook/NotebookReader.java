package dev.trackit.jupyter.notebook;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.CaptureException;
import dev.trackit.api.Cell;
import dev.trackit.api.Digest;
import dev.trackit.api.Notebook;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reads {@code .ipynb} files of the formats 1 to 4, of any kernel's language, as
 * <a href="https://nbformat.readthedocs.io/en/latest/format_description.html">nbformat</a> describes them.
 *
 * <p>A file is read once, front to back, and never held: what outputs carry is digested as it passes, so a notebook of a gigabyte
 * needs no more memory than its sources and the beginnings of its texts. The file's own digest is taken of its raw bytes in
 * the same pass. Newer minor versions of a format are read as far as they are known.
 *
 * <p>An output's forms are reduced to the richest (see {@link MediaTypes}) and the plain text; adjacent parts of one stream are joined.
 * Cells without an id of their own get one that lasts (see {@code CellIdentity}).
 *
 * <p>Faults that can pass by themselves, a file that is empty, ends too early or changes while it is read, are told apart by {@link
 * CaptureException#isPerhapsIncomplete()}. Immutable and safe for use by several threads.
 */
public final class NotebookReader {
    private final NotebookLimits limits;

    /** A reader with the standard limits. */
    public NotebookReader() {
        this(NotebookLimits.standard());
    }

    /** A reader with these limits. */
    public NotebookReader(NotebookLimits limits) {
        this.limits = requireNonNull(limits, "limits");
    }

    /** Reads a file that is seen for the first time. @throws CaptureException if it cannot be read; says what, where, and why */
    public Notebook read(Path file) {
        return read(file, List.of(), PayloadSink.NONE);
    }

    /**
     * Reads a file.
     *
     * @param known the cells of the last reading of this notebook, from which cells without an id get theirs; may be empty
     * @param payloads takes the payloads of outputs
     * @throws CaptureException if it cannot be read; says what, where, and why
     */
    public Notebook read(Path file, List<Cell> known, PayloadSink payloads) {
        Path path = requireNonNull(file, "file").toAbsolutePath().normalize();
        requireNonNull(known, "known");
        requireNonNull(payloads, "payloads");
        MessageDigest sha256 = Digest.sha256();
        BasicFileAttributes attributes = attributes(path);
        NotebookParser parser = parse(path, attributes, sha256, payloads);
        return Notebook.builder(path, Digest.of(sha256))
                .format(parser.format())
                .language(parser.head().language())
                .kernelName(parser.head().kernelName())
                .cells(identified(known, parser.cells()))
                .bytes(attributes.size())
                .modifiedAt(attributes.lastModifiedTime().toInstant())
                .build();
    }

    /**
     * What a list shows of this notebook. Reads the file, but holds and digests nothing of it: about a second per 2 GB.
     *
     * @throws CaptureException if it cannot be read; says what, where, and why
     */
    public NotebookFacts facts(Path file) {
        Path path = requireNonNull(file, "file").toAbsolutePath().normalize();
        BasicFileAttributes attributes = attributes(path);
        try (InputStream in = Files.newInputStream(path)) {
            JsonScanner json = new JsonScanner(new ByteWindow(in, null, limits.fileBytes()));
            FactsParser facts = new FactsParser(json);
            scan(path, json, facts::parse);
            return facts.toFacts(path, attributes);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private NotebookParser parse(Path path, BasicFileAttributes before, MessageDigest sha256, PayloadSink payloads) {
        try (InputStream in = Files.newInputStream(path)) {
            JsonScanner json = new JsonScanner(new ByteWindow(in, sha256, limits.fileBytes()));
            NotebookParser parser = new NotebookParser(json, limits, payloads);
            scan(path, json, parser::parse);
            BasicFileAttributes after = attributes(path);
            if (after.size() != before.size()
                    || !after.lastModifiedTime().equals(before.lastModifiedTime())
                    || !Objects.equals(after.fileKey(), before.fileKey())) {
                throw CaptureException.perhapsIncomplete(
                        "Cannot read notebook " + path + ": it changed while it was read. Try again when it is saved.",
                        null);
            }
            return parser;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Some reading of JSON. */
    private interface Scan {
        void run() throws IOException;
    }

    private static void scan(Path path, JsonScanner json, Scan scan) throws IOException {
        try {
            scan.run();
        } catch (JsonFault fault) {
            throw FaultReport.of(path, fault, json.offset());
        }
    }

    private static List<Cell> identified(List<Cell> known, List<CellDraft> drafts) {
        List<String> ids = CellIdentity.assign(known, drafts);
        List<Cell> cells = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            cells.add(drafts.get(i).toCell(ids.get(i), i));
        }
        return cells;
    }

    /** Size and times of a regular file; anything else would block the reader or never end. */
    private static BasicFileAttributes attributes(Path path) {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
        if (!attributes.isRegularFile()) {
            String what = attributes.isDirectory() ? "a folder" : "a pipe or a device";
            throw new CaptureException("Cannot read notebook " + path + ": it is " + what + ", not a file.");
        }
        return attributes;
    }

    private static CaptureException unreadable(Path path, IOException e) {
        return new CaptureException("Cannot read notebook " + path + ": " + reason(e), e);
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file.";
        } else if (e instanceof AccessDeniedException) {
            return "access is denied. Check the file's permissions.";
        } else if (e instanceof FileSystemLoopException || isLinkLoop(e)) {
            return "its links run in a circle.";
        }
        String message = e.getMessage();
        return (message == null ? e.getClass().getSimpleName() : message) + ".";
    }

    private static boolean isLinkLoop(IOException e) {
        String message = e.getMessage();
        return message != null && message.contains("Too many levels of symbolic links");
    }
}
