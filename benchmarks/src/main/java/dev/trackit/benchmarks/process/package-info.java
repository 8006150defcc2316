/** What a real kernel feels of the agent beside it. */
@NullMarked
package dev.trackit.benchmarks.process;

import org.jspecify.annotations.NullMarked;
