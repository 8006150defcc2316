/** A source for a made-up notebook tool that keeps text files of steps. */
@NullMarked
package dev.trackit.examples.adapter.steps;

import org.jspecify.annotations.NullMarked;
