package dev.trackit.store.jsonl;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.trackit.api.LogId;
import dev.trackit.api.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where a log goes on after whatever happened to it.
 *
 * <p>A writer forces each batch of lines before it acknowledges them and before it writes the next. So a crash can leave unfinished
 * only what comes after the last acknowledged line: lines cut off, missing, in part zeros, or whole. From the end of the log
 * this tells apart, without reading more than what follows the last checkpoint:
 *
 * <ul>
 *   <li><b>whole</b>: go on after the last line. Lines that were never acknowledged stay: they are whole and in order.
 *   <li><b>torn</b>: bad bytes, with nothing whole after them, and no checkpoint that says they were once good. They are cut.
 *       Cutting needs no free space, and does nothing more if it is interrupted and done again.
 *   <li><b>damaged</b>: bad bytes before a whole line, or where the checkpoint knows of good ones. This is no crash but a broken
 *       disk or a foreign hand, so nothing is cut: the segment stays as it is, and a new one goes on.
 *   <li><b>short</b>: all lines are whole, but the checkpoint knows of more, or of others. Again a new segment goes on, and
 *       the numbers of the lost records are not given again, so that the hole stays visible.
 * </ul>
 *
 * <p>The idea that a torn tail and damage differ by what follows is that of ARIES-style logs; see also "All File Systems Are Not Created
 * Equal" (Pillai et al., OSDI 2014) for what a crash may leave.
 *
 * @param segment the segment in which to go on
 * @param fresh whether that segment is to be begun; whatever may be in its place holds nothing
 * @param offset where its last whole line ends; 0 if it is fresh
 * @param cut how many bytes after that are to be cut
 * @param link the link of the last whole line
 * @param number the number of the last record, lost ones counted
 * @param finding what is wrong apart from bytes to cut; empty if nothing is
 * @param lost how many records are missing from the end
 */
