/** What the parts cost, each beside a baseline of the same run. */
@NullMarked
package dev.trackit.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
