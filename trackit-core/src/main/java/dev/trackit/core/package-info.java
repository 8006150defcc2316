/**
 * The door for applications that embed TrackIT: {@link dev.trackit.core.Trackit} captures, {@link dev.trackit.core.TrackitReader}
 * reads what was captured. Everything else in the core hangs on these two.
 */
@NullMarked
package dev.trackit.core;

import org.jspecify.annotations.NullMarked;
