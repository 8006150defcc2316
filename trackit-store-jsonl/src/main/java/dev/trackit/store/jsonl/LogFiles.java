package dev.trackit.store.jsonl;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the files of one log are. Immutable. */
record LogFiles(Path folder, String name) {
    private static final Pattern SEGMENT = Pattern.compile("([a-z0-9]{1,32})-([0-9]{6,18})\\.jsonl");

    Path segment(long number) {
        return folder.resolve(segmentName(number));
    }

    String segmentName(long number) {
        return String.format(Locale.ROOT, "%s-%06d.jsonl", name, number);
    }

    Path checkpoint() {
        return folder.resolve(name + ".checkpoint");
    }

    Path checkpointDraft() {
        return folder.resolve(name + ".checkpoint.tmp");
    }

    /** Where the landmarks of a segment are. */
    Path index(long number) {
        return folder.resolve(String.format(Locale.ROOT, "%s-%06d.index", name, number));
    }

    Path indexDraft() {
        return folder.resolve(name + ".index.tmp");
    }

    Path lock() {
        return folder.resolve(name + ".lock");
    }

    /** The numbers of the segments that exist, ascending. */
    List<Long> segments(FileLayer layer) throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (String file : layer.names(folder)) {
            Matcher matcher = SEGMENT.matcher(file);
            if (matcher.matches() && matcher.group(1).equals(name)) {
                numbers.add(Long.parseLong(matcher.group(2)));
            }
        }
        numbers.sort(null);
        return numbers;
    }

    /** The name of the log to which a file belongs as a segment. */
    static Optional<String> logOf(String file) {
        Matcher matcher = SEGMENT.matcher(file);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
