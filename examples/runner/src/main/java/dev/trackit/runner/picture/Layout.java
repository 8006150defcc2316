package dev.trackit.runner.picture;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.GreedySwitchType;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.PortConstraints;
import org.eclipse.elk.core.options.PortSide;
import org.eclipse.elk.core.options.SizeConstraint;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.ElkPort;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Finds a place for each node and a way for each edge, by the layered algorithm of Eclipse ELK. What leaves a node leaves it at one
 * place, so that a dataset of which many are made has one trunk; what enters keeps apart, so that each edge can be followed to where it
 * ends. Equal views have equal pictures on every machine.
 */
final class Layout {
    private static final double MARGIN = 16;

    static {
        // Makes ELK's types of options known, without which it cannot copy their defaults.
        LayoutMetaDataService.getInstance();
    }

    private Layout() {}

    /** Lays out a view. */
    static Picture of(View view, ViewQuery.Orientation orientation) {
        boolean right = orientation == ViewQuery.Orientation.RIGHT;
        ElkNode graph = graph(right);
        Map<String, Card> cards = new LinkedHashMap<>();
        Map<String, ElkNode> nodes = new LinkedHashMap<>();
        Map<String, ElkPort> exits = new LinkedHashMap<>();
        for (FlowNode node : view.shown().nodes()) {
            Card card = Card.of(view, node);
            cards.put(node.id(), card);
            ElkNode placed = ElkGraphUtil.createNode(graph);
            placed.setIdentifier(node.id());
            placed.setDimensions(card.width(), card.height());
            placed.setProperty(LayeredOptions.PORT_CONSTRAINTS, PortConstraints.FIXED_SIDE);
            placed.setProperty(LayeredOptions.NODE_SIZE_CONSTRAINTS, EnumSet.noneOf(SizeConstraint.class));
            nodes.put(node.id(), placed);
        }
        List<FlowEdge> drawn = view.shown().edges();
        List<ElkEdge> edges = new ArrayList<>();
        for (FlowEdge edge : drawn) {
            ElkNode from = requireNonNull(nodes.get(edge.from()), "from");
            ElkNode to = requireNonNull(nodes.get(edge.to()), "to");
            ElkPort exit = exits.computeIfAbsent(edge.from(), id -> port(from, right ? PortSide.EAST : PortSide.SOUTH));
            ElkPort entry = port(to, right ? PortSide.WEST : PortSide.NORTH);
            edges.add(ElkGraphUtil.createSimpleEdge(exit, entry));
        }
        new LayeredLayoutProvider().layout(graph, new BasicProgressMonitor());
        return picture(view, graph, cards, nodes, drawn, edges);
    }

    private static ElkPort port(ElkNode node, PortSide side) {
        ElkPort port = ElkGraphUtil.createPort(node);
        port.setProperty(LayeredOptions.PORT_SIDE, side);
        return port;
    }

    private static ElkNode graph(boolean right) {
        ElkNode graph = ElkGraphUtil.createGraph();
        graph.setProperty(LayeredOptions.DIRECTION, right ? Direction.RIGHT : Direction.DOWN);
        graph.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        graph.setProperty(LayeredOptions.RANDOM_SEED, 1);
        graph.setProperty(LayeredOptions.PADDING, new ElkPadding(MARGIN));
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE, right ? 16.0 : 22.0);
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, right ? 38.0 : 30.0);
        graph.setProperty(LayeredOptions.SPACING_EDGE_NODE, 14.0);
        graph.setProperty(LayeredOptions.SPACING_EDGE_EDGE, 9.0);
        graph.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, 14.0);
        graph.setProperty(LayeredOptions.SPACING_EDGE_EDGE_BETWEEN_LAYERS, 9.0);
        graph.setProperty(LayeredOptions.SPACING_COMPONENT_COMPONENT, 34.0);
        graph.setProperty(LayeredOptions.ASPECT_RATIO, 1.6);
        graph.setProperty(LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.NETWORK_SIMPLEX);
        graph.setProperty(LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.PREFER_NODES);
        graph.setProperty(LayeredOptions.CROSSING_MINIMIZATION_GREEDY_SWITCH_TYPE, GreedySwitchType.TWO_SIDED);
        return graph;
    }

    private static Picture picture(
            View view,
            ElkNode graph,
            Map<String, Card> cards,
            Map<String, ElkNode> nodes,
            List<FlowEdge> drawn,
            List<ElkEdge> edges) {
        List<Picture.Placed> placed = new ArrayList<>();
        cards.forEach((id, card) -> {
            ElkNode node = nodes.get(id);
            if (node != null) {
                placed.add(new Picture.Placed(card, node.getX(), node.getY()));
            }
        });
        List<Picture.Routed> routed = new ArrayList<>();
        for (int i = 0; i < edges.size(); i++) {
            ElkEdgeSection section = edges.get(i).getSections().get(0);
            List<double[]> points = new ArrayList<>();
            points.add(new double[] {section.getStartX(), section.getStartY()});
            section.getBendPoints().forEach(bend -> points.add(new double[] {bend.getX(), bend.getY()}));
            points.add(new double[] {section.getEndX(), section.getEndY()});
            routed.add(new Picture.Routed(drawn.get(i), points));
        }
        return new Picture(view, Math.ceil(graph.getWidth()), Math.ceil(graph.getHeight()), placed, routed);
    }
}
