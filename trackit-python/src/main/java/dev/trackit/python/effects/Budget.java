package dev.trackit.python.effects;

/** Limits the work for one execution, whatever its code looks like. */
final class Budget {
    private static final int STEPS = 150_000;
    private static final int CALL_DEPTH = 12;
    private static final int EXPRESSION_DEPTH = 400;

    private int left = STEPS;
    private int calls;
    private int depth;
    private boolean wasExhausted;

    void begin() {
        left = STEPS;
        calls = 0;
        depth = 0;
        wasExhausted = false;
    }

    void step() {
        left--;
    }

    boolean exhausted() {
        if (left <= 0) {
            wasExhausted = true;
            return true;
        }
        return false;
    }

    boolean wasExhausted() {
        return wasExhausted;
    }

    boolean enterCall() {
        if (calls >= CALL_DEPTH || exhausted()) {
            wasExhausted |= calls >= CALL_DEPTH;
            return false;
        }
        calls++;
        return true;
    }

    void leaveCall() {
        calls--;
    }

    boolean enterExpression() {
        if (depth >= EXPRESSION_DEPTH) {
            wasExhausted = true;
            return false;
        }
        depth++;
        return true;
    }

    void leaveExpression() {
        depth--;
    }
}
