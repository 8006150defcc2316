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
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
    private static final int MOST_HELD = 4 << 20;
    private static final int PIECE = 1 << 16;

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
        BasicFileAttributes attributes = attributes(path);
        return streamed(path, attributes, known, payloads);
    }

    /**
     * Reads a file that will be read again, or was read before: of a file of up to {@value #MOST_HELD} bytes the bytes are held, and cells that stand in
     * the same bytes as before are not parsed and digested again. The result is the same as that of any other reading.
     *
     * @param known see {@link #read(Path, List, PayloadSink)}
     * @param former the last reading of this notebook; null if there is none
     * @throws CaptureException if it cannot be read; says what, where, and why
     */
    public NotebookReading read(Path file, List<Cell> known, @Nullable NotebookReading former) {
        Path path = requireNonNull(file, "file").toAbsolutePath().normalize();
        requireNonNull(known, "known");
        BasicFileAttributes attributes = attributes(path);
        if (attributes.size() > Math.min(MOST_HELD, limits.fileBytes())) {
            return new NotebookReading(streamed(path, attributes, known, PayloadSink.NONE), null);
        }
        MessageDigest sha256 = Digest.sha256();
        byte[] bytes = bytes(path, (int) attributes.size(), sha256);
        CellBytes cells = new CellBytes(bytes);
        JsonScanner json = new JsonScanner(new ByteWindow(bytes));
        UnchangedCells unchanged = new UnchangedCells(former == null ? null : former.cells(), cells);
        NotebookParser parser = new NotebookParser(json, limits, PayloadSink.NONE, unchanged);
        try {
            scan(path, json, parser::parse);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
        requireUnchanged(path, attributes);
        return new NotebookReading(notebook(path, attributes, Digest.of(sha256), known, parser), cells);
    }

    /** The bytes of a file, digested piece by piece while they are in the processor's cache. */
    private static byte[] bytes(Path path, int size, MessageDigest sha256) {
        byte[] bytes = new byte[size];
        int length = 0;
        try (InputStream in = Files.newInputStream(path)) {
            while (length < size) {
                int got = in.read(bytes, length, Math.min(PIECE, size - length));
                if (got < 0) {
                    break;
                }
                sha256.update(bytes, length, got);
                length += got;
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        }
        return length == size ? bytes : Arrays.copyOf(bytes, length);
    }

    private Notebook streamed(Path path, BasicFileAttributes attributes, List<Cell> known, PayloadSink payloads) {
        MessageDigest sha256 = Digest.sha256();
        NotebookParser parser = parse(path, attributes, sha256, payloads);
        return notebook(path, attributes, Digest.of(sha256), known, parser);
    }

    private static Notebook notebook(
            Path path, BasicFileAttributes attributes, Digest digest, List<Cell> known, NotebookParser parser) {
        return Notebook.builder(path, digest)
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
            NotebookParser parser = new NotebookParser(json, limits, payloads, null);
            scan(path, json, parser::parse);
            requireUnchanged(path, before);
            return parser;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static void requireUnchanged(Path path, BasicFileAttributes before) {
        BasicFileAttributes after = attributes(path);
        if (after.size() != before.size()
                || !after.lastModifiedTime().equals(before.lastModifiedTime())
                || !Objects.equals(after.fileKey(), before.fileKey())) {
            throw CaptureException.perhapsIncomplete(
                    "Cannot read notebook " + path + ": it changed while it was read. Try again when it is saved.",
                    null);
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
