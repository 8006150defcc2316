/** The source of Jupyter notebooks and kernels: files and running kernels joined. */
@NullMarked
package dev.trackit.jupyter;

import org.jspecify.annotations.NullMarked;
