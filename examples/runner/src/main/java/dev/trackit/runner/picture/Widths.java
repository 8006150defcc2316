package dev.trackit.runner.picture;

import java.text.BreakIterator;
import java.util.Locale;

/**
 * How wide text is, the same on every machine: widths of a wide sans-serif face, so that what fits by them fits in the faces that
 * browsers and documents take. Letters outside the table count as wide.
 *
 * <p>Units: pixels at the size given, or thousandths of the size in the tables.
 */
final class Widths {
    // Advance widths of U+0020 to U+007E and U+00A0 to U+00FF.
    private static final String REGULAR =
            "318 401 460 838 636 950 780 275 390 390 500 838 318 361 318 337 636 636 636 636 636 636 636 636 636 636"
                    + " 337 337 838 838 838 531 1000 684 686 698 770 632 575 775 752 295 295 656 557 863 748 787 603 787 695 635 611 732 684 989"
                    + " 685 611 685 390 337 390 838 500 500 613 635 550 635 615 352 635 634 278 278 579 278 974 634 612 635 635 411 521 392 634"
                    + " 592 818 592 592 525 636 337 636 838"
                    + " 318 401 636 636 636 636 337 500 500 1000 471 612 838 361 1000 500 500 838 401 401 500 636 636 318 500 401 471 612 969"
                    + " 969 969 531 684 684 684 684 684 684 974 698 632 632 632 632 295 295 295 295 775 748 787 787 787 787 787 838 787 732 732"
                    + " 732 732 611 605 630 613 613 613 613 613 613 982 550 615 615 615 615 278 278 278 278 612 634 612 612 612 612 612 838 612"
                    + " 634 634 634 634 592 635 592";
    private static final String BOLD =
            "348 456 521 838 696 1002 872 306 457 457 523 838 380 415 380 365 696 696 696 696 696 696 696 696 696 696 400"
                    + " 400 838 838 838 580 1000 774 762 734 830 683 683 821 837 372 372 775 637 995 837 850 733 850 770 720 682 812 774 1103"
                    + " 771 724 725 457 365 457 838 500 500 675 716 593 716 678 435 716 712 343 343 665 343 1042 712 687 716 716 493 595 478 712"
                    + " 652 924 645 652 582 712 365 712 838"
                    + " 348 456 696 696 636 696 365 500 500 1000 564 646 838 415 1000 500 500 838 438 438 500 736 636 380 500 438 564 646 1035"
                    + " 1035 1035 580 774 774 774 774 774 774 1085 734 683 683 683 683 372 372 372 372 838 837 850 850 850 850 850 838 850 812"
                    + " 812 812 812 724 738 719 675 675 675 675 675 675 1048 593 678 678 678 678 343 343 343 343 687 712 687 687 687 687 687 838"
                    + " 687 712 712 712 712 652 716 652";
    private static final int[] REGULAR_WIDTHS = table(REGULAR);
    private static final int[] BOLD_WIDTHS = table(BOLD);
    private static final int MONO = 603;
    private static final int LETTER = 800;
    private static final int WIDE = 1400;

    private Widths() {}

    private static int[] table(String text) {
        String[] numbers = text.split(" ");
        int[] widths = new int[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            widths[i] = Integer.parseInt(numbers[i]);
        }
        return widths;
    }

    /** How wide the text is in pixels. */
    static double of(String text, TextStyle style) {
        long units = text.codePoints().mapToLong(c -> units(c, style)).sum();
        return units * style.size() / 1000;
    }

    private static int units(int c, TextStyle style) {
        int[] table = style.bold() ? BOLD_WIDTHS : REGULAR_WIDTHS;
        if (c >= 0x20 && c <= 0x7E) {
            return style.mono() ? MONO : table[c - 0x20];
        } else if (c >= 0xA0 && c <= 0xFF) {
            return style.mono() ? MONO : table[c - 0xA0 + 95];
        }
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> c < 0x1100 ? LETTER : c < 0x2E80 ? 1000 : WIDE;
        };
    }

    /** The text itself if it fits, else as much of its beginning and end as does, with an ellipsis between. */
    static String fit(String text, TextStyle style, double room) {
        if (text.length() <= room && of(text, style) <= room) {
            return text;
        }
        // What is longer than any room holds is cut first, so that a name of a million letters costs nothing.
        int most = (int) (room / style.size() * 10) + 8;
        String head = text.substring(0, end(text, Math.min(text.length(), most)));
        String tail = text.length() <= most ? "" : text.substring(start(text, text.length() - most / 3));
        int tailRoom = (int) (room * 0.3);
        double ellipsis = of("…", style);
        String kept = text.length() <= most ? text : tail;
        BreakIterator letters = BreakIterator.getCharacterInstance(Locale.ROOT);
        letters.setText(kept);
        int from = kept.length();
        for (int at = letters.preceding(kept.length()); at > 0; at = letters.preceding(at)) {
            if (of(kept.substring(at), style) > tailRoom) {
                break;
            }
            from = at;
        }
        String end = kept.substring(from);
        double left = room - ellipsis - of(end, style);
        letters.setText(head);
        int to = 0;
        for (int at = letters.next(); at != BreakIterator.DONE; at = letters.next()) {
            if (of(head.substring(0, at), style) > left) {
                break;
            }
            to = at;
        }
        return head.substring(0, to) + "…" + end;
    }

    private static int end(String text, int at) {
        return at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }

    private static int start(String text, int at) {
        return Character.isLowSurrogate(text.charAt(at)) ? at + 1 : at;
    }
}
