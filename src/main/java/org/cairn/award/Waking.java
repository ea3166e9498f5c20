package org.cairn.award;

import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.cairn.AchievementId;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.cairn.catalog.Achievement;
import org.cairn.catalog.Catalogue;
import org.cairn.catalog.Catalogues;
import org.cairn.db.Database;
import org.cairn.evidence.ObservationStore;
import org.cairn.evidence.RegisterStore;
import org.cairn.openbadges.Credentials;
import org.cairn.people.AccountStore;
import org.cairn.people.TenantStore;
import org.cairn.rule.Ageing;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles what time alone changes: awards end, those of earlier versions by what a major change said ({@link EarlierAwards}), and what stood in somebody's way grows too old to count ({@link Ageing}). Each tenant is
 * settled from where it was left, and where that is, is written last: a restart, or a second node, does nothing twice and leaves nothing
 * out.
 */
public final class Waking {

    private static final Logger LOG = LoggerFactory.getLogger(Waking.class);

    private static final int BATCH = 200;

    private final Database database;
    private final Catalogues catalogues;
    private final Awarding awarding;
    private final Clock clock;
    private final EarlierAwards earlier;

    /** What was done: the awards that ended, who was decided anew because of age, and what was awarded. */
    public record Woken(int ended, int aged, int awards) {}

    public Waking(Database database, Catalogues catalogues, Awarding awarding, Credentials credentials, Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.awarding = awarding;
        this.clock = clock;
        this.earlier = new EarlierAwards(database, credentials, clock);
    }

    /** Settles every tenant until now. One that fails hinders no other, and is tried again the next time. */
    public void wakeAll() {
        for (var tenant : database.inTransaction(TenantStore::list)) {
            try {
                var woken = wake(tenant.id());
                if (woken.ended() > 0 || woken.aged() > 0) {
                    LOG.info(
                            "{}: {} awards ended, {} times somebody was decided anew by age, {} awards made",
                            tenant.slug(),
                            woken.ended(),
                            woken.aged(),
                            woken.awards());
                }
            } catch (RuntimeException e) {
                LOG.error("{} not settled until now; it is tried again", tenant.slug(), e);
            }
        }
    }

    Woken wake(TenantId tenant) {
        earlier.end(tenant);
        var until = clock.instant();
        var after = database.inTransaction(db -> WakingStore.settledUntil(db, tenant));
        int endings = 0;
        int awards = 0;
        for (var some : endings(tenant, after, until)) {
            var made = database.inTransaction(db -> end(db, tenant, some));
            endings += made.ended();
            awards += made.awards();
        }
        int aged = 0;
        var catalogue = database.inTransaction(db -> catalogues.current(db, tenant));
        for (var achievement : ageing(catalogue)) {
            var learners = database.inTransaction(db -> aged(db, catalogue, achievement, after, until));
            aged += learners.size();
            awards += awarding.reconsiderAll(tenant, learners, Set.of(achievement.id()))
                    .size();
        }
        database.inTransaction(db -> {
            WakingStore.settle(db, tenant, until);
            return null;
        });
        return new Woken(endings, aged, awards);
    }

    /** Most rules never change by age, and nothing is asked about them. */
    private static List<Achievement> ageing(Catalogue catalogue) {
        return catalogue.achievements().stream()
                .filter(one -> !Ageing.of(one.definition().rule()).isEmpty())
                .toList();
    }

    private List<List<WakingStore.Ended>> endings(TenantId tenant, Instant after, Instant until) {
        return database.inTransaction(db -> WakingStore.ended(db, tenant, after, until)).stream()
                .gather(Gatherers.windowFixed(BATCH))
                .toList();
    }

    /** What ended is told to gradebooks, earned anew by what was shown since, and drops out of what it counted in as low. */
    private Woken end(DSLContext db, TenantId tenant, List<WakingStore.Ended> some) {
        var now = clock.instant();
        var learners = some.stream().map(WakingStore.Ended::learner).collect(Collectors.toSet());
        AccountStore.lock(db, tenant, learners);
        // Another node may have been faster.
        var ended = WakingStore.ended(
                db, tenant, some.stream().map(WakingStore.Ended::award).toList());
        if (ended.isEmpty()) {
            return new Woken(0, 0, 0);
        }
        WakingStore.end(db, tenant, ended);
        Columns.takeBack(
                db, tenant, ended.stream().map(WakingStore.Ended::holder).toList(), now);
        var catalogue = catalogues.current(db, tenant);
        var concerned = new LinkedHashSet<AchievementId>();
        ended.forEach(one -> concerned.add(one.achievement()));
        List.copyOf(concerned).forEach(one -> catalogue.above(one).forEach(stack -> concerned.add(stack.id())));
        return new Woken(
                ended.size(),
                0,
                awarding.reconsider(db, tenant, learners, concerned, now).size());
    }

    /** Who has shown, joined or been awarded something that grew too old for this achievement's rule between these instants. */
    private static Set<LearnerId> aged(
            DSLContext db, Catalogue catalogue, Achievement achievement, Instant after, Instant until) {
        var rule = achievement.definition().rule();
        var tenant = catalogue.tenant();
        var learners = new HashSet<LearnerId>();
        for (var period : Ageing.of(rule)) {
            var from = before(after, period, catalogue);
            var to = before(until, period, catalogue);
            if (!rule.slots().isEmpty()) {
                var activities = Candidate.activities(Candidate.of(catalogue, achievement));
                learners.addAll(ObservationStore.learners(db, tenant, activities, from, to));
            }
            if (rule.asksTheRegister()) {
                learners.addAll(RegisterStore.learners(db, tenant, from, to));
            }
            if (rule.asksForAwards()) {
                learners.addAll(AwardStore.holders(db, tenant, catalogue.below(achievement.id()), from, to));
            }
        }
        return learners;
    }

    private static Instant before(Instant at, Period period, Catalogue catalogue) {
        return at.atZone(catalogue.timeZone()).minus(period).toInstant();
    }
}
