package dev.trackit.python.effects;

/** Limits the work for one statement and for one execution, whatever its code looks like. */
final class Budget {
    private static final int STEPS_OF_EXECUTION = 200_000;
    private static final int STEPS_OF_STATEMENT = 50_000;
    private static final int CALL_DEPTH = 12;
    private static final int EXPRESSION_DEPTH = 400;

    private int leftOfExecution;
    private int left;
    private int calls;
    private int depth;
    private boolean wasExhausted;

    void beginExecution() {
        leftOfExecution = STEPS_OF_EXECUTION;
        left = 0;
        wasExhausted = false;
    }

    void beginStatement() {
        left = Math.min(STEPS_OF_STATEMENT, leftOfExecution);
        leftOfExecution -= left;
        calls = 0;
        depth = 0;
    }

    void endStatement() {
        leftOfExecution += Math.max(0, left);
        left = 0;
    }

    void step() {
        left--;
    }

    void steps(int n) {
        left -= n;
    }

    boolean exhausted() {
        if (left <= 0) {
            wasExhausted = true;
            return true;
        }
        return false;
    }

    /** Whether something of the execution could not be followed. */
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
