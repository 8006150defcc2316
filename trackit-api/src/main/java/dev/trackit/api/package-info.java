/**
 * The values that TrackIT records and derives: notebooks, executions, sessions, gaps, snapshots, log records, and what
 * an analyzer says about code. All are immutable and safe for use by any thread. They know nothing of how they are
 * captured or stored.
 */
@NullMarked
package dev.trackit.api;

import org.jspecify.annotations.NullMarked;
