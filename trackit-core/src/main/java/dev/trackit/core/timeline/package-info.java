/**
 * The fold of one notebook's log into sessions, executions, snapshots and gaps, in order. A pure function of the records: it can
 * be computed anew at any time, and keeps nothing that the log does not hold.
 */
@NullMarked
package dev.trackit.core.timeline;

import org.jspecify.annotations.NullMarked;
