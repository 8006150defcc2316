/**
 * What Python statements do: an abstract interpreter that runs each statement over sets of abstract objects instead of values.
 *
 * <p>It keeps, for one kernel session, what every top-level name may stand for: objects with a type as far as it is known, their parts
 * (columns, items, attributes), what they hold, with whom they share memory, and constants as far as they reach. A statement is evaluated
 * in the order in which Python evaluates it, calls of the user's own functions by interpreting their bodies with the actual arguments and
 * the globals of that moment, calls of libraries by what {@link dev.trackit.python.knowledge} says of them. Each read, write and change
 * of something that outlives the statement becomes an effect.
 *
 * <p>Both branches of a condition that is not known are followed from the same state, and joined; loop bodies are run twice, which is
 * enough for values to flow from one round to the next. Everything is bounded by a budget of steps per execution and a depth of calls;
 * what lies beyond is treated like a call of an unknown function, and said so.
 */
@NullMarked
package dev.trackit.python.effects;

import org.jspecify.annotations.NullMarked;
