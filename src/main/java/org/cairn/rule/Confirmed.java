package org.cairn.rule;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** What rests on people's word: hours, approvals, and who belongs to which group. */
final class Confirmed {

    private Confirmed() {}

    static boolean isIn(Member member, Facts facts, Instant at) {
        var joined = facts.memberships().get(new Membership(member.group(), member.name()));
        return joined != null && member.joined().contains(joined, at, facts.zone());
    }

    static BigDecimal worked(Hours hours, Facts facts, Instant at) {
        var sum = BigDecimal.ZERO;
        for (var worked : facts.hours(hours.kind())) {
            if (hours.window().contains(worked.at(), at, facts.zone())) {
                sum = sum.add(worked.hours());
            }
        }
        return sum;
    }

    static @Nullable Strength weakest(Hours hours, Facts facts, Instant at) {
        return facts.hours(hours.kind()).stream()
                .filter(worked -> hours.window().contains(worked.at(), at, facts.zone()))
                .map(Worked::strength)
                .min(Strength::compareTo)
                .orElse(null);
    }

    /** How many people's last word on it is yes. */
    static int approvals(Approved approved, Facts facts, Instant at) {
        var lastWords = new HashMap<String, Approval>();
        for (var step : facts.approvals(approved.evidence())) {
            if (step.step() != Approval.Step.ASKED
                    && (step.independent() || !approved.independent())
                    && approved.window().contains(step.at(), at, facts.zone())) {
                lastWords.merge(step.reviewer(), step, (one, other) -> one.compareTo(other) > 0 ? one : other);
            }
        }
        return (int) lastWords.values().stream()
                .filter(step -> step.step() == Approval.Step.APPROVED)
                .count();
    }

    static Evaluation.State state(Approved approved, int approvals, Facts facts, Instant at) {
        if (approvals >= approved.reviewers()) {
            return Evaluation.State.MET;
        }
        Approval last = null;
        for (var step : facts.approvals(approved.evidence())) {
            if (step.step() != Approval.Step.APPROVED && (last == null || step.compareTo(last) > 0)) {
                last = step;
            }
        }
        // An answer that comes too late does not count, however early it was asked for.
        var open = Evaluator.state(false, approved.window(), facts, at);
        return open == Evaluation.State.NOT_YET && last != null && last.step() == Approval.Step.ASKED
                ? Evaluation.State.WAITING
                : open;
    }
}
