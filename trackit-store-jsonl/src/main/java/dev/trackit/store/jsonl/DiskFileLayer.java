package dev.trackit.store.jsonl;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file system of the machine. Files are created 0600 and folders 0700 whatever the umask; where the file system has no such
 * permissions, it says so once in the log and goes on with what the folder grants. Safe for use by several threads.
 */
final class DiskFileLayer implements FileLayer {
    private static final Logger log = LoggerFactory.getLogger(DiskFileLayer.class);
    private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS);
    private static final Set<OpenOption> WRITE =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE, NOFOLLOW_LINKS);
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");

    private final AtomicBoolean permissionsMissed = new AtomicBoolean();
    private final boolean forced;

    DiskFileLayer() {
        this(true);
    }

    /** @param forced whether a force is passed on to the disk */
    DiskFileLayer(boolean forced) {
        this.forced = forced;
    }

    @Override
    public LogFile openToRead(Path file) throws IOException {
        requireRegular(file);
        return new ChannelFile(() -> FileChannel.open(file, READ), forced);
    }

    @Override
    public LogFile openToWrite(Path file) throws IOException {
        boolean created = !exists(file);
        if (!created) {
            requireRegular(file);
        }
        LogFile open = new ChannelFile(() -> FileChannel.open(file, WRITE, permissions(file, OWNER_FILE)), forced);
        if (created) {
            restrict(file, OWNER_FILE);
        }
        return open;
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, permissions(folder, OWNER_FOLDER));
            restrict(folder, OWNER_FOLDER);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
                throw refused(folder, "is in the place of a folder of the store (links are not followed)");
            }
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        if (WINDOWS || !forced) {
            return; // Folders cannot be opened on Windows; NTFS journals names by itself.
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public List<String> names(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                names.add(entry.getFileName().toString());
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    @Override
    public boolean exists(Path file) {
        return Files.exists(file, NOFOLLOW_LINKS);
    }

    /** Checked before opening, because opening a pipe would wait for its other end. */
    private static void requireRegular(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
            throw refused(file, "is a symbolic link, and links are not followed in a store");
        } else if (!attributes.isRegularFile()) {
            throw refused(file, "is not a regular file");
        }
    }

    private static FileSystemException refused(Path file, String why) {
        return new FileSystemException(file.toString(), null, why);
    }

    private static FileAttribute<?>[] permissions(Path file, Set<PosixFilePermission> wanted) {
        return hasPermissions(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(wanted)}
                : new FileAttribute<?>[0];
    }

    /** Gives back what the umask took away from the owner; a file is never created wider than wanted. */
    private void restrict(Path file, Set<PosixFilePermission> wanted) {
        try {
            if (hasPermissions(file)) {
                if (!Files.getPosixFilePermissions(file, NOFOLLOW_LINKS).equals(wanted)) {
                    Files.setPosixFilePermissions(file, wanted);
                }
                return;
            }
        } catch (IOException | UnsupportedOperationException e) {
            log.debug("Permissions of {} could not be set", file, e);
        }
        if (permissionsMissed.compareAndSet(false, true)) {
            log.warn(
                    "The file system of {} has no owner-only permissions: other users may be able to read the log",
                    file);
        }
    }

    private static boolean hasPermissions(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
