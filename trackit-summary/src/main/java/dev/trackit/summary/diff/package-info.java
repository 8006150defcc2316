/** What is different between two runs: of the cells, of the steps on data, of the results, and which of these can explain which. */
@NullMarked
package dev.trackit.summary.diff;

import org.jspecify.annotations.NullMarked;
