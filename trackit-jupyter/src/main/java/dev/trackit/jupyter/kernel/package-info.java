/** Capture from one running kernel: messages become executions, what was missed is recovered or told as a gap. */
@NullMarked
package dev.trackit.jupyter.kernel;

import org.jspecify.annotations.NullMarked;
