/** Reads notebook files: the formats 1 to 4, as streams, within stated limits. */
@NullMarked
package dev.trackit.jupyter.notebook;

import org.jspecify.annotations.NullMarked;
