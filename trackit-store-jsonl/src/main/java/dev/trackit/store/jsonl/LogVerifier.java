package dev.trackit.store.jsonl;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.trackit.api.StoreException;
import dev.trackit.api.Verification;
import dev.trackit.api.Verification.Finding;
import dev.trackit.api.Verification.Severity;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Follows a log's chain of digests from the first byte to the last, over raw bytes, without reading JSON. Changes nothing, and may run while a
 * writer writes. Used once, by one thread.
 */
final class LogVerifier {
    /** Beyond these, findings are counted only: a file overwritten with noise has one per line. */
    private static final int MAX_FINDINGS = 1000;

    private final LogHome home;
    private final List<Finding> findings = new ArrayList<>();
    private ChainChecker checker = ChainChecker.after(LineFormat.origin(), 0);
    private long records;
    private long bytes;
    private long unlisted;
    private Optional<Checkpoint> checkpoint = Optional.empty();
    private boolean checkpointMet;
    private boolean newer;

    /** The present segment. */
    private String fileName = "";

    private long line;
    private boolean lastSegment;
    /** Damaged lines since the last whole one: where they begin, and how many bytes. */
    private long damageLine;

    private long damageOffset;

    LogVerifier(LogHome home) {
        this.home = home;
    }

    Verification verify() {
        try {
            readCheckpoint();
            List<Long> segments = home.files().segments(home.layer());
            if (segments.isEmpty() && checkpoint.isEmpty()) {
                throw new StoreException("There is no log " + home.log() + " in "
                        + home.files().folder().getParent() + ".");
            }
            long expected = 1;
            for (int i = 0; i < segments.size(); i++) {
                long number = segments.get(i);
                lastSegment = i == segments.size() - 1;
                missingSegments(expected, number);
                segment(number);
                expected = number + 1;
            }
            end();
            return new Verification(home.log(), records, bytes, findings);
        } catch (IOException e) {
            throw Faults.of("The log " + home.log() + " could not be verified", e);
        }
    }

    /** Read first: a writer that goes on meanwhile can only make the log longer than the checkpoint says. */
    private void readCheckpoint() throws IOException {
        CheckpointFile file = new CheckpointFile(home.layer(), home.files());
        checkpoint = file.read();
        checkpointMet = checkpoint.isEmpty() || checkpoint.get().records() == 0;
        if (checkpoint.isEmpty() && home.layer().exists(home.files().checkpoint())) {
            add(
                    Severity.NOTICE,
                    home.files().checkpoint().getFileName().toString(),
                    "The checkpoint cannot be read, so it cannot be told whether records are missing from the end. The"
                            + " next writer makes a new one.");
        }
    }

    private void missingSegments(long expected, long number) {
        if (number > expected) {
            String place = home.files().segmentName(expected)
                    + (number > expected + 1 ? " to " + home.files().segmentName(number - 1) : "");
            add(Severity.BROKEN, place, "Missing. Restore it from a backup; the rest can still be read.");
        }
    }

    private void segment(long number) throws IOException {
        fileName = home.files().segmentName(number);
        line = 0;
        damageLine = 0;
        newer = false;
        try (LogFile file = home.layer().openToRead(home.files().segment(number))) {
            LineScanner scanner = new LineScanner(file, 0);
            while (scanner.next()) {
                line++;
                line(scanner);
            }
            long size = file.size();
            bytes += Math.max(size, scanner.position());
            rest(scanner.position(), scanner.rest());
        } catch (NoSuchFileException e) {
            add(Severity.BROKEN, fileName, "It was removed while the log was being verified. Verify again.");
        }
        if (newer) {
            add(
                    Severity.NOTICE,
                    fileName,
                    "It was written by a newer TrackIT in a format that cannot be checked here. Update TrackIT and verify"
                            + " again.");
        }
    }

    private void line(LineScanner scanner) {
        byte[] buffer = scanner.buffer();
        int start = scanner.start();
        int length = scanner.length();
        long before = checker.number();
        byte[] linkBefore = line == 1 ? checker.link() : null;
        ChainChecker.Verdict verdict = scanner.oversize()
                ? checker.oversize()
                : line == 1 ? checker.header(buffer, start, length) : checker.line(buffer, start, length);
        switch (verdict) {
            case DAMAGED -> {
                if (damageLine == 0) {
                    damageLine = line;
                    damageOffset = scanner.position() - length - 1;
                }
            }
            case NEWER -> {
                newer = true;
                records += line > 1 ? 1 : 0;
            }
            case WHOLE -> {
                long missing = checker.number() - before - (line > 1 ? 1 : 0);
                if (linkBefore != null) {
                    begun(LineFormat.previous(buffer, start, length), linkBefore);
                } else {
                    records++;
                }
                whole(line, missing);
            }
        }
    }

