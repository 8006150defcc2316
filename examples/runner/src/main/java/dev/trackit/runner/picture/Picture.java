package dev.trackit.runner.picture;

import java.util.List;

/**
 * A view laid out: where each node stands and each edge runs. Pixels from the top left. Immutable.
 *
 * @param view what is shown
 * @param width of all
 * @param height of all
 * @param nodes where each node stands
 * @param edges where each edge runs
 */
record Picture(View view, double width, double height, List<Placed> nodes, List<Routed> edges) {

    /**
     * A node in its place.
     *
     * @param card how it is drawn
     * @param x of its left side
     * @param y of its upper side
     */
    record Placed(Card card, double x, double y) {}

    /**
     * An edge on its way.
     *
     * @param edge from where to where
     * @param points from the side of the one node to the side of the other, at least two
     */
    record Routed(FlowEdge edge, List<double[]> points) {
        private static final double HEAD = 6.5;
        private static final double CORNER = 7;

        Routed {
            points = List.copyOf(points);
        }

        /** The line, up to the head of its arrow. */
        String line() {
            List<double[]> shortened = new java.util.ArrayList<>(points);
            double[] end = points.get(points.size() - 1);
            shortened.set(points.size() - 1, Pen.towards(end, points.get(points.size() - 2), HEAD - 1));
            return new Pen().rounded(shortened, CORNER).path();
        }

        /** The head of the arrow. */
        String head() {
            double[] tip = points.get(points.size() - 1);
            double[] back = Pen.towards(tip, points.get(points.size() - 2), HEAD);
            double dx = (tip[0] - back[0]) * 0.5;
            double dy = (tip[1] - back[1]) * 0.5;
            return new Pen()
                    .polygon(tip[0], tip[1], back[0] - dy, back[1] + dx, back[0] + dy, back[1] - dx)
                    .path();
        }
    }

    Picture {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }
}
