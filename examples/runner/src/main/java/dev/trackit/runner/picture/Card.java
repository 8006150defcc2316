package dev.trackit.runner.picture;

import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.cli.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How one node is drawn: its form, its small picture and its lines of text, and how large that is. Kinds are told apart by their form
 * and small picture, not by colour alone. Immutable.
 *
 * @param node what is drawn
 * @param width in pixels
 * @param height in pixels
 * @param marks in the order in which they are drawn
 */
record Card(FlowNode node, double width, double height, List<Mark> marks) {
    private static final double MAX_TEXT = 200;
    private static final double ICON = 14;
    private static final double PAD = 11;
    private static final double GAP = 8;
    private static final double FOOT = 16;
    private static final double PILE = 4;

    /** Draws a node of a view. */
    static Card of(View view, FlowNode node) {
        return new Sketch(view, node).card();
    }

    Card {
        marks = List.copyOf(marks);
    }

    /** What the first line says, whole. */
    static String title(FlowNode node) {
        return switch (node.kind()) {
            case FILE -> TerminalText.line(fileName(node.label()));
            case CHAIN -> stepCount(node) + " steps";
            case BUNDLE ->
                node.members().size() + (node.members().get(0).kind() == FlowNode.Kind.PLOT ? " plots" : " measures");
            case STEP, PLOT, MEASURE -> node.fresh() ? "Create" : StepLabel.kinds(node.kinds());
            default -> TerminalText.line(node.label());
        };
    }

    private static long stepCount(FlowNode chain) {
        return chain.members().stream().filter(m -> !m.kind().isData()).count();
    }

