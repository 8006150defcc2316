/**
 * The syntax tree of a notebook cell: Python as CPython's {@code ast} module describes it, plus nodes for IPython's own
 * syntax, for the statements of Python 2 that are still found in notebooks, and for statements that could not be parsed.
 *
 * <p>All values are immutable and safe to share between threads. Names follow CPython's; where this tree differs, the
 * type says so.
 */
@NullMarked
package dev.trackit.python.ast;

import org.jspecify.annotations.NullMarked;
