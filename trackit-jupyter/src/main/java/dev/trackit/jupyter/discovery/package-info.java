/**
 * Finds running kernels, and the notebooks they belong to: connection files, processes, local Jupyter servers. The only package of
 * the module that uses a network client besides the kernels' own channels, and only on the loopback interface.
 */
@NullMarked
package dev.trackit.jupyter.discovery;

import org.jspecify.annotations.NullMarked;
