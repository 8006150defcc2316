package dev.trackit.runner.picture;

import java.util.Locale;

/** Numbers as pictures write them. */
final class Words {
    private Words() {}

    /** {@code −177 rows}, {@code +1 column}. */
    static String signed(long n, String one) {
        return (n < 0 ? "−" : "+") + number(Math.abs(n)) + " " + one + (Math.abs(n) == 1 ? "" : "s");
    }

    /** {@code 12,345}. */
    static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** {@code 891 × 12}, {@code 891 rows}, {@code 12 columns}; empty if nothing is known. */
    static String shape(FlowNode node) {
        Long rows = node.rows();
        Long columns = node.columnCount();
        if (rows != null && columns != null) {
            return number(rows) + " × " + number(columns);
        } else if (rows != null) {
            return number(rows) + (rows == 1 ? " row" : " rows");
        }
        return columns == null ? "" : number(columns) + (columns == 1 ? " column" : " columns");
    }
}
