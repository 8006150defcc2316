package dev.trackit.jupyter.watch;

import dev.trackit.api.Digest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides what became of a notebook that is not at its place any more: replaced in one step by a save, moved, or deleted. Belongs
 * to the watcher's thread.
 *
 * <p>A path counts more than an inode: many programs save by writing a new file and renaming it, some keep the old file under another
 * name. So nothing is decided at once; if the path is there again within a short time, it was a save, and the other file
 * is a copy. Otherwise the notebook that has the same identity and stamp is where it moved, or a new one with the same content. What
 * is left was deleted.
 */
final class Disappearances {
    /** How long the old path must stay away until a move is believed. */
    private static final long SETTLE = Duration.ofMillis(300).toNanos();
    /** How long a notebook counts as new. */
    private static final long YOUNG = Duration.ofSeconds(10).toNanos();
    /** How long to wait for a digest at most. */
    private static final long DIGESTING = Duration.ofSeconds(5).toNanos();

    /** Is told what was decided, and helps to decide. */
    interface Decisions {
        /** It was moved. */
        void moved(Path from, Path to);

        /** It was deleted. */
        void deleted(Path notebook);

        /** The digest that this notebook had last, if it is known. */
        @Nullable
        Digest digest(Path notebook);

        /** Finds the digest of a file, and calls {@link Disappearances#digested}. */
        void digestOf(Path candidate);
    }

    private static final class Missing {
        final Stamp stamp;
        final boolean young;
        long since;

        @Nullable
        Path target;

        int waiting;

        Missing(Stamp stamp, boolean young, long since) {
            this.stamp = stamp;
            this.young = young;
            this.since = since;
        }
    }

    private final NotebookTree tree;
    private final Decisions decisions;
    private final long grace;
    private final Map<Path, Missing> missing = new HashMap<>();
    private final Map<Path, Long> recent = new HashMap<>();
    private long walkedAt = Long.MIN_VALUE;
    private boolean mustWalk;

    Disappearances(NotebookTree tree, Decisions decisions, Duration grace) {
        this.tree = tree;
        this.decisions = decisions;
        this.grace = grace.toNanos();
    }

    /** Whether only walks find new files, so that one must pass before a notebook counts as deleted. */
    void mustWalk(boolean mustWalk) {
        this.mustWalk = mustWalk;
    }

    /** A walk of the whole tree that began at this time is complete. */
    void walked(long begin) {
        walkedAt = begin;
    }

    /** Whether something is missing that a walk could find. */
    boolean wantsWalk() {
        return mustWalk && missing.values().stream().anyMatch(m -> m.target == null && m.since >= walkedAt);
    }

    /** A notebook is not there any more. */
    void gone(Path notebook, Stamp stamp, long now) {
        boolean young = recent.remove(notebook) != null;
        for (Map.Entry<Path, Missing> earlier : missing.entrySet()) {
            Missing m = earlier.getValue();
            if (notebook.equals(m.target)) {
                // moved on before the first move was believed
                m.target = null;
                m.since = now;
                findTarget(earlier.getKey(), m);
                return;
            }
        }
        Missing m = new Missing(stamp, young, now);
        Path same = tree.byKey(stamp.fileKey());
        if (same != null && !same.equals(notebook) && young && !recent.containsKey(same)) {
            // a new file was renamed over an old notebook: that was a save
            return;
        }
        missing.put(notebook, m);
        findTarget(notebook, m);
    }

    /**
     * A notebook is there that was not known.
     *
     * @return whether it is back after it was missed
     */
    boolean appeared(Path notebook, Stamp stamp, long now) {
        if (missing.remove(notebook) != null) {
            return true;
        }
        if (walkedAt != Long.MIN_VALUE) {
            // what the first walk finds is not new
            recent.put(notebook, now);
        }
        missing.forEach((path, m) -> consider(path, m, notebook, stamp));
        return false;
    }

    /** The file at a known path was replaced by another. */
    void replaced(Path notebook, Stamp stamp) {
        Iterator<Missing> all = missing.values().iterator();
        while (all.hasNext()) {
            Missing m = all.next();
            if (m.young && Objects.equals(m.stamp.fileKey(), stamp.fileKey())) {
                // a new file was renamed over an old notebook, perhaps before its last bytes were noticed: that was a
                // save
                all.remove();
            } else if (m.target == null && m.stamp.isSameFileAs(stamp)) {
                m.target = notebook;
            }
        }
    }

    /** A digest that was asked for; null if the file could not be read. */
    void digested(Path candidate, @Nullable Digest digest) {
        missing.forEach((path, m) -> {
            if (m.waiting > 0) {
                m.waiting--;
                if (m.target == null && digest != null && digest.equals(decisions.digest(path))) {
                    m.target = candidate;
                }
            }
        });
    }

    /** Decides what is ripe. */
    void tick(long now) {
        recent.values().removeIf(since -> now - since > YOUNG);
        List<Runnable> ripe = new ArrayList<>();
        Iterator<Map.Entry<Path, Missing>> all = missing.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Path, Missing> entry = all.next();
            Path path = entry.getKey();
            Missing m = entry.getValue();
            Path target = m.target;
            if (target != null && now - m.since >= SETTLE) {
                ripe.add(() -> decisions.moved(path, target));
                all.remove();
            } else if (target == null && isGivenUp(m, now)) {
                ripe.add(() -> decisions.deleted(path));
                all.remove();
            }
        }
        ripe.forEach(Runnable::run);
    }

    /** Whether anything is undecided. */
    boolean isBusy() {
        return !missing.isEmpty();
    }

    private boolean isGivenUp(Missing m, long now) {
        boolean digesting = m.waiting > 0 && now - m.since < DIGESTING;
        return now - m.since >= grace && !digesting && (!mustWalk || walkedAt > m.since);
    }

    private void findTarget(Path notebook, Missing m) {
        Path same = tree.byKey(m.stamp.fileKey());
        if (same != null) {
            Stamp there = tree.stamp(same);
            if (there != null && !same.equals(notebook)) {
                consider(notebook, m, same, there);
            }
        }
        for (Path candidate : recent.keySet()) {
            Stamp stamp = tree.stamp(candidate);
            if (stamp != null) {
                consider(notebook, m, candidate, stamp);
            }
        }
    }

    private void consider(Path notebook, Missing m, Path candidate, Stamp stamp) {
        if (m.target != null || candidate.equals(notebook)) {
            return;
        }
        boolean sameName = Objects.equals(notebook.getFileName(), candidate.getFileName());
        if (m.stamp.isSameFileAs(stamp) || (sameName && m.stamp.mayBeMovedTo(stamp))) {
            m.target = candidate;
        } else if (m.stamp.size() == stamp.size() && decisions.digest(notebook) != null) {
            m.waiting++;
            decisions.digestOf(candidate);
        }
    }
}
