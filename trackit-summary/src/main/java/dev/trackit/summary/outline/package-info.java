/** From the lineage graph to an outline: what was done to data, step by step, in words and with ids. */
@NullMarked
package dev.trackit.summary.outline;

import org.jspecify.annotations.NullMarked;
