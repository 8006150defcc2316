package dev.trackit.jupyter.watch;

import dev.trackit.jupyter.notebook.NotebookReading;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last readings of the notebooks that are worked on, by which the next ones are cheap. Bounded in bytes: those that were read the longest time ago are given up,
 * and are read in full the next time. Belongs to the watcher's thread.
 */
final class FormerReadings {
    private final long most;
    private final Map<FollowedNotebook, NotebookReading> readings = new LinkedHashMap<>();
    private long bytes;

    /** @param most how many bytes may be held */
    FormerReadings(long most) {
        this.most = most;
    }

    /** Takes the reading of a notebook, for one use; null if there is none. */
    @Nullable
    NotebookReading take(FollowedNotebook notebook) {
        NotebookReading reading = readings.remove(notebook);
        bytes -= reading == null ? 0 : reading.heldBytes();
        return reading;
    }

    /** Keeps the reading of a notebook, instead of any earlier one. */
    void put(FollowedNotebook notebook, NotebookReading reading) {
        take(notebook);
        if (reading.heldBytes() > 0) {
            readings.put(notebook, reading);
            bytes += reading.heldBytes();
        }
        Iterator<NotebookReading> eldest = readings.values().iterator();
        while (bytes > most) {
            bytes -= eldest.next().heldBytes();
            eldest.remove();
        }
    }

    int size() {
        return readings.size();
    }
}
