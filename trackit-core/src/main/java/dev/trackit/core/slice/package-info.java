/** The smallest right script for a variable or a file, and the comparison of its run with the record. */
@NullMarked
package dev.trackit.core.slice;

import org.jspecify.annotations.NullMarked;
