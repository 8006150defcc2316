/** Commands that record: the agent, and the import of saved notebooks. */
@NullMarked
package dev.trackit.runner.record;

import org.jspecify.annotations.NullMarked;
