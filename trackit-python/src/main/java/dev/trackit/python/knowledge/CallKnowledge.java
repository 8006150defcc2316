package dev.trackit.python.knowledge;

import dev.trackit.api.TransformationKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one function, method or attribute. Parameters are named as in the library; {@code self} is the object of a method
 * and {@code *} stands for all arguments. Immutable.
 *
 * @param name the short name
 * @param params the parameters that matter, in the order in which they can be given by place
 * @param returns what is returned: one of these
 * @param view how sure it is that the result shares memory with the object, or with the arguments in {@code viewOf}
 * @param viewOf whose memory the result shares; empty for the object itself
 * @param mutates what is changed in place
 * @param inplace the parameter that, when true, makes it change the object and return nothing; empty if none
 * @param out the parameter that, when given, is filled and returned; empty if none
 * @param holds what the result keeps referring to
 * @param adds arguments that the object holds from then on
 * @param addsAll arguments whose elements the object holds from then on
 * @param stores arguments that become the object's content at the key that is the first parameter
 * @param calls parameters that are functions which it calls
 * @param reads parameters that name files or addresses which it reads
 * @param writes parameters that name files or addresses which it writes
 * @param removes parameters that name files which it removes
 * @param random the random generator that it uses, for example {@code numpy.random}; empty if none
 * @param seed the parameter that, when given and not {@code None}, makes it use a generator of its own
 * @param hiddenReads hidden state that it reads
 * @param hiddenWrites hidden state that it replaces
 * @param hiddenMutates hidden state that it changes
 * @param figure what it does to matplotlib's current figure
 * @param display whether it only shows something
 * @param kind which step on data it is; none if it is none
 * @param special a behaviour that the interpreter knows by name; empty if none
 * @param possible whether what it mutates is only possible
 * @param suffix what is added to the name of a file that it writes, if the name has no suffix; empty if nothing is
 */
public record CallKnowledge(
        String name,
        List<String> params,
        List<Returned> returns,
        View view,
        List<String> viewOf,
        List<String> mutates,
        String inplace,
        String out,
        List<String> holds,
        List<String> adds,
        List<String> addsAll,
        List<String> stores,
        List<String> calls,
        List<String> reads,
        List<String> writes,
        List<String> removes,
        String random,
        String seed,
        List<String> hiddenReads,
        List<String> hiddenWrites,
        List<String> hiddenMutates,
        Figure figure,
        boolean display,
        @Nullable TransformationKind kind,
        String special,
        boolean possible,
        String suffix) {

    /** How sure it is that a result shares memory. */
    public enum View {
        NO,
        POSSIBLE,
        LIKELY,
        SURE
    }

    /** What a function does to matplotlib's current figure. */
    public enum Figure {
        /** Nothing. */
        NONE,
        /** Draws on it, making it if there is none. */
        DRAW,
        /** Makes a new one. */
        NEW,
        /** Reads it. */
        READ,
        /** Closes it. */
        CLOSE
    }

    /** The place of a parameter, or -1 if it is not listed. */
    public int placeOf(String param) {
        return params.indexOf(param);
    }

    /** The same under another name. */
    CallKnowledge named(String other) {
        return new CallKnowledge(
                other,
                params,
                returns,
                view,
                viewOf,
                mutates,
                inplace,
                out,
                holds,
                adds,
                addsAll,
                stores,
                calls,
                reads,
                writes,
                removes,
                random,
                seed,
                hiddenReads,
                hiddenWrites,
                hiddenMutates,
                figure,
                display,
                kind,
                special,
                possible,
                suffix);
    }
}
