/**
 * The {@code trackit} program: its entry point and its commands. How a program talks to people and to scripts is in
 * {@link dev.trackit.runner.cli}.
 */
@NullMarked
package dev.trackit.runner;

import org.jspecify.annotations.NullMarked;
