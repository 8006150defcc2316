package dev.trackit.jupyter.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountsTest {

    @ParameterizedTest
    @CsvSource({
        "nfs4,true",
        "cifs,true",
        "fuse.sshfs,true",
        "fuseblk,true",
        "9p,true",
        "virtiofs,true",
        "ext4,false",
        "btrfs,false",
        "overlay,false",
        "tmpfs,false",
        "apfs,false",
        "NTFS,false"
    })
    void networkAndSharedFoldersAreKnown(String type, boolean silent) {
        assertThat(Mounts.isSilent(type)).isEqualTo(silent);
    }

    @Test
    void aLocalFolderHasEvents(@TempDir Path folder) {
        assertThat(Mounts.silentKind(folder)).isEmpty();
        assertThat(Mounts.silentKind(folder.resolve("not/there"))).isEmpty();
    }
}
