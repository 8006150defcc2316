/** Bounds of cost that each build checks: ratios within one run, and allocation. Never times. */
@NullMarked
package dev.trackit.benchmarks.guard;

import org.jspecify.annotations.NullMarked;
