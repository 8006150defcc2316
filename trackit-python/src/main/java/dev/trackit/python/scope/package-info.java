/** Which names a piece of code binds and reads, scope by scope, as CPython's {@code symtable} module has it. */
@NullMarked
package dev.trackit.python.scope;

import org.jspecify.annotations.NullMarked;
