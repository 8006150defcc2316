/** From analysed executions to the graph of what came from what: versions, uses, files, columns, staleness. */
@NullMarked
package dev.trackit.core.lineage;

import org.jspecify.annotations.NullMarked;
