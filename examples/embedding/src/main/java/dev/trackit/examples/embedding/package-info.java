/** What an application that embeds TrackIT looks like. */
@NullMarked
package dev.trackit.examples.embedding;

import org.jspecify.annotations.NullMarked;
