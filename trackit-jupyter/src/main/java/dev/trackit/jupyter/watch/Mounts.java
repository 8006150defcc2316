package dev.trackit.jupyter.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where file events do not come, or not for changes that others make: network mounts, and folders that a virtual machine or
 * container shares with its host.
 */
final class Mounts {
    private static final Set<String> SILENT = Set.of(
            "nfs",
            "nfs3",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "afs",
            "ceph",
            "glusterfs",
            "lustre",
            "gpfs",
            "beegfs",
            "9p",
            "drvfs",
            "virtiofs",
            "vboxsf",
            "vmhgfs",
            "prl_fs",
            "fakeowner",
            "sshfs",
            "davfs");

    private Mounts() {}

    /** The kind of file system of this folder, if events cannot be relied on there. */
    static Optional<String> silentKind(Path folder) {
        try {
            String type = Files.getFileStore(folder).type().toLowerCase(Locale.ROOT);
            return isSilent(type) ? Optional.of(type) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static boolean isSilent(String type) {
        return SILENT.contains(type) || type.startsWith("fuse");
    }
}
