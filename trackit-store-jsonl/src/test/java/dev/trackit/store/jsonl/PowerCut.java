package dev.trackit.store.jsonl;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file layer that writes down each step, and can then build what a disk may hold if the power had gone after any of them.
 *
 * <p>The model is the weakest that POSIX allows: what was written to a file after its last force may be there or not, each
 * write for itself, cut at any byte, or as zeros; the same for its size. A name that was created, replaced or removed
 * after the last force of its folder may be so or not, each for itself, whatever was forced in the file.
 */
final class PowerCut extends ForwardingLayer {
    private final Path root;
    private final boolean filesForced;
    private final boolean foldersForced;
    private final List<Step> steps = new ArrayList<>();
    private final Map<Path, Integer> inodes = new HashMap<>();
    private int nextInode = 1;

    /** How what was not forced is left. */
    enum Fate {
        LOST,
        KEPT,
        CUT,
        REORDERED,
        ZEROED
    }

    private interface Step {}

    private record Write(int inode, long position, byte[] bytes) implements Step {}

    private record Truncate(int inode, long size) implements Step {}

    private record Force(int inode) implements Step {}

    /** A name in a folder; inode 0 for removed, -1 for a folder. */
    private record Name(Path path, int inode) implements Step {}

    private record ForceFolder(Path folder) implements Step {}

    /** With forces of files or of folders left out, if asked: the test must then find losses. */
    PowerCut(Path root, boolean filesForced, boolean foldersForced) {
        this.root = root;
        this.filesForced = filesForced;
        this.foldersForced = foldersForced;
    }

    int steps() {
        return steps.size();
    }

    /** How many bytes the step wrote; 0 if it did not write. */
    int bytesOf(int step) {
        return steps.get(step) instanceof Write write ? write.bytes.length : 0;
    }

    @Override
    public LogFile openToWrite(Path file) throws IOException {
        boolean created = !exists(file);
        LogFile open = super.openToWrite(file);
        if (created) {
            inodes.put(file, nextInode);
            steps.add(new Name(file, nextInode++));
        }
        int inode = requireNonNull(inodes.get(file));
        return new Forwarding(open) {
            @Override
            public int write(ByteBuffer source, long position) throws IOException {
                byte[] bytes = new byte[source.remaining()];
                source.duplicate().get(bytes);
                int count = super.write(source, position);
                steps.add(new Write(inode, position, Arrays.copyOf(bytes, count)));
                return count;
            }

            @Override
            public void truncate(long size) throws IOException {
                super.truncate(size);
                steps.add(new Truncate(inode, size));
            }

            @Override
            public void force() {
                if (filesForced) {
                    steps.add(new Force(inode));
                }
            }
        };
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        boolean created = !exists(folder);
        super.createFolder(folder);
        if (created) {
            steps.add(new Name(folder, -1));
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        super.rename(from, to);
        int inode = requireNonNull(inodes.remove(from));
        inodes.put(to, inode);
        steps.add(new Name(to, inode));
        steps.add(new Name(from, 0));
    }

    @Override
    public void delete(Path file) throws IOException {
        super.delete(file);
        if (inodes.remove(file) != null) {
            steps.add(new Name(file, 0));
        }
    }

    @Override
    public void forceFolder(Path folder) {
        if (foldersForced) {
            steps.add(new ForceFolder(folder));
        }
    }

    /** Builds in a folder what may be there if the power goes after these many steps, the last of which wrote only so many bytes. */
    void rebuild(int count, int bytesOfLast, Fate files, Fate names, Random random, Path target) {
        Map<Integer, List<Step>> pending = new HashMap<>();
        Map<Integer, byte[]> contents = new HashMap<>();
        Map<Path, Integer> entries = new LinkedHashMap<>();
        List<Name> pendingNames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Step step = steps.get(i);
            if (step instanceof Write write) {
                boolean last = i == count - 1 && bytesOfLast < write.bytes.length;
                Write seen =
                        last ? new Write(write.inode, write.position, Arrays.copyOf(write.bytes, bytesOfLast)) : write;
                pending.computeIfAbsent(write.inode, none -> new ArrayList<>()).add(seen);
            } else if (step instanceof Truncate truncate) {
                pending.computeIfAbsent(truncate.inode, none -> new ArrayList<>())
                        .add(truncate);
            } else if (step instanceof Force force) {
                List<Step> forced = pending.remove(force.inode);
                contents.put(force.inode, applied(contents.get(force.inode), forced, Fate.KEPT, random));
            } else if (step instanceof Name name) {
                pendingNames.add(name);
            } else if (step instanceof ForceFolder force) {
                pendingNames.removeIf(name -> {
                    boolean forced = force.folder.equals(name.path.getParent());
                    if (forced) {
                        entries.put(name.path, name.inode);
                    }
                    return forced;
                });
            }
        }
        for (Name name : pendingNames) {
            if (names == Fate.KEPT || names != Fate.LOST && random.nextBoolean()) {
                entries.put(name.path, name.inode);
            }
        }
        pending.forEach((inode, left) -> contents.put(inode, applied(contents.get(inode), left, files, random)));
        build(entries, contents, target);
    }

    private static byte[] applied(byte @Nullable [] before, @Nullable List<Step> steps, Fate fate, Random random) {
        byte[] content = before == null ? new byte[0] : before;
        if (steps == null || fate == Fate.LOST) {
            return content;
        }
        int last = fate == Fate.CUT ? random.nextInt(steps.size() + 1) : steps.size();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            boolean skipped = i > last || fate == Fate.REORDERED && random.nextBoolean();
            if (skipped) {
                continue;
            }
            if (step instanceof Truncate truncate) {
                content = Arrays.copyOf(content, (int) truncate.size);
            } else if (step instanceof Write write) {
                byte[] bytes = write.bytes;
                if (i == last) {
                    bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
                } else if (fate == Fate.ZEROED && bytes.length > 0) {
                    bytes = bytes.clone();
                    int from = random.nextInt(bytes.length);
                    Arrays.fill(bytes, from, from + random.nextInt(bytes.length - from) + 1, (byte) 0);
                } else if (fate == Fate.REORDERED && bytes.length > 0 && random.nextBoolean()) {
                    // Pages in the middle of one write may come late as well: a hole, which reads as zeros.
                    bytes = bytes.clone();
                    Arrays.fill(bytes, 0, random.nextInt(bytes.length), (byte) 0);
                }
                int end = (int) write.position + bytes.length;
                content = end > content.length ? Arrays.copyOf(content, end) : content.clone();
                System.arraycopy(bytes, 0, content, (int) write.position, bytes.length);
            }
        }
        return content;
    }

    private void build(Map<Path, Integer> entries, Map<Integer, byte[]> contents, Path target) {
        try {
            // Sorted: a folder comes before what is in it. What is in a folder that was lost is lost.
            for (Map.Entry<Path, Integer> entry : new TreeMap<>(entries).entrySet()) {
                Path path = target.resolve(root.relativize(entry.getKey()).toString());
                if (entry.getValue() == 0 || !Files.isDirectory(requireNonNull(path.getParent()))) {
                    continue;
                } else if (entry.getValue() == -1) {
                    Files.createDirectory(path);
                } else {
                    Files.write(path, contents.getOrDefault(entry.getValue(), new byte[0]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