record LogTail(
        long segment,
        boolean fresh,
        long offset,
        long cut,
        byte[] link,
        long number,
        Optional<String> finding,
        long lost) {

    static LogTail find(FileLayer layer, LogFiles files, LogId log, Optional<Checkpoint> checkpoint)
            throws IOException {
        return new Search(layer, files, log, checkpoint).tail();
    }

    /** Whether nothing had to be mended. */
    boolean clean() {
        return cut == 0 && finding.isEmpty() && lost == 0;
    }

    /** The end of one segment. */
    private record End(long wholeEnd, long size, byte[] link, long number, boolean damaged, boolean contradicted) {}

    private static final class Search {
        private final FileLayer layer;
        private final LogFiles files;
        private final LogId log;
        private final Optional<Checkpoint> checkpoint;

        Search(FileLayer layer, LogFiles files, LogId log, Optional<Checkpoint> checkpoint) {
            this.layer = layer;
            this.files = files;
            this.log = log;
            this.checkpoint = checkpoint;
        }

        LogTail tail() throws IOException {
            List<Long> segments = files.segments(layer);
            long known = checkpoint.map(Checkpoint::records).orElse(0L);
            long knownSegment = checkpoint.map(Checkpoint::segment).orElse(0L);
            if (segments.isEmpty()) {
                byte[] link = checkpoint.map(c -> c.link().getBytes(US_ASCII)).orElseGet(LineFormat::origin);
                Optional<String> finding = known > 0 ? Optional.of("missing") : Optional.empty();
                return new LogTail(knownSegment + 1, true, 0, 0, link, known, finding, known);
            }
            long last = segments.get(segments.size() - 1);
            End end = end(last);
            boolean acknowledged =
                    checkpoint.filter(c -> c.reaches(last, end.wholeEnd)).isPresent();
            if (!end.damaged && !end.contradicted && !acknowledged) {
                if (end.wholeEnd > 0) {
                    return new LogTail(
                            last,
                            false,
                            end.wholeEnd,
                            end.size - end.wholeEnd,
                            end.link,
                            end.number,
                            Optional.empty(),
                            0);
                }
                End before = segments.size() > 1
                        ? end(segments.get(segments.size() - 2))
                        : new End(0, 0, LineFormat.origin(), 0, false, false);
                return new LogTail(
                        last, true, 0, end.size, before.link, Math.max(before.number, known), Optional.empty(), 0);
            }
            String finding = end.damaged || end.size > end.wholeEnd ? "damaged" : acknowledged ? "missing" : "changed";
            return new LogTail(
                    Math.max(last, knownSegment) + 1,
                    true,
                    0,
                    0,
                    end.link,
                    Math.max(end.number, known),
                    Optional.of(finding),
                    Math.max(0, known - end.number));
        }

        private End end(long segment) throws IOException {
            try (LogFile file = layer.openToRead(files.segment(segment))) {
                long size = file.size();
                LineScanner scanner = new LineScanner(file, 0);
                ChainChecker checker = ChainChecker.after(LineFormat.origin(), 0);
                long wholeEnd = 0;
                long damage = -1;
                if (scanner.next()) {
                    ChainChecker.Verdict header = checker.header(scanner.buffer(), scanner.start(), scanner.length());
                    if (header == ChainChecker.Verdict.NEWER) {
                        throw newerFormat(segment);
                    } else if (header == ChainChecker.Verdict.WHOLE) {
                        wholeEnd = scanner.position();
                    } else {
                        damage = 0;
                    }
                }
                boolean trusted = checkpoint
                        .filter(c -> c.segment() == segment && c.offset() <= size)
                        .isPresent();
                boolean contradicted = false;
                if (trusted) {
                    Checkpoint known = checkpoint.orElseThrow();
                    if (endsWith(file, known.offset(), known.link())) {
                        checker = ChainChecker.after(known.link().getBytes(US_ASCII), known.records());
                        scanner.restartAt(known.offset());
                        wholeEnd = known.offset();
                        damage = -1;
                    } else {
                        contradicted = true;
                    }
                }
                return follow(scanner, checker, wholeEnd, damage, size, contradicted);
            }
        }

        private static End follow(
                LineScanner scanner, ChainChecker checker, long from, long damage, long size, boolean contradicted)
                throws IOException {
            long wholeEnd = from;
            boolean bad = damage >= 0;
            boolean wholeAfterBad = false;
            while (scanner.next()) {
                ChainChecker.Verdict verdict = scanner.oversize()
                        ? checker.oversize()
                        : checker.line(scanner.buffer(), scanner.start(), scanner.length());
                if (verdict == ChainChecker.Verdict.WHOLE) {
                    wholeEnd = scanner.position();
                    wholeAfterBad |= bad;
                } else {
                    bad = true;
                }
            }
            return new End(wholeEnd, size, checker.link(), checker.number(), wholeAfterBad, contradicted);
        }

        private StoreException newerFormat(long segment) {
            return new StoreException(
                    "The log " + log + " was written by a newer TrackIT: "
                            + files.segment(segment) + " has another format than " + LineFormat.VERSION
                            + ", which this one writes. Update TrackIT to go on with it; reading works as far as it is understood.");
        }
    }

    /** Whether a line with this link ends at this offset. */
    static boolean endsWith(LogFile file, long offset, String link) throws IOException {
        byte[] tail = new byte[LineFormat.TAIL + 1];
        if (offset < tail.length || !file.readFully(ByteBuffer.wrap(tail), offset - tail.length)) {
            return false;
        }
        byte[] expected = link.getBytes(US_ASCII);
        int at = LineFormat.linkAt(0, LineFormat.TAIL);
        return tail[LineFormat.TAIL] == '\n'
                && LineFormat.isTail(tail, 0)
                && Arrays.equals(tail, at, at + LineFormat.LINK, expected, 0, expected.length);
    }
}
