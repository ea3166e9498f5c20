package org.cairn.award;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cairn.AccountId;
import org.cairn.AchievementId;
import org.cairn.CourseId;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.cairn.catalog.Attachment;
import org.cairn.catalog.Catalogue;
import org.cairn.lti.MemberStore;
import org.cairn.lti.service.ScoreStore;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Role;
import org.jooq.DSLContext;

/**
 * What the LMS's gradebooks are told: who holds an achievement, in the courses that asked for a column of it. An LMS can then open what
 * comes next to whoever holds it. 100 of 100 is held, 0 is held no longer, and nothing is said of who never earned it. Only learners of the
 * course are told of: an LMS refuses scores of all others.
 */
final class Columns {

    private static final int HELD = 100;
    private static final int LONGEST_LABEL = 250;

    /** Somebody and what she holds, or held. */
    record Holder(LearnerId learner, AchievementId achievement) {}

    private Columns() {}

    /** Tells of these awards, within the transaction that makes them. */
    static void tell(DSLContext db, Catalogue catalogue, Collection<Holder> awards, Instant now) {
        var tenant = catalogue.tenant();
        var columns = awards.stream()
                .flatMap(award -> catalogue.attachments(award.achievement()).stream())
                .filter(Attachment::inGradebook)
                .collect(Collectors.toSet());
        if (columns.isEmpty()) {
            return;
        }
        var accounts = accounts(AccountStore.ofLearners(
                db, tenant, awards.stream().map(Holder::learner).collect(Collectors.toSet())));
        Map<CourseId, Set<AccountId>> enrolled = MemberStore.members(
                db,
                tenant,
                columns.stream().map(Attachment::course).collect(Collectors.toSet()),
                accounts.values().stream().flatMap(List::stream).collect(Collectors.toSet()),
                Role.LEARNER);
        var wanted = new ArrayList<ScoreStore.Wanted>();
        for (var award : awards) {
            columns.stream()
                    .filter(column -> column.achievement().equals(award.achievement()))
                    .forEach(column -> accounts.getOrDefault(award.learner(), List.of()).stream()
                            .filter(enrolled.getOrDefault(column.course(), Set.of())::contains)
                            .forEach(account -> wanted.add(wanted(catalogue, column, account))));
        }
        ScoreStore.want(db, tenant, wanted, now);
    }

    /** Takes back what was told of whoever lost these and holds no other award of them now, within the transaction that takes them. */
    static void takeBack(DSLContext db, TenantId tenant, Collection<Holder> lost, Instant now) {
        if (lost.isEmpty()) {
            return;
        }
        var learners = lost.stream().map(Holder::learner).collect(Collectors.toSet());
        var achievements = lost.stream().map(Holder::achievement).collect(Collectors.toSet());
        var held = AwardStore.held(db, tenant, learners, achievements).stream()
                .filter(one -> one.stands() && !one.hasEnded(now))
                .map(AwardStore.Holding::holder)
                .collect(Collectors.toSet());
        var accounts = AccountStore.ofLearners(db, tenant, learners).stream()
                .collect(Collectors.groupingBy(Account::learner, Collectors.mapping(Account::id, Collectors.toSet())));
        var columns = new HashMap<String, Set<AccountId>>();
        lost.stream()
                .filter(one -> !held.contains(one))
                .forEach(one -> columns.computeIfAbsent(Attachment.columnId(one.achievement()), c -> new HashSet<>())
                        .addAll(accounts.getOrDefault(one.learner(), Set.of())));
        ScoreStore.takeBack(db, tenant, columns, now);
    }

    /** Tells of everybody who is in the course and holds what it shows: after it was attached, and after the roster was read. */
    static void settle(DSLContext db, Catalogue catalogue, CourseId course, Instant now) {
        var columns = catalogue.attachments(course).stream()
                .filter(Attachment::inGradebook)
                .collect(Collectors.toMap(Attachment::achievement, column -> column));
        if (columns.isEmpty()) {
            return;
        }
        var accounts = accounts(learners(db, catalogue.tenant(), course));
        var wanted = new ArrayList<ScoreStore.Wanted>();
        for (var held : AwardStore.held(db, catalogue.tenant(), accounts.keySet(), columns.keySet())) {
            var column = columns.get(held.achievement());
            if (column != null && held.stands() && !held.hasEnded(now)) {
                accounts.getOrDefault(held.learner(), List.of())
                        .forEach(account -> wanted.add(wanted(catalogue, column, account)));
            }
        }
        ScoreStore.want(db, catalogue.tenant(), wanted, now);
    }

    private static List<Account> learners(DSLContext db, TenantId tenant, CourseId course) {
        var ids = MemberStore.members(db, tenant, course).entrySet().stream()
                .filter(member -> member.getValue() == Role.LEARNER)
                .map(Map.Entry::getKey)
                .toList();
        return AccountStore.list(db, tenant, ids);
    }

    private static Map<LearnerId, List<AccountId>> accounts(List<Account> accounts) {
        return accounts.stream()
                .filter(account -> !account.testUser())
                .collect(Collectors.groupingBy(Account::learner, Collectors.mapping(Account::id, Collectors.toList())));
    }

    private static ScoreStore.Wanted wanted(Catalogue catalogue, Attachment column, AccountId account) {
        var name = catalogue.get(column.achievement()).name();
        return new ScoreStore.Wanted(
                column.course(),
                Attachment.columnId(column.achievement()),
                account,
                name.substring(0, Math.min(name.length(), LONGEST_LABEL)),
                HELD,
                HELD);
    }
}
