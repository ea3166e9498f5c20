package org.cairn.web;

import org.cairn.award.Standing;
import org.cairn.rule.Evaluation;

/** How something stands, in one word and one sign: never by colour alone. */
public enum State {
    EARNED("Earned", "earned", "✓"),
    OPEN("In progress", "open", "…"),
    STARTED("Not started", "open", "○"),
    READY("Ready to apply for", "open", "!"),
    UNDECIDED("Needs approval", "waiting", "⧗"),
    WAITING("Being graded", "waiting", "⧗"),
    CLOSED("No longer possible", "closed", "–"),
    HELD("Held for review", "waiting", "‖"),
    REVOKED("Revoked", "revoked", "✕");

    private final String word;
    private final String style;
    private final String sign;

    State(String word, String style, String sign) {
        this.word = word;
        this.style = style;
        this.sign = sign;
    }

    public String word() {
        return word;
    }

    public String style() {
        return style;
    }

    public String sign() {
        return sign;
    }

    static State of(Standing standing) {
        if (standing.isHeld() || standing.isRevoked()) {
            return standing.isHeld() ? EARNED : REVOKED;
        }
        if (standing.isSuspended()) {
            return HELD;
        }
        if (standing.achievement().isRetired()) {
            return CLOSED;
        }
        if (!standing.evaluation().isMet()) {
            return of(standing.evaluation());
        }
        return switch (standing.achievement().definition().rule().mode()) {
            case AUTO -> EARNED;
            case APPLY -> READY;
            case APPROVE -> UNDECIDED;
        };
    }

    static State of(Evaluation evaluation) {
        return switch (evaluation.state()) {
            case MET -> EARNED;
            case WAITING -> WAITING;
            case CLOSED -> CLOSED;
            case NOT_YET -> hasStarted(evaluation) ? OPEN : STARTED;
        };
    }

    private static boolean hasStarted(Evaluation evaluation) {
        return evaluation.isMet()
                || evaluation.used() != null
                || evaluation.parts().stream().anyMatch(State::hasStarted);
    }
}
