package org.cairn.evidence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairn.AchievementId;
import org.cairn.HandInId;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.cairn.rule.Approval;
import org.cairn.rule.Slot;
import org.jooq.DSLContext;

/** What became of what some learners handed in. Only the last hand-in of each counts: who approved an earlier text has not seen this one. */
public final class Approvals {

    private record Subject(LearnerId learner, AchievementId achievement) {}

    private final Map<Subject, Map<Slot, List<Approval>>> steps = new HashMap<>();

    private Approvals() {}

    public static Approvals none() {
        return new Approvals();
    }

    /** Of these learners, in one statement for a thousand of them. */
    public static Approvals load(DSLContext db, TenantId tenant, Collection<LearnerId> learners) {
        var approvals = new Approvals();
        approvals.keep(HandInStore.steps(db, tenant, learners));
        return approvals;
    }

    /** For one achievement, by what was handed in. */
    public Map<Slot, List<Approval>> of(LearnerId learner, AchievementId achievement) {
        return steps.getOrDefault(new Subject(learner, achievement), Map.of());
    }

    /** {@code rows} come newest hand-in first. */
    private void keep(List<HandInStore.Row> rows) {
        var last = new HashMap<Subject, Map<Slot, HandInId>>();
        Set<HandInId> asked = new HashSet<>();
        for (var row : rows) {
            var subject = new Subject(row.learner(), row.achievement());
            var newest = last.computeIfAbsent(subject, s -> new HashMap<>())
                    .computeIfAbsent(row.slot(), slot -> row.handIn());
            if (newest.equals(row.handIn())) {
                var list = steps.computeIfAbsent(subject, s -> new HashMap<>())
                        .computeIfAbsent(row.slot(), slot -> new ArrayList<>());
                if (asked.add(row.handIn())) {
                    list.add(row.asked());
                }
                if (row.answer() != null) {
                    list.add(row.answer());
                }
            }
        }
    }
}
