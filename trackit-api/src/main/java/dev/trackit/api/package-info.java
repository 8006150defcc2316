/** x */
@NullMarked
package dev.trackit.api;

import org.jspecify.annotations.NullMarked;
