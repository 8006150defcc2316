/** What in the surroundings helps or hinders capture, and what to do about it. Looks only; changes nothing. */
@NullMarked
package dev.trackit.runner.doctor;

import org.jspecify.annotations.NullMarked;
