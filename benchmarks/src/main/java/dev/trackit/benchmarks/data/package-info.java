/** Seeded data of any size: the same seed gives the same bytes. */
@NullMarked
package dev.trackit.benchmarks.data;

import org.jspecify.annotations.NullMarked;
