/** Commands that show what was recorded, for people and as JSON. */
@NullMarked
package dev.trackit.runner.read;

import org.jspecify.annotations.NullMarked;
