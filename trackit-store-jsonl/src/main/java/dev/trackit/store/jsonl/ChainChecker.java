package dev.trackit.store.jsonl;

import java.util.Arrays;

/**
 * Follows the chain from line to line and says of each whether it is as it was written. Not safe for use by several threads.
 *
 * <p>Damage is kept to the lines where it is. After a damaged line the next one is checked against the link that the
 * damaged line carries (right, if the damage is elsewhere in it), and against the link that it should carry (right, if the
 * damage is in the link). If it carries none at all, because it was overwritten, the next line cannot be checked; it is then
 * taken as it is if it has the form of a line and a greater number, rather than lost with its neighbour.
 */
final class ChainChecker {
    /** How far a line that cannot be checked may be ahead in number of the last whole one. */
    private static final long MAX_LOST = 1_000_000;

    private final ChainDigest digest = new ChainDigest();
    private final byte[] whole;
    private final byte[] carried;
    private final byte[] computed = new byte[LineFormat.LINK];
    private final byte[] scratch = new byte[LineFormat.LINK];
    private long number;
    private boolean carriedKnown;
    private boolean computedKnown;
    private boolean newer;

    /** What a line is. */
    enum Verdict {
        /** As it was written, as far as can be checked. */
        WHOLE,
        /** Not as it was written, or out of place. */
        DAMAGED,
        /** Of a newer format, which cannot be checked. */
        NEWER
    }

    private ChainChecker(byte[] link, long number) {
        this.whole = link.clone();
        this.carried = link.clone();
        this.carriedKnown = true;
        this.number = number;
    }

    /** A checker for the lines after one that has this link and number. */
    static ChainChecker after(byte[] link, long number) {
        return new ChainChecker(link, number);
    }

    /** The number of the last whole line. */
    long number() {
        return number;
    }

    /** The link of the last whole line. */
    byte[] link() {
        return whole.clone();
    }

    /** Checks the first line of a segment, which is chained to the link that it names itself. */
    Verdict header(byte[] buffer, int start, int length) {
        long version = LineFormat.version(buffer, start, length);
        byte[] previous = LineFormat.previous(buffer, start, length);
        newer = version > LineFormat.VERSION && !isVersionDamaged(previous, buffer, start, length);
        if (newer) {
            return Verdict.NEWER;
        }
        long named = LineFormat.number(buffer, start, length);
        boolean accepted = version == LineFormat.VERSION
                && named >= number
                && previous.length > 0
                && LineFormat.hasLink(buffer, start, length)
                && isLinked(previous, buffer, start, length);
        if (accepted) {
            number = named;
            carry(buffer, start, length);
            return Verdict.WHOLE;
        }
        damaged(buffer, start, length);
        return Verdict.DAMAGED;
    }

    /** Checks a line after the first of a segment. */
    Verdict line(byte[] buffer, int start, int length) {
        if (newer) {
            return Verdict.NEWER;
        }
        long named = LineFormat.number(buffer, start, length);
        boolean formed = LineFormat.version(buffer, start, length) == LineFormat.VERSION
                && named > number
                && LineFormat.hasLink(buffer, start, length);
        boolean accepted = formed
                && (carriedKnown && isLinked(carried, buffer, start, length)
                        || computedKnown && isLinked(computed, buffer, start, length)
                        || !carriedKnown && named - number <= MAX_LOST);
        if (accepted) {
            number = named;
            carry(buffer, start, length);
            return Verdict.WHOLE;
        }
        damaged(buffer, start, length);
        return Verdict.DAMAGED;
    }

    /** Takes note of a line that is too long to be one. */
    Verdict oversize() {
        carriedKnown = false;
        computedKnown = false;
        return newer ? Verdict.NEWER : Verdict.DAMAGED;
    }

    private void carry(byte[] buffer, int start, int length) {
        System.arraycopy(buffer, LineFormat.linkAt(start, length), carried, 0, LineFormat.LINK);
        System.arraycopy(carried, 0, whole, 0, LineFormat.LINK);
        carriedKnown = true;
        computedKnown = false;
    }

    private void damaged(byte[] buffer, int start, int length) {
        // The link that this line should carry can be told only if the link before it is known for sure.
        boolean sure = carriedKnown && !computedKnown && length >= LineFormat.TAIL;
        if (sure) {
            digest.link(carried, buffer, start, length - LineFormat.TAIL, computed);
        }
        computedKnown = sure;
        carriedKnown = LineFormat.hasLink(buffer, start, length);
        if (carriedKnown) {
            System.arraycopy(buffer, LineFormat.linkAt(start, length), carried, 0, LineFormat.LINK);
        }
    }

    private boolean isLinked(byte[] previous, byte[] buffer, int start, int length) {
        digest.link(previous, buffer, start, length - LineFormat.TAIL, scratch);
        int at = LineFormat.linkAt(start, length);
        return Arrays.equals(buffer, at, at + LineFormat.LINK, scratch, 0, LineFormat.LINK);
    }

    /** Tells a flipped bit in the version from a newer version: with the version put right, the line is whole. */
    private boolean isVersionDamaged(byte[] previous, byte[] buffer, int start, int length) {
        if (previous.length == 0 || !LineFormat.hasLink(buffer, start, length)) {
            return false;
        }
        byte[] mended = Arrays.copyOfRange(buffer, start, start + length);
        mended[LineFormat.BEGIN.length] = '0' + LineFormat.VERSION;
        return isLinked(previous, mended, 0, length);
    }
}
