/** The commands that answer from the lineage graph: lineage, slice, uses. */
@NullMarked
package dev.trackit.runner.lineage;

import org.jspecify.annotations.NullMarked;
