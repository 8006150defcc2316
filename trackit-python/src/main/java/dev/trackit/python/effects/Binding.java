package dev.trackit.python.effects;

/**
 * What a name is bound to.
 *
 * @param value what it may stand for; nothing if it was deleted
 * @param execution the execution that bound it last
 * @param sure whether that surely happened, so that the value cannot be an older one
 */
record Binding(Value value, int execution, boolean sure) {}
