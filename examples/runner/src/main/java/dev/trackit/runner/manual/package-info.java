/** Shell completion and manual pages, made from the commands themselves, so that they cannot say something else. */
@NullMarked
package dev.trackit.runner.manual;

import org.jspecify.annotations.NullMarked;
