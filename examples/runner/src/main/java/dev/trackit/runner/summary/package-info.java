/** The commands that tell notebooks in words: {@code summary}, {@code eval}, {@code tag}. */
@NullMarked
package dev.trackit.runner.summary;

import org.jspecify.annotations.NullMarked;
