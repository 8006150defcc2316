/** Measures TrackIT: JMH benchmarks, a real notebook with and without capture, and large data. */
@NullMarked
package dev.trackit.benchmarks;

import org.jspecify.annotations.NullMarked;
