/** The analyzer of Python code: what each statement of a notebook reads, writes, changes, and which step on data it is. */
@NullMarked
package dev.trackit.python;

import org.jspecify.annotations.NullMarked;
