package dev.trackit.runner.picture;

import dev.trackit.api.TransformationKind;
import java.util.Iterator;

/** Small pictures, 14 pixels wide and high, of thin lines. */
final class Icons {
    private Icons() {}

    static String of(FlowNode node, double x, double y) {
        Pen pen = new Pen();
        switch (node.kind()) {
            case FILE ->
                pen.lines(x + 8.5, y + 1, x + 3, y + 1, x + 3, y + 13, x + 11, y + 13, x + 11, y + 3.5)
                        .polygon(x + 8.5, y + 1, x + 8.5, y + 3.5, x + 11, y + 3.5)
                        .lines(x + 5, y + 7, x + 9, y + 7)
                        .lines(x + 5, y + 10, x + 9, y + 10);
            case FRAME ->
                pen.rectangle(x + 1, y + 1.5, 12, 11, 1.5)
                        .lines(x + 1, y + 5, x + 13, y + 5)
                        .lines(x + 5, y + 5, x + 5, y + 12.5)
                        .lines(x + 1, y + 8.7, x + 13, y + 8.7);
            case SERIES ->
                pen.rectangle(x + 4, y + 1.5, 6, 11, 1.5)
                        .lines(x + 4, y + 5, x + 10, y + 5)
                        .lines(x + 4, y + 8.7, x + 10, y + 8.7);
            case ARRAY ->
                pen.lines(x + 4, y + 1.5, x + 1.5, y + 1.5, x + 1.5, y + 12.5, x + 4, y + 12.5)
                        .lines(x + 10, y + 1.5, x + 12.5, y + 1.5, x + 12.5, y + 12.5, x + 10, y + 12.5)
                        .circle(x + 5.2, y + 7, 0.8)
                        .circle(x + 8.8, y + 7, 0.8);
            case MODEL ->
                pen.polygon(
                                x + 7, y + 1, x + 12.5, y + 4, x + 12.5, y + 10, x + 7, y + 13, x + 1.5, y + 10,
                                x + 1.5, y + 4)
                        .lines(x + 1.5, y + 4, x + 7, y + 7, x + 12.5, y + 4)
                        .lines(x + 7, y + 7, x + 7, y + 13);
            case VALUE ->
                pen.lines(
                                x + 5, y + 1.5, x + 3.4, y + 2.4, x + 3.4, y + 6, x + 2, y + 7, x + 3.4, y + 8, x + 3.4,
                                y + 11.6, x + 5, y + 12.5)
                        .lines(
                                x + 9, y + 1.5, x + 10.6, y + 2.4, x + 10.6, y + 6, x + 12, y + 7, x + 10.6, y + 8,
                                x + 10.6, y + 11.6, x + 9, y + 12.5);
            case UNKNOWN -> question(pen, x, y);
            case PLOT -> chart(pen, x, y);
            case MEASURE -> gauge(pen, x, y);
            case BUNDLE -> {
                if (node.kinds().contains(TransformationKind.PLOT)) {
                    chart(pen, x, y);
                } else {
                    gauge(pen, x, y);
                }
            }
            case STEP -> step(pen, node, x, y);
            case CHAIN ->
                pen.circle(x + 2.5, y + 7, 1.5)
                        .lines(x + 4, y + 7, x + 5.5, y + 7)
                        .circle(x + 7, y + 7, 1.5)
                        .lines(x + 8.5, y + 7, x + 10, y + 7)
                        .circle(x + 11.5, y + 7, 1.5);
        }
        return pen.path();
    }

