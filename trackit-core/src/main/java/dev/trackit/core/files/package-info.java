/** What the files looked like that executions read and wrote: seen by the agent while it captures, and kept in a log of their own. */
@NullMarked
package dev.trackit.core.files;

import org.jspecify.annotations.NullMarked;
