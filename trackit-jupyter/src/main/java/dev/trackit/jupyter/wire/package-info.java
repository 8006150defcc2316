/**
 * The Jupyter message protocol over ZeroMQ: connection files, sockets, signatures, messages. Source: the specification "Messaging in
 * Jupyter", version 5.4, and the behaviour of ipykernel 6.17 and 7.
 */
@NullMarked
package dev.trackit.jupyter.wire;

import org.jspecify.annotations.NullMarked;
