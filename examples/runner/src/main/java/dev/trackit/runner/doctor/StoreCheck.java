package dev.trackit.runner.doctor;

import dev.trackit.runner.agent.AgentLock;
import dev.trackit.runner.cli.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the record can be written, has room, and can be read by nobody else. */
final class StoreCheck implements Check {
    private static final String AREA = "store";
    private static final long LITTLE_ROOM = 200_000_000;

    private final Path data;

    StoreCheck(Path data) {
        this.data = data;
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        Path existing = nearestExisting(data);
        if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
            findings.add(Finding.problem(
                    AREA,
                    "the record cannot be written: " + (existing == null ? data : existing)
                            + " is not a writable folder",
                    "Make it writable, or keep the record elsewhere: --store DIR"));
            return findings;
        }
        findings.add(Finding.fine(
                AREA,
                Files.isDirectory(data) ? data + " can be written" : data + " does not exist yet and can be created"));
        room(existing, findings);
        privacy(findings);
        OptionalLong agent = AgentLock.holder(data);
        findings.add(
                agent.isPresent()
                        ? Finding.fine("agent", "an agent runs, process " + agent.getAsLong())
                        : Finding.note("agent", "no agent runs", "To record: trackit up"));
        return findings;
    }

    private static void room(Path existing, List<Finding> findings) {
        try {
            long room = Files.getFileStore(existing).getUsableSpace();
            findings.add(
                    room < LITTLE_ROOM
                            ? Finding.problem(
                                    AREA,
                                    "only " + Wording.bytes(room) + " are free on its disk",
                                    "Make room, or keep the record elsewhere: --store DIR")
                            : Finding.fine(AREA, Wording.bytes(room) + " are free on its disk"));
        } catch (IOException e) {
            findings.add(Finding.note(AREA, "how much room is left cannot be told: " + e.getMessage(), ""));
        }
    }

    private void privacy(List<Finding> findings) {
        PosixFileAttributeView view =
                Files.getFileAttributeView(data, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null || !Files.isDirectory(data)) {
            return;
        }
        try {
            Set<PosixFilePermission> permissions = view.readAttributes().permissions();
            boolean open = permissions.stream().anyMatch(p -> !p.name().startsWith("OWNER"));
            if (open) {
                findings.add(Finding.problem(
                        AREA, data + " can be entered by other users of this machine", "chmod 700 " + data));
            }
        } catch (IOException e) {
            findings.add(Finding.note(AREA, "the permissions of " + data + " cannot be read", ""));
        }
    }

    private static @Nullable Path nearestExisting(Path path) {
        Path at = path.toAbsolutePath().normalize();
        while (at != null && !Files.exists(at)) {
            at = at.getParent();
        }
        return at;
    }
}