    /** A segment must go on where the one before ended. */
    private void begun(byte[] previous, byte[] linkBefore) {
        if (!Arrays.equals(previous, linkBefore)) {
            add(
                    Severity.BROKEN,
                    fileName + ":1",
                    "The segment does not go on where the one before it ends: lines were changed, added or removed there."
                            + " Restore that file from a backup if there is one.");
        }
    }

    private void whole(long at, long missing) {
        if (damageLine > 0) {
            damage(Severity.BROKEN, at - 1, missing);
        } else if (missing > 0) {
            add(
                    Severity.BROKEN,
                    fileName + ":" + at,
                    missing + " records before this line are missing (numbers "
                            + (checker.number() - missing + (at > 1 ? 0 : 1))
                            + " to " + (checker.number() - (at > 1 ? 1 : 0))
                            + "). Restore them from a backup if there is one; the rest can be read.");
        }
        checkpoint
                .filter(c -> !checkpointMet && c.records() <= checker.number())
                .ifPresent(c -> {
                    checkpointMet = true;
                    boolean same = c.records() == checker.number()
                            && Arrays.equals(c.link().getBytes(US_ASCII), checker.link());
                    if (!same && missing == 0) {
                        add(
                                Severity.BROKEN,
                                fileName + ":" + at,
                                "Record " + c.records()
                                        + " is not the one that the checkpoint knows: the log was rewritten. Compare"
                                        + " it with a backup.");
                    }
                });
    }

    private void damage(Severity severity, long lastLine, long missing) {
        String place = fileName + ":" + damageLine + (lastLine > damageLine ? "-" + lastLine : "");
        String lines = lastLine > damageLine ? "These lines are" : "This line is";
        add(
                severity,
                place,
                lines + " damaged (" + missing + (missing == 1 ? " record" : " records") + ", from byte " + damageOffset
                        + "). Readers pass over it. Restore the file from a backup if there is one, and check the disk.");
        damageLine = 0;
    }

    /** What stands after the last whole line of a segment. */
    private void rest(long position, long rest) {
        if (damageLine == 0 && rest == 0) {
            return;
        }
        long offset = damageLine > 0 ? damageOffset : position;
        long at = damageLine > 0 ? damageLine : line + 1;
        boolean acknowledged =
                checkpoint.filter(c -> c.reaches(segmentNumber(), offset)).isPresent();
        if (lastSegment && !acknowledged) {
            add(
                    Severity.NOTICE,
                    fileName + ":" + at,
                    "The end is not a whole line (from byte " + offset
                            + "): an unfinished write, left by a crash or still going on. The next writer cuts it.");
        } else {
            add(
                    Severity.BROKEN,
                    fileName + ":" + at,
                    "The end of the file is damaged (from byte " + offset
                            + "). Restore the file from a backup if there is one, and check the disk.");
        }
        damageLine = 0;
    }

    private long segmentNumber() {
        return Long.parseLong(fileName.substring(fileName.lastIndexOf('-') + 1, fileName.lastIndexOf('.')));
    }

    private void end() {
        checkpoint.filter(c -> !checkpointMet && !newer).ifPresent(c -> {
            long missing = c.records() - checker.number();
            add(
                    Severity.BROKEN,
                    fileName.isEmpty() ? home.files().segmentName(c.segment()) : fileName + ":" + (line + 1),
                    missing + (missing == 1 ? " record is" : " records are")
                            + " missing from the end: the checkpoint knows " + c.records()
                            + ". Restore the file from a backup if there is one.");
        });
        if (unlisted > 0) {
            findings.add(new Finding(Severity.BROKEN, fileName, unlisted + " more findings are not listed."));
        }
    }

    private void add(Severity severity, String place, String message) {
        if (findings.size() < MAX_FINDINGS) {
            findings.add(new Finding(severity, place, message));
        } else {
            unlisted++;
        }
    }
}
