/**
 * What all commands share: exit codes, the console with its colours and progress, JSON lines, suggestions, finding the data
 * folder and the notebook that was named.
 */
@NullMarked
package dev.trackit.runner.cli;

import org.jspecify.annotations.NullMarked;