    private static String fileName(String path) {
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        int slash = Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf('\\'));
        return slash < 0 || slash == trimmed.length() - 1 ? path : trimmed.substring(slash + 1);
    }

    private static String folder(String path) {
        String name = fileName(path);
        return path.endsWith(name) ? path.substring(0, path.length() - name.length()) : "";
    }

    /** The end of a long path says more than its beginning. */
    private static String shortened(String folder) {
        if (Widths.of(folder, TextStyle.SUB) <= MAX_TEXT / 2) {
            return folder;
        }
        int slash = folder.lastIndexOf('/', folder.length() - 2);
        return slash <= 0 ? folder : "…" + folder.substring(slash);
    }

    /** What the second line says, whole; empty if there is none. */
    static String subtitle(FlowNode node) {
        return switch (node.kind()) {
            case FILE -> {
                String size = node.bytes() < 0 ? "" : Wording.bytes(node.bytes());
                String folder = shortened(TerminalText.line(folder(node.label())));
                yield folder.isEmpty() || size.isEmpty() ? folder + size : folder + " · " + size;
            }
            case UNKNOWN -> "origin not recorded";
            case CHAIN -> StepLabel.kinds(node.kinds()).toLowerCase(Locale.ROOT);
            case BUNDLE ->
                node.members().stream()
                        .map(member -> TerminalText.line(member.label()))
                        .map(label -> label.contains("(") ? label.substring(0, label.indexOf('(')) : label)
                        .distinct()
                        .collect(Collectors.joining(", "));
            case STEP, PLOT, MEASURE -> TerminalText.line(node.label());
            default -> {
                String shape = Words.shape(node);
                yield shape.isEmpty() ? TerminalText.line(DataKinds.shortName(node.type())) : shape;
            }
        };
    }

    /** A card while it is drawn. */
    private static final class Sketch {
        private final View view;
        private final FlowNode node;
        private final boolean data;
        private final boolean pile;
        private final double textX;
        private final List<Mark> text = new ArrayList<>();
        private double right;
        private double bottom;

        Sketch(View view, FlowNode node) {
            this.view = view;
            this.node = node;
            this.data = node.kind().isData();
            this.pile = node.kind() == FlowNode.Kind.CHAIN || node.kind() == FlowNode.Kind.BUNDLE;
            this.textX = PAD + ICON + GAP;
        }

        Card card() {
            lines();
            double width = Math.ceil(Math.max(data ? 112 : 84, right + PAD + 2)) + (pile ? PILE : 0);
            double height = Math.ceil(bottom + (data ? 11 : 9)) + (pile ? PILE : 0);
            List<Mark> marks = new ArrayList<>();
            ground(marks, width, height);
            Ink icon = icon();
            marks.add(new Mark.Path(icon, Icons.of(node, PAD, data ? 12 : 11)));
            marks.addAll(text);
            return new Card(node, width, height, marks);
        }

        private void lines() {
            double y = data ? 23 : 20;
            TextStyle first = data ? TextStyle.NAME : TextStyle.TITLE;
            double end = line(first, Ink.TEXT, textX, y, title(node), MAX_TEXT);
            if (data && node.version() > 1) {
                line(TextStyle.TAG, Ink.TEXT_QUIET, end + 6, y, "v" + node.version(), MAX_TEXT);
            } else if (pile) {
                text.add(new Mark.Path(Ink.ICON_STEP, Icons.plus(end + 8, y - 9)));
                right = Math.max(right, end + 18);
            }
            String sub = subtitle(node);
            String change = data ? view.change(node) : "";
            if (!sub.isEmpty() || !change.isEmpty()) {
                y += data ? 17 : 15;
                boolean code = node.kind() == FlowNode.Kind.STEP
                        || node.kind() == FlowNode.Kind.PLOT
                        || node.kind() == FlowNode.Kind.MEASURE;
                double x = line(code ? TextStyle.CODE : TextStyle.SUB, Ink.TEXT_QUIET, textX, y, sub, MAX_TEXT);
                if (!change.isEmpty()) {
                    line(TextStyle.SUB, Ink.TEXT_CHANGE, x + 8, y, change, MAX_TEXT);
                }
            }
            bottom = y;
            feet();
        }

        private void feet() {
            if (!node.stale().isEmpty()) {
                bottom += FOOT;
                text.add(new Mark.Path(Ink.ICON_WARN, Icons.warning(textX, bottom - 9.5)));
                line(TextStyle.FOOT, Ink.TEXT_WARN, textX + 16, bottom, "out of date", MAX_TEXT);
            }
            if (!node.current()) {
                foot(node.kind() == FlowNode.Kind.UNKNOWN ? "" : "replaced");
            }
            if (!data && node.runs().stream().anyMatch(FlowNode.Run::failed)) {
                foot("failed");
            }
            int before = view.moreBefore(node);
            int after = view.moreAfter(node);
            if (before > 0) {
                foot("+ " + before + " more before");
            }
            if (after > 0) {
                foot("+ " + after + " more after");
            }
        }

        private void foot(String words) {
            if (!words.isEmpty()) {
                bottom += FOOT;
                line(TextStyle.FOOT, Ink.TEXT_QUIET, textX, bottom, words, MAX_TEXT);
            }
        }

        /** Adds text, cut to fit, and says where it ends. */
        private double line(TextStyle style, Ink ink, double x, double y, String words, double room) {
            String fitting = Widths.fit(words, style, room);
            if (!fitting.isEmpty()) {
                text.add(new Mark.Text(style, ink, x, y, fitting));
            }
            double end = x + Widths.of(fitting, style);
            right = Math.max(right, end);
            return end;
        }

        private void ground(List<Mark> marks, double w, double h) {
            double width = pile ? w - PILE : w;
            double height = pile ? h - PILE : h;
            double round = round(height);
            if (pile) {
                marks.add(new Mark.Path(
                        Ink.PILE,
                        new Pen().rectangle(PILE, PILE, width, height, round).path()));
            }
            String form = form(width, height, round);
            marks.add(new Mark.Path(ink(), form));
            if (node.kind() == FlowNode.Kind.FILE) {
                marks.add(new Mark.Path(
                        Ink.FOLD,
                        new Pen().polygon(w - 11, 0, w - 11, 11, w, 11).path()));
            }
            if (!node.current()) {
                marks.add(new Mark.Path(Ink.PAST, form));
            }
            if (!node.stale().isEmpty()) {
                marks.add(new Mark.Path(Ink.STALE, form));
            }
            FlowNode focus = view.focus();
            if (focus != null && focus.id().equals(node.id())) {
                marks.add(new Mark.Path(Ink.FOCUS, form));
            }
        }

        private double round(double height) {
            return switch (node.kind()) {
                case STEP, CHAIN -> Math.min(height / 2, 19);
                case FRAME, SERIES, ARRAY, UNKNOWN -> 7;
                case PLOT, MEASURE, BUNDLE -> 1.5;
                default -> 3;
            };
        }

        private String form(double w, double h, double round) {
            return switch (node.kind()) {
                case FILE ->
                    new Pen().polygon(0, 0, w - 11, 0, w, 11, w, h, 0, h).path();
                case MODEL ->
                    new Pen()
                            .polygon(7, 0, w - 7, 0, w, 7, w, h - 7, w - 7, h, 7, h, 0, h - 7, 0, 7)
                            .path();
                default -> new Pen().rectangle(0, 0, w, h, round).path();
            };
        }

        private Ink ink() {
            return switch (node.kind()) {
                case FILE -> Ink.PAPER;
                case FRAME, SERIES, ARRAY -> Ink.CARD;
                case MODEL -> Ink.SOLID;
                case VALUE -> Ink.SLIP;
                case UNKNOWN -> Ink.HOLE;
                case STEP, CHAIN -> Ink.PILL;
                case PLOT, MEASURE, BUNDLE -> Ink.EASEL;
            };
        }

        private Ink icon() {
            return switch (node.kind()) {
                case FILE -> Ink.ICON_FILE;
                case FRAME, SERIES, ARRAY -> Ink.ICON_DATA;
                case MODEL -> Ink.ICON_MODEL;
                case UNKNOWN -> Ink.ICON_WARN;
                case VALUE, STEP, CHAIN -> Ink.ICON_STEP;
                case PLOT, MEASURE, BUNDLE -> Ink.ICON_END;
            };
        }
    }
}
