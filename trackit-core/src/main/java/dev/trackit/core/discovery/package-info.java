/** Finding providers on the class path, choosing one without guessing, and saying what is wrong with those that are broken. */
@NullMarked
package dev.trackit.core.discovery;

import org.jspecify.annotations.NullMarked;
