/** How cost grows with what is stored. */
@NullMarked
package dev.trackit.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
