/**
 * What is known of libraries: which functions and methods return what, change what, read and write which files. Kept as data, one JSON
 * file per library, in a format that users can write for their own libraries too; {@code docs/library-knowledge.md} describes it.
 */
@NullMarked
package dev.trackit.python.knowledge;

import org.jspecify.annotations.NullMarked;
