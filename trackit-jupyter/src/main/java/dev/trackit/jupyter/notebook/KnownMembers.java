package dev.trackit.jupyter.notebook;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the members of one object: skips those that nobody asks for, and refuses a second one of those that somebody asks
 * for, because then different programs would read different notebooks in the same file.
 */
final class KnownMembers {
    private final JsonScanner json;
    private final Set<String> known;
    private final Set<String> seen = new HashSet<>();

    private KnownMembers(JsonScanner json, Set<String> known) {
        this.json = json;
        this.known = known;
    }

    /** Enters the object that stands next; null if something else stands there, which is skipped. */
    static @Nullable KnownMembers enter(JsonScanner json, Set<String> known) throws IOException {
        if (json.peek() != JsonScanner.Kind.OBJECT) {
            json.skip();
            return null;
        }
        json.enterObject();
        return new KnownMembers(json, known);
    }

    /** The next known name, whose value then stands next; null at the object's end. */
    @Nullable
    String next() throws IOException {
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            if (known.contains(name)) {
                if (!seen.add(name)) {
                    throw JsonFault.at(json.offset(), "has two members \"" + name + "\" in one object");
                }
                return name;
            }
            json.skip();
        }
        return null;
    }
}
