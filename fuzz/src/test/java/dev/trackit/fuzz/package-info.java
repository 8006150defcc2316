/** Inputs that nobody thought of. See the profile {@code fuzz} in the root pom. */
@NullMarked
package dev.trackit.fuzz;

import org.jspecify.annotations.NullMarked;
