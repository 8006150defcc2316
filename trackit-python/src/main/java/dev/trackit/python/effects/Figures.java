package dev.trackit.python.effects;

import dev.trackit.api.Effect;
import dev.trackit.api.Effect.Certainty;
import dev.trackit.python.knowledge.CallKnowledge;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Matplotlib's current figure. A notebook's inline pictures are closed when a cell ends, so each execution begins without one, and the first
 * call that draws makes one.
 */
final class Figures {
    private final Machine m;
    private @Nullable HeapObject current;
    private int madeIn;

    /** Functions that draw nothing, or not only, but give what the current figure has. */
    private static final Set<String> GIVES = Set.of("gca", "xlim", "ylim", "axis", "xticks", "yticks");

    Figures(Machine machine) {
        this.m = machine;
    }

    void apply(CallKnowledge k, CallArguments args) {
        switch (k.figure()) {
            case NONE -> {}
            case NEW -> current = make();
            case DRAW -> {
                readLook();
                if (GIVES.contains(k.name())) {
                    m.heap.readDeep(Value.of(current()));
                }
                CallArguments.Argument axes = args.named("ax");
                if (axes != null && axes.value().constant() != HeapObject.NONE) {
                    for (HeapObject o : axes.value().objects()) {
                        m.heap.mutateContent(o, Certainty.SURE);
                    }
                } else {
                    m.heap.mutateContent(current(), Certainty.SURE);
                }
            }
            case READ -> m.heap.readDeep(Value.of(current()));
            case CLOSE -> current = null;
        }
    }

    /** The current figure, made now if there is none. */
    HeapObject current() {
        HeapObject c = current;
        if (c == null || madeIn != m.execution) {
            c = make();
            current = c;
        }
        return c;
    }

    private HeapObject make() {
        madeIn = m.execution;
        HeapObject figure = m.heap.make(m.types.figure);
        m.log.add(Effect.Kind.WRITE, m.heap.location(figure, ""), false);
        readLook();
        return figure;
    }

    /** How pictures look by default matters to pictures alone, so that it is only perhaps read. */
    private void readLook() {
        m.log.add(Effect.Kind.READ, LibraryCalls.hiddenLocation("matplotlib.rc"), Certainty.POSSIBLE, true);
        m.log.add(Effect.Kind.READ, LibraryCalls.hiddenLocation("matplotlib.names"), Certainty.POSSIBLE, true);
    }

    /** Axes belong to the current figure: what changes them changes it. */
    void belongs(HeapObject axes) {
        HeapObject figure = current();
        if (figure.elements.objects().length < 12) {
            m.heap.addElement(figure, Value.of(axes), false);
        }
        m.heap.link(axes, Value.of(figure));
        axes.addView(figure, true);
    }
}
