package dev.trackit.runner.summary;

import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.PrivateFiles;
import dev.trackit.spi.ProviderContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;

/**
 * What a data folder holds besides the logs: the options of summarizers in {@code config.properties}, which the user writes, and the salt of redaction
 * marks, which is made at first use.
 */
final class Settings {
    private static final int SALT_BYTES = 32;

    private final Path dataFolder;

    Settings(Path dataFolder) {
        this.dataFolder = dataFolder;
    }

    /** The context for opening a summarizer: the options of the file, then those of the command line, which win. */
    ProviderContext context(Path watchedFolder, Map<String, String> given) {
        ProviderContext.Builder context = ProviderContext.builder(watchedFolder, dataFolder);
        Properties file = file();
        for (String name : new TreeSet<>(file.stringPropertyNames())) {
            context.option(name, file.getProperty(name).strip());
        }
        given.forEach(context::option);
        return context.build();
    }

    private Properties file() {
        Properties properties = new Properties();
        Path file = dataFolder.resolve("config.properties");
        if (Files.isRegularFile(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw Failure.of(ExitCodes.IO, e, file + " cannot be read: " + e.getMessage());
            }
        }
        return properties;
    }

    /** The salt of this folder's redaction marks; a passing one where none can be kept. */
    byte[] salt() {
        Path file = dataFolder.resolve("redaction.salt");
        byte[] fresh = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(fresh);
        if (!Files.isDirectory(dataFolder)) {
            return fresh;
        }
        try {
            if (!Files.exists(file)) {
                try (FileChannel channel =
                        PrivateFiles.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    channel.write(ByteBuffer.wrap(fresh));
                    channel.force(true);
                    return fresh;
                } catch (FileAlreadyExistsException e) {
                    // Another process was first: its salt counts.
                }
            }
            byte[] kept = Files.readAllBytes(file);
            return kept.length >= SALT_BYTES ? kept : fresh;
        } catch (IOException e) {
            return fresh;
        }
    }
}
