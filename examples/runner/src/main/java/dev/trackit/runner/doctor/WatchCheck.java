package dev.trackit.runner.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** Whether the folder can be watched: how large it is, what the system allows, and whether file events come from there. */
final class WatchCheck implements Check {
    private static final String AREA = "watching";
    private static final long COUNT_UP_TO = 200_000;

    private final Path folder;
    private final Path limits;

    WatchCheck(Path folder) {
        this(folder, Path.of("/proc/sys/fs/inotify"));
    }

    WatchCheck(Path folder, Path limits) {
        this.folder = folder;
        this.limits = limits;
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        AtomicLong folders = new AtomicLong();
        AtomicLong notebooks = new AtomicLong();
        try {
            count(folders, notebooks);
        } catch (IOException e) {
            findings.add(
                    Finding.problem(AREA, folder + " cannot be read: " + e.getMessage(), "Choose another folder."));
            return findings;
        }
        boolean all = folders.get() < COUNT_UP_TO;
        findings.add(Finding.fine(
                AREA,
                folder + ": " + (all ? "" : "more than ")
                        + String.format(Locale.ROOT, "%,d notebooks in %,d folders", notebooks.get(), folders.get())));
        limit("max_user_watches").ifPresent(limit -> findings.add(watches(folders.get(), limit)));
        limit("max_user_instances").ifPresent(limit -> {
            if (limit < 64) {
                findings.add(Finding.note(
                        AREA,
                        "the system allows only " + limit + " watchers per user (fs.inotify.max_user_instances)",
                        "If trackit says that it polls: sudo sysctl fs.inotify.max_user_instances=512"));
            }
        });
        findings.addAll(fileSystem());
        return findings;
    }

    private static Finding watches(long folders, long limit) {
        String text = String.format(Locale.ROOT, "the system allows %,d watched folders per user", limit);
        return folders * 10 > limit * 9
                ? Finding.problem(
                        AREA,
                        text + ", and there are " + String.format(Locale.ROOT, "%,d", folders)
                                + ": folders beyond it are polled every few seconds",
                        "sudo sysctl fs.inotify.max_user_watches=524288, or track a smaller folder")
                : Finding.fine(AREA, text);
    }

    private List<Finding> fileSystem() {
        try {
            String type = Files.getFileStore(folder).type().toLowerCase(Locale.ROOT);
            boolean remote = type.startsWith("nfs")
                    || type.contains("cifs")
                    || type.contains("smb")
                    || type.startsWith("fuse")
                    || type.equals("9p")
                    || type.equals("virtiofs")
                    || type.equals("vboxsf");
            return remote
                    ? List.of(Finding.note(
                            AREA,
                            folder + " is on a " + type + " mount, from which file events may not come",
                            "Nothing to do: trackit looks at the files every few seconds as well."))
                    : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private OptionalLong limit(String name) {
        // With one read: the kernel gives such a number only once, and whoever asks for one byte first gets one digit.
        byte[] buffer = new byte[64];
        try (InputStream in = Files.newInputStream(limits.resolve(name))) {
            int length = Math.max(0, in.read(buffer));
            String text = new String(buffer, 0, length, StandardCharsets.US_ASCII).strip();
            return text.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
        } catch (IOException e) {
            // Another system than Linux: no such limit.
            return OptionalLong.empty();
        }
    }

    private void count(AtomicLong folders, AtomicLong notebooks) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                Path name = dir.getFileName();
                if (!dir.equals(folder) && name != null && name.toString().startsWith(".")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return folders.incrementAndGet() < COUNT_UP_TO ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".ipynb")) {
                    notebooks.incrementAndGet();
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (file.equals(folder)) {
                    throw e;
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
