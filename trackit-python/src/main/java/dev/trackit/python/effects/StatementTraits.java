package dev.trackit.python.effects;

import dev.trackit.api.Effect;
import dev.trackit.api.Location;
import dev.trackit.api.Statement.Trait;
import dev.trackit.python.ast.Stmt;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What else is worth knowing of a statement. */
final class StatementTraits {

    Set<Trait> of(Stmt s, List<Effect> effects, boolean failed) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        switch (s.kind()) {
            case IMPORT, IMPORT_FROM -> traits.add(Trait.IMPORT);
            case FUNCTION_DEF, CLASS_DEF -> traits.add(Trait.DEFINITION);
            case LINE_MAGIC, CELL_MAGIC, SHELL_COMMAND, AUTO_CALL -> traits.add(Trait.IPYTHON);
            case HELP -> {
                traits.add(Trait.IPYTHON);
                traits.add(Trait.DISPLAY);
            }
            case BAD_STATEMENT -> traits.add(Trait.UNREADABLE);
            default -> {}
        }
        if (failed) {
            traits.add(Trait.FAILED);
        }
        boolean shows = s.kind() == Stmt.Kind.EXPR_STMT || s.kind() == Stmt.Kind.PRINT_STMT;
        if (shows && changesNothing(effects)) {
            traits.add(Trait.DISPLAY);
        }
        return traits;
    }

    /** Apart from what is only shown: the value that IPython remembers. */
    private static boolean changesNothing(List<Effect> effects) {
        for (Effect e : effects) {
            boolean remembers = e.location().kind() == Location.Kind.HIDDEN
                    && e.location().label().startsWith("Out[");
            boolean makes = e.location().kind() == Location.Kind.OBJECT && e.kind() == Effect.Kind.WRITE;
            if (e.kind() != Effect.Kind.READ && !remembers && !makes) {
                return false;
            }
        }
        return true;
    }
}
