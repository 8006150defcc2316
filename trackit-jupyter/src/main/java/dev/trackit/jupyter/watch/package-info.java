/** Notices what happens to the notebook files below a folder. */
@NullMarked
package dev.trackit.jupyter.watch;

import org.jspecify.annotations.NullMarked;
