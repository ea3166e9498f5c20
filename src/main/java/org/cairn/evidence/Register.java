package org.cairn.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.cairn.rule.Membership;
import org.cairn.rule.Slot;
import org.cairn.rule.Worked;
import org.jooq.DSLContext;

/** What the institution's register says of some learners. */
public final class Register {

    private final Map<LearnerId, Map<Membership, Instant>> memberships = new HashMap<>();
    private final Map<LearnerId, Map<Slot, List<Worked>>> hours = new HashMap<>();

    private Register() {}

    public static Register none() {
        return new Register();
    }

    /** Of these learners, in two statements for a thousand of them. */
    public static Register load(DSLContext db, TenantId tenant, Collection<LearnerId> learners) {
        var register = new Register();
        RegisterStore.memberships(db, tenant, learners)
                .forEach(one -> register.memberships
                        .computeIfAbsent(one.learner(), l -> new HashMap<>())
                        .put(one.membership(), one.at()));
        RegisterStore.hours(db, tenant, learners)
                .forEach(one -> register.hours
                        .computeIfAbsent(one.learner(), l -> new HashMap<>())
                        .computeIfAbsent(one.kind(), kind -> new ArrayList<>())
                        .add(one.worked()));
        return register;
    }

    /** Since when she belongs to which groups. */
    public Map<Membership, Instant> memberships(LearnerId learner) {
        return memberships.getOrDefault(learner, Map.of());
    }

    /** Her hours by kind. */
    public Map<Slot, List<Worked>> hours(LearnerId learner) {
        return hours.getOrDefault(learner, Map.of());
    }
}
