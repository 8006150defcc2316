/** Starts kernels of its own and runs code in them, for the replay of slices. Never touches a kernel that it did not start. */
@NullMarked
package dev.trackit.jupyter.client;

import org.jspecify.annotations.NullMarked;
