/** From the source of a cell to its syntax tree: Python 3.14, IPython's own syntax, errors contained in their statement. */
@NullMarked
package dev.trackit.python.parse;

import org.jspecify.annotations.NullMarked;
