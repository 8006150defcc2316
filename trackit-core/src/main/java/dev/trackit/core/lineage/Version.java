package dev.trackit.core.lineage;

import dev.trackit.api.Effect;
import dev.trackit.api.Location;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value at one location from one statement on. A version that only adds to what was there (a change in place, a write that may
 * not have happened) knows the version before it: whoever uses it uses that one too, and so on down to a sure write.
 *
 * <p>Not safe for use by several threads while the graph grows.
 */
public final class Version {
    private final int number;
    private final Location location;
    private final StatementNode writer;
    private final Effect effect;
    private final @Nullable Version prior;
    private final boolean grounded;
    private final List<StatementNode> readers = new ArrayList<>(2);
    private @Nullable Version successor;
    private @Nullable Version original;

    Version(int number, Location location, StatementNode writer, Effect effect, @Nullable Version prior) {
        this.number = number;
        this.location = location;
        this.writer = writer;
        this.effect = effect;
        this.prior = prior;
        this.grounded = replaces(effect) || (prior != null && prior.grounded);
        if (prior != null) {
            prior.successor = this;
        }
    }

    static boolean replaces(Effect effect) {
        return effect.sure() && (effect.kind() == Effect.Kind.WRITE || effect.kind() == Effect.Kind.DELETE);
    }

    /** The place among all versions of the graph, from 0, in the order in which they were made. */
    public int number() {
        return number;
    }

    /** What has this version. */
    public Location location() {
        return location;
    }

    /** The statement that made it. */
    public StatementNode writer() {
        return writer;
    }

    /** How the statement made it. */
    public Effect effect() {
        return effect;
    }

    /** The version that this one adds to; null if it replaced what was there, or if nothing is known to have been there. */
    public @Nullable Version prior() {
        return prior;
    }

    /** Whether a sure write is at the beginning: if not, the state at the beginning came from outside the record. */
    public boolean grounded() {
        return grounded;
    }

    /** The version that adds to this one, if there is one. */
    public @Nullable Version successor() {
        return successor;
    }

    /** The statements that used exactly this version. */
    public List<StatementNode> readers() {
        return Collections.unmodifiableList(readers);
    }

    /** The first version that is known to be equal; itself if none is. */
    Version original() {
        return original == null ? this : original;
    }

    void sameAs(Version first) {
        this.original = first;
    }

    /** Whether the reader is new. */
    boolean addReader(StatementNode reader) {
        if (!readers.isEmpty() && readers.get(readers.size() - 1) == reader) {
            return false;
        }
        readers.add(reader);
        return true;
    }

    @Override
    public String toString() {
        return "Version[" + location.label() + " by " + writer + "]";
    }
}
