package dev.trackit.runner.picture;

/**
 * Data flows from one node to another.
 *
 * @param from the id of the node it comes from
 * @param to the id of the node it goes to
 * @param uncertain whether something that could not be seen lies between the two
 */
record FlowEdge(String from, String to, boolean uncertain) {}
