/** Text as it stands in bytes: passed over, decoded and handed on without becoming a Java string. */
@NullMarked
package dev.trackit.jupyter.bytes;

import org.jspecify.annotations.NullMarked;
