package dev.trackit.jupyter.notebook;

import java.util.Arrays;

/**
 * The words of a source, for telling how alike two sources are. Words alone count: punctuation is alike in all code.
 */
final class Similarity {
    private static final int MAX_WORDS = 1_000;

    private final int[] words;

    private Similarity(int[] words) {
        this.words = words;
    }

    /** The words of a source; of a very long one, the first thousand. */
    static Similarity of(String source) {
        int[] words = new int[32];
        int count = 0;
        int i = 0;
        while (i < source.length() && count < MAX_WORDS) {
            int start = i;
            int hash = 0;
            while (i < source.length() && isWordPart(source.charAt(i))) {
                hash = 31 * hash + source.charAt(i++);
            }
            if (i > start) {
                if (count == words.length) {
                    words = Arrays.copyOf(words, 2 * count);
                }
                words[count++] = hash;
            } else {
                i++;
            }
        }
        words = Arrays.copyOf(words, count);
        Arrays.sort(words);
        return new Similarity(words);
    }

    /** How many words there are. */
    int size() {
        return words.length;
    }

    /** The share of words that both have (Dice's coefficient over multisets), from 0 to 1. */
    double to(Similarity that) {
        int common = 0;
        int i = 0;
        int j = 0;
        while (i < words.length && j < that.words.length) {
            int order = Integer.compare(words[i], that.words[j]);
            if (order == 0) {
                common++;
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        int all = words.length + that.words.length;
        return all == 0 ? 0 : 2.0 * common / all;
    }

    private static boolean isWordPart(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }
}
