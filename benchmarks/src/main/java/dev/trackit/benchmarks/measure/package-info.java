/** Measuring on a machine that others use too: processor time and allocation, the cheapest of many interleaved rounds. */
@NullMarked
package dev.trackit.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
