package org.cairn.evidence;

import static org.cairn.db.schema.Tables.CONFIRMED_HOURS;
import static org.cairn.db.schema.Tables.MEMBERSHIP;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.cairn.db.Chunks;
import org.cairn.db.schema.tables.records.ConfirmedHoursRecord;
import org.cairn.db.schema.tables.records.MembershipRecord;
import org.cairn.rule.Member;
import org.cairn.rule.Membership;
import org.cairn.rule.Slot;
import org.cairn.rule.Strength;
import org.cairn.rule.Worked;
import org.jooq.DSLContext;

/** Who belongs to which group since when, and who has which hours, as the institution's register says. */
public final class RegisterStore {

    /** That somebody belongs to a group. */
    public record Joined(LearnerId learner, Membership membership, Instant at) {}

    /** Hours that somebody has. */
    public record Done(LearnerId learner, Slot kind, Worked worked) {}

    private record Belongs(LearnerId learner, Membership membership) {}

    private RegisterStore() {}

    /** Since when people belong to groups; a later word replaces an earlier one, the last one in the list. */
    public static void join(DSLContext db, TenantId tenant, Collection<Joined> all) {
        var known = memberships(db, tenant, all.stream().map(Joined::learner).collect(Collectors.toSet())).stream()
                .map(one -> new Belongs(one.learner(), one.membership()))
                .collect(Collectors.toSet());
        var last = new LinkedHashMap<Belongs, MembershipRecord>();
        all.forEach(one -> last.put(new Belongs(one.learner(), one.membership()), row(tenant, one)));
        var isKnown = last.entrySet().stream()
                .collect(Collectors.partitioningBy(
                        one -> known.contains(one.getKey()),
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        db.batchInsert(isKnown.getOrDefault(false, List.of())).execute();
        db.batchUpdate(isKnown.getOrDefault(true, List.of())).execute();
    }

    /** Keeps hours. What is known already, to the instant and the amount, is not kept again. */
    public static void confirm(DSLContext db, TenantId tenant, Collection<Done> all) {
        var known =
                new HashSet<>(hours(db, tenant, all.stream().map(Done::learner).collect(Collectors.toSet())));
        db.batchInsert(all.stream()
                        .distinct()
                        .filter(one -> !known.contains(one))
                        .map(one -> new ConfirmedHoursRecord(
                                tenant,
                                one.learner(),
                                one.kind().name(),
                                one.worked().hours().toPlainString(),
                                one.worked().at()))
                        .toList())
                .execute();
    }

    static List<Joined> memberships(DSLContext db, TenantId tenant, Collection<LearnerId> learners) {
        return Chunks.list(
                learners,
                some -> db.selectFrom(MEMBERSHIP)
                        .where(MEMBERSHIP.TENANT_ID.eq(tenant), MEMBERSHIP.LEARNER_ID.in(some))
                        .fetch(row -> new Joined(
                                row.getLearnerId(),
                                new Membership(Member.Group.valueOf(row.getKind()), row.getName()),
                                row.getJoinedAt())));
    }

    static List<Done> hours(DSLContext db, TenantId tenant, Collection<LearnerId> learners) {
        return Chunks.list(
                learners,
                some -> db.selectFrom(CONFIRMED_HOURS)
                        .where(CONFIRMED_HOURS.TENANT_ID.eq(tenant), CONFIRMED_HOURS.LEARNER_ID.in(some))
                        .fetch(row -> new Done(
                                row.getLearnerId(),
                                new Slot(row.getKind()),
                                new Worked(new BigDecimal(row.getHours()), row.getDoneAt(), Strength.REVIEWED))));
    }

    /** Whoever the register says anything of. */
    public static Set<LearnerId> learners(DSLContext db, TenantId tenant) {
        var learners = new HashSet<>(db.selectDistinct(MEMBERSHIP.LEARNER_ID)
                .from(MEMBERSHIP)
                .where(MEMBERSHIP.TENANT_ID.eq(tenant))
                .fetch(MEMBERSHIP.LEARNER_ID));
        learners.addAll(db.selectDistinct(CONFIRMED_HOURS.LEARNER_ID)
                .from(CONFIRMED_HOURS)
                .where(CONFIRMED_HOURS.TENANT_ID.eq(tenant))
                .fetch(CONFIRMED_HOURS.LEARNER_ID));
        return learners;
    }

    /** Who joined anything from the one instant until before the other. */
    public static Set<LearnerId> learners(DSLContext db, TenantId tenant, Instant from, Instant to) {
        return db.selectDistinct(MEMBERSHIP.LEARNER_ID)
                .from(MEMBERSHIP)
                .where(MEMBERSHIP.TENANT_ID.eq(tenant), MEMBERSHIP.JOINED_AT.ge(from), MEMBERSHIP.JOINED_AT.lt(to))
                .fetchSet(MEMBERSHIP.LEARNER_ID);
    }

    private static MembershipRecord row(TenantId tenant, Joined one) {
        var membership = one.membership();
        return new MembershipRecord(tenant, one.learner(), membership.group().name(), membership.name(), one.at());
    }
}
