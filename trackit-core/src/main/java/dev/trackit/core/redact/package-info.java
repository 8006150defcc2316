/** Finds secrets and personal data in text and puts marks in their place. */
@NullMarked
package dev.trackit.core.redact;

import org.jspecify.annotations.NullMarked;
