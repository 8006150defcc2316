/**
 * The way from what sources see to what logs hold: the queue that never blocks, the rules of identity and matching, the removal of
 * duplicates, and the codec between values and records.
 */
@NullMarked
package dev.trackit.core.record;

import org.jspecify.annotations.NullMarked;
