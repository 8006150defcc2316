package dev.trackit.runner.lineage;

import dev.trackit.api.Location;
import dev.trackit.api.Session;
import dev.trackit.core.lineage.ExternalDataset;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.lineage.Version;
import dev.trackit.core.slice.Slice;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder for one replay, with copies of the input files where the code will look for them. Paths that code writes relative to its
 * folder lead into the copy; a slice that would write by an absolute path is refused, since that would overwrite the user's file.
 */
final class ReplayFolder implements AutoCloseable {
    /** Up to how many bytes of input files are copied. */
    static final long LIMIT = 2L << 30;

    private final Path root;
    private final Path original;
    private final Path start;
    private final Map<ExternalDataset, Path> outputs;

    private ReplayFolder(Path root, Path original, Path start, Map<ExternalDataset, Path> outputs) {
        this.root = root;
        this.original = original;
        this.start = start;
        this.outputs = outputs;
    }

    /** Why a slice cannot be replayed. */
    static final class NotPossibleException extends Exception {
        private static final long serialVersionUID = 1L;

        NotPossibleException(String message) {
            super(message);
        }
    }

    static ReplayFolder prepare(LineageGraph graph, Slice slice) throws IOException, NotPossibleException {
        Set<Path> places = new LinkedHashSet<>();
        Path home = folder(slice.target().session());
        places.add(home);
        for (Slice.Piece piece : slice.pieces()) {
            places.add(folder(piece.statement().execution().session()));
        }
        Map<Path, Path> inputs = inputs(slice, places);
        Map<ExternalDataset, Path> written = written(graph, slice);
        written.values().forEach(path -> places.add(parent(path)));
        Path original = commonFolder(places);
        Path root = Files.createTempDirectory("trackit-replay-");
        ReplayFolder folder = new ReplayFolder(root, original, root.resolve(original.relativize(home)), written);
        try {
            for (Path place : places) {
                Files.createDirectories(folder.inside(place));
            }
            folder.copy(inputs.keySet());
        } catch (IOException | NotPossibleException e) {
            folder.close();
            throw e;
        }
        return folder;
    }

    private static Path folder(Session session) throws NotPossibleException {
        return session.workingFolder()
                .map(path -> path.toAbsolutePath().normalize())
                .orElseThrow(() -> new NotPossibleException("The folder in which the kernel ran is not known."));
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    /** The input files that code names relative to its folder. Those named absolutely are found where they are. */
    private static Map<Path, Path> inputs(Slice slice, Set<Path> places) {
        Map<Path, Path> inputs = new LinkedHashMap<>();
        for (Slice.Piece piece : slice.pieces()) {
            for (ExternalDataset.Access access : piece.statement().inputs()) {
                Path path = access.dataset().path().orElse(null);
                if (path != null
                        && !isAbsolute(access.label())
                        && slice.inputs().contains(access.dataset())) {
                    inputs.put(path, path);
                    places.add(parent(path));
                }
            }
        }
        return inputs;
    }

    private static boolean isAbsolute(String label) {
        return label.startsWith("/") || label.startsWith("~") || label.matches("[A-Za-z]:[\\\\/].*");
    }

    private static Map<ExternalDataset, Path> written(LineageGraph graph, Slice slice) throws NotPossibleException {
        Map<ExternalDataset, Path> written = new LinkedHashMap<>();
        for (Slice.Piece piece : slice.pieces()) {
            for (Version version : piece.statement().made()) {
                if (version.location().kind() != Location.Kind.EXTERNAL) {
                    continue;
                }
                Optional<ExternalDataset> dataset = graph.writtenAs(version);
                Optional<Path> path = dataset.flatMap(ExternalDataset::path);
                if (path.isEmpty() || isAbsolute(version.location().label())) {
                    throw new NotPossibleException("It writes to "
                            + version.location().label() + ", which lies outside the folder made for the replay.");
                }
                written.put(dataset.get(), path.get());
            }
        }
        return written;
    }

    private static Path commonFolder(Set<Path> places) throws NotPossibleException {
        @Nullable Path common = null;
        for (Path place : places) {
            if (common == null) {
                common = place;
            }
            while (common != null && !place.startsWith(common)) {
                common = common.getParent();
            }
        }
        if (common == null) {
            throw new NotPossibleException("Its files have no folder in common.");
        }
        return common;
    }

    private Path inside(Path path) {
        return root.resolve(original.relativize(path));
    }

    private void copy(Set<Path> inputs) throws IOException, NotPossibleException {
        List<Path> files = new ArrayList<>();
        for (Path input : inputs) {
            if (Files.isRegularFile(input)) {
                files.add(input);
            } else if (Files.isDirectory(input) || isPattern(input)) {
                Path folder = Files.isDirectory(input) ? input : parent(input);
                if (Files.isDirectory(folder)) {
                    try (Stream<Path> inFolder = Files.list(folder)) {
                        inFolder.filter(Files::isRegularFile).forEach(files::add);
                    }
                }
            } else {
                throw new NotPossibleException("The input file " + input + " is not there any more.");
            }
        }
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        if (bytes > LIMIT) {
            throw new NotPossibleException(
                    "Its input files have " + bytes + " bytes: more than are copied for a replay.");
        }
        for (Path file : files) {
            Path copy = inside(file);
            if (!Files.exists(copy)) {
                Files.createDirectories(parent(copy));
                Files.copy(file, copy);
            }
        }
    }

    private static boolean isPattern(Path path) {
        Path name = path.getFileName();
        return name != null && (name.toString().contains("*") || name.toString().contains("?"));
    }

    /** The folder in which the kernel is to run. */
    Path start() {
        return start;
    }

    /** The files that the slice writes: where they were written then. */
    Set<ExternalDataset> outputs() {
        return outputs.keySet();
    }

    /** Where the replay wrote what the session wrote here. */
    Path replayed(Path recorded) {
        return inside(recorded);
    }

    /** Removes the folder with all that is in it. */
    @Override
    public void close() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
