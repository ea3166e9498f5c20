package org.cairn.award;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cairn.AccountId;
import org.cairn.AchievementId;
import org.cairn.LearnerId;
import org.cairn.catalog.Attachment;
import org.cairn.catalog.Catalogue;
import org.cairn.lti.CourseStore;
import org.cairn.lti.service.ScoreStore;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.jooq.DSLContext;

/**
 * What the LMS's gradebooks are told: who holds an achievement, in the courses that asked for a column of it. An LMS can then open what
 * comes next to whoever holds it. 100 of 100 is held, 0 is revoked, and nothing is said of who never earned it.
 */
final class Columns {

    static final int HELD = 100;

    private Columns() {}

    /** Tells of these awards, within the transaction that makes or revokes them. */
    static void tell(DSLContext db, Catalogue catalogue, Collection<Award> awards, boolean isHeld, Instant now) {
        var learners = new HashMap<AchievementId, Set<LearnerId>>();
        awards.forEach(award -> learners.computeIfAbsent(award.achievement(), id -> new HashSet<>())
                .add(award.learner()));
        learners.forEach((achievement, holders) -> catalogue.attachments(achievement).stream()
                .filter(Attachment::inGradebook)
                .forEach(attachment -> tell(db, catalogue, attachment, holders, isHeld, now)));
    }

    /** Tells of everybody who holds it and is in the course: after it was attached, and after the roster was read. */
    static void settle(DSLContext db, Catalogue catalogue, Attachment attachment, Instant now) {
        if (attachment.inGradebook()) {
            var holders = AwardStore.holders(db, catalogue.tenant(), Set.of(attachment.achievement()));
            tell(db, catalogue, attachment, Set.copyOf(holders), true, now);
        }
    }

    private static void tell(
            DSLContext db,
            Catalogue catalogue,
            Attachment attachment,
            Set<LearnerId> learners,
            boolean isHeld,
            Instant now) {
        var tenant = catalogue.tenant();
        var members = CourseStore.members(db, tenant, attachment.course()).keySet();
        List<AccountId> accounts = AccountStore.ofLearners(db, tenant, learners).stream()
                .filter(account -> !account.testUser())
                .map(Account::id)
                .filter(members::contains)
                .collect(Collectors.toList());
        var given = accounts.stream().collect(Collectors.toMap(account -> account, account -> isHeld ? HELD : 0));
        ScoreStore.want(
                db,
                tenant,
                attachment.course(),
                Attachment.columnId(attachment.achievement()),
                label(catalogue, attachment),
                HELD,
                Map.copyOf(given),
                now);
    }

    private static String label(Catalogue catalogue, Attachment attachment) {
        var name = catalogue.get(attachment.achievement()).name();
        return name.substring(0, Math.min(name.length(), 250));
    }
}
