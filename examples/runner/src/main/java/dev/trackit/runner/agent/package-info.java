/** The running agent as other processes see it: its lock, and the file in which it says how it is doing. */
@NullMarked
package dev.trackit.runner.agent;

import org.jspecify.annotations.NullMarked;