    private static void step(Pen pen, FlowNode node, double x, double y) {
        Iterator<TransformationKind> kinds = node.kinds().iterator();
        switch (kinds.hasNext() ? kinds.next() : TransformationKind.OTHER) {
            case SOURCE ->
                pen.lines(x + 7, y + 1, x + 7, y + 8.5)
                        .lines(x + 4, y + 5.5, x + 7, y + 8.5, x + 10, y + 5.5)
                        .lines(x + 1.5, y + 8.5, x + 1.5, y + 12.5, x + 12.5, y + 12.5, x + 12.5, y + 8.5);
            case SINK ->
                pen.lines(x + 7, y + 8.5, x + 7, y + 1)
                        .lines(x + 4, y + 4, x + 7, y + 1, x + 10, y + 4)
                        .lines(x + 1.5, y + 8.5, x + 1.5, y + 12.5, x + 12.5, y + 12.5, x + 12.5, y + 8.5);
            case SELECTION, SAMPLE, DEDUPLICATE, DROP_MISSING ->
                pen.polygon(
                        x + 1.5, y + 2, x + 12.5, y + 2, x + 8.5, y + 7.3, x + 8.5, y + 12.5, x + 5.5, y + 10.5,
                        x + 5.5, y + 7.3);
            case SORT ->
                pen.lines(x + 1.5, y + 3, x + 12.5, y + 3)
                        .lines(x + 1.5, y + 7, x + 9, y + 7)
                        .lines(x + 1.5, y + 11, x + 5.5, y + 11);
            case JOIN, CONCATENATE -> pen.circle(x + 5, y + 7, 4).circle(x + 9, y + 7, 4);
            case GROUP_AND_AGGREGATE ->
                pen.lines(
                        x + 11.5, y + 3.6, x + 11.5, y + 1.5, x + 2.5, y + 1.5, x + 7.5, y + 7, x + 2.5, y + 12.5,
                        x + 11.5, y + 12.5, x + 11.5, y + 10.4);
            case SPLIT ->
                pen.lines(x + 1.5, y + 7, x + 5.5, y + 7)
                        .lines(x + 12.5, y + 2.5, x + 9, y + 2.5, x + 5.5, y + 7, x + 9, y + 11.5, x + 12.5, y + 11.5);
            case RESHAPE, WINDOW ->
                pen.rectangle(x + 1.5, y + 1.5, 6, 11, 1.2)
                        .lines(x + 9.5, y + 7, x + 13, y + 7)
                        .lines(x + 11.2, y + 5, x + 13, y + 7, x + 11.2, y + 9);
            case FIT, PREDICT -> pen.circle(x + 7, y + 7, 5.5).circle(x + 7, y + 7, 1.8);
            case EVALUATE -> gauge(pen, x, y);
            case PLOT -> chart(pen, x, y);
            case PROJECTION -> pen.rectangle(x + 1.5, y + 1.5, 3.6, 11, 1).rectangle(x + 8.9, y + 1.5, 3.6, 11, 1);
            case PROJECTION_MODIFY, IMPUTE, RENAME, CAST, ENCODE, SCALE, BIN, FEATURE_EXTRACT ->
                pen.rectangle(x + 1.5, y + 1.5, 4, 11, 1)
                        .lines(x + 10.5, y + 4, x + 10.5, y + 10)
                        .lines(x + 7.5, y + 7, x + 13.5, y + 7);
            case INSPECT, OTHER ->
                pen.lines(x + 5, y + 3.5, x + 1.5, y + 7, x + 5, y + 10.5)
                        .lines(x + 9, y + 3.5, x + 12.5, y + 7, x + 9, y + 10.5);
        }
    }

    private static void chart(Pen pen, double x, double y) {
        pen.lines(x + 1.5, y + 1.5, x + 1.5, y + 12.5, x + 12.5, y + 12.5)
                .lines(x + 4.5, y + 10, x + 4.5, y + 7)
                .lines(x + 7.5, y + 10, x + 7.5, y + 3.5)
                .lines(x + 10.5, y + 10, x + 10.5, y + 5.5);
    }

    private static void gauge(Pen pen, double x, double y) {
        pen.move(x + 1.5, y + 10.5)
                .curve(x + 1.5, y + 1, x + 12.5, y + 1, x + 12.5, y + 10.5)
                .close()
                .lines(x + 7, y + 10.5, x + 9.6, y + 6);
    }

    private static void question(Pen pen, double x, double y) {
        pen.move(x + 4, y + 4.6)
                .curve(x + 4, y + 0.4, x + 10.4, y + 0.6, x + 10.2, y + 4.6)
                .curve(x + 10, y + 7, x + 7, y + 6.6, x + 7, y + 9.4)
                .circle(x + 7, y + 12, 0.7);
    }

    /** A warning: a triangle with a mark of exclamation, 11 pixels wide and high. */
    static String warning(double x, double y) {
        return new Pen()
                .polygon(x + 5.5, y + 0.5, x + 10.7, y + 10, x + 0.3, y + 10)
                .lines(x + 5.5, y + 3.8, x + 5.5, y + 6.4)
                .lines(x + 5.5, y + 8, x + 5.5, y + 8.4)
                .path();
    }

    /** Something to open: a plus, 9 pixels wide and high. */
    static String plus(double x, double y) {
        return new Pen()
                .lines(x + 4.5, y + 0.5, x + 4.5, y + 8.5)
                .lines(x + 0.5, y + 4.5, x + 8.5, y + 4.5)
                .path();
    }
}
