/** Summaries: the offline summarizer, the check of what any summarizer says, the gate to the outside, and documents. */
@NullMarked
package dev.trackit.summary;

import org.jspecify.annotations.NullMarked;
