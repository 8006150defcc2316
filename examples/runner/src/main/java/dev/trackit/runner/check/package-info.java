/** Commands that check: the logs, the agent, the surroundings. */
@NullMarked
package dev.trackit.runner.check;

import org.jspecify.annotations.NullMarked;
