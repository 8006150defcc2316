package dev.trackit.store.jsonl;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Creates the store's folders when something is first written, and makes their names durable. Each is forced once per process even
 * if it was there: who created it may have died before. Safe for use by several threads.
 */
final class Folders {
    private static final byte[] IGNORE_ALL =
            "# Made by TrackIT: what it keeps is not for version control.\n*\n".getBytes(US_ASCII);

    private final FileLayer layer;
    private final Path dataFolder;
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();

    Folders(FileLayer layer, Path dataFolder) {
        this.layer = layer;
        this.dataFolder = dataFolder;
    }

    /** Makes sure of a folder at or under the data folder. */
    void ensure(Path folder) throws IOException {
        if (durable.contains(folder) && layer.exists(folder)) {
            return;
        }
        Path parent = requireNonNull(folder.getParent());
        if (folder.equals(dataFolder)) {
            Files.createDirectories(parent);
            layer.createFolder(folder);
            ignoreFile();
        } else {
            ensure(parent);
            layer.createFolder(folder);
        }
        layer.forceFolder(parent);
        durable.add(folder);
    }

    private void ignoreFile() throws IOException {
        Path ignore = dataFolder.resolve(".gitignore");
        if (!layer.exists(ignore)) {
            try (LogFile file = layer.openToWrite(ignore)) {
                file.writeFully(ByteBuffer.wrap(IGNORE_ALL), 0);
                file.force();
            }
        }
    }
}
