package org.cairn.award;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairn.AchievementId;
import org.cairn.LearnerId;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.catalog.Achievement;
import org.cairn.catalog.Catalogues;
import org.cairn.db.Database;
import org.cairn.evidence.RegisterFile;
import org.cairn.evidence.RegisterStore;
import org.cairn.lti.Platform;
import org.cairn.lti.PlatformStore;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Person;
import org.cairn.people.Tenant;
import org.cairn.people.TenantStore;
import org.cairn.rule.Membership;
import org.cairn.rule.Slot;
import org.cairn.rule.Strength;
import org.cairn.rule.Worked;
import org.jooq.DSLContext;

/** Takes what an institution's register says of people, and awards what that completes. Safe for many threads. */
public final class Registering {

    private record Login(String issuer, String clientId) {}

    private record Kept(TenantId tenant, Set<LearnerId> learners, Set<AchievementId> achievements) {}

    private final Database database;
    private final Catalogues catalogues;
    private final Awarding awarding;
    private final Clock clock;

    public Registering(Database database, Catalogues catalogues, Awarding awarding, Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.awarding = awarding;
        this.clock = clock;
    }

    /**
     * Keeps all of it or nothing, then decides anew about everybody in it. Taken twice, it changes nothing.
     *
     * @param tenant the institution's short name
     * @throws Problem UNPROCESSABLE where there is no such institution, or a line names an LMS that is not approved for it
     */
    public List<Award> take(String tenant, RegisterFile file) {
        var now = clock.instant();
        var kept = database.inTransaction(db -> keep(db, tenant, file, now));
        return kept.achievements().isEmpty()
                ? List.of()
                : awarding.reconsiderAll(kept.tenant(), kept.learners(), kept.achievements());
    }

    private Kept keep(DSLContext db, String slug, RegisterFile file, Instant now) {
        var tenant = TenantStore.find(db, slug)
                .orElseThrow(() -> RegisterFile.refused("there is no institution \"%s\".".formatted(slug)));
        var accounts = accounts(db, tenant, file, now);
        var joined = new ArrayList<RegisterStore.Joined>();
        var done = new ArrayList<RegisterStore.Done>();
        for (var line : file.lines()) {
            var learner = learner(accounts, line);
            var at = at(line, tenant.timeZone());
            if (line.group() != null) {
                joined.add(new RegisterStore.Joined(learner, new Membership(line.group(), line.name()), at));
            } else if (line.hours() != null) {
                done.add(new RegisterStore.Done(
                        learner, new Slot(line.name()), new Worked(line.hours(), at, Strength.REVIEWED)));
            }
        }
        RegisterStore.join(db, tenant.id(), joined);
        RegisterStore.confirm(db, tenant.id(), done);
        var learners = new LinkedHashSet<LearnerId>();
        joined.forEach(one -> learners.add(one.learner()));
        done.forEach(one -> learners.add(one.learner()));
        return new Kept(tenant.id(), learners, concerned(db, tenant.id()));
    }

    private static LearnerId learner(Map<Login, Map<String, Account>> accounts, RegisterFile.Line line) {
        var account = accounts.getOrDefault(new Login(line.issuer(), line.clientId()), Map.of())
                .get(line.sub());
        if (account == null) {
            throw new IllegalStateException("An account that was just made is missing.");
        }
        return account.learner();
    }

    private static Instant at(RegisterFile.Line line, ZoneId zone) {
        return line.day().atStartOfDay(zone).toInstant();
    }

    private Set<AchievementId> concerned(DSLContext db, TenantId tenant) {
        var concerned = new LinkedHashSet<AchievementId>();
        catalogues.current(db, tenant).achievements().stream()
                .filter(one -> one.definition().rule().asksTheRegister())
                .map(Achievement::id)
                .forEach(concerned::add);
        return concerned;
    }

    private static Map<Login, Map<String, Account>> accounts(
            DSLContext db, Tenant tenant, RegisterFile file, Instant now) {
        var subs = new HashMap<Login, Set<String>>();
        var first = new HashMap<Login, Integer>();
        for (var line : file.lines()) {
            var login = new Login(line.issuer(), line.clientId());
            subs.computeIfAbsent(login, l -> new LinkedHashSet<>()).add(line.sub());
            first.putIfAbsent(login, line.number());
        }
        var accounts = new HashMap<Login, Map<String, Account>>();
        subs.forEach((login, names) -> {
            var platform = platform(db, tenant.id(), login, first.getOrDefault(login, 0));
            var people = names.stream().map(Person::unnamed).toList();
            accounts.put(login, AccountStore.findOrCreate(db, tenant.id(), platform, people, now));
        });
        return accounts;
    }

    private static PlatformId platform(DSLContext db, TenantId tenant, Login login, int line) {
        return PlatformStore.find(db, login.issuer(), login.clientId())
                .map(Platform::id)
                .filter(platform -> PlatformStore.deployments(db, platform).stream()
                        .anyMatch(deployment -> deployment.tenant().equals(tenant)))
                .orElseThrow(() -> RegisterFile.refused(
                        "line %d: no LMS with this issuer and client id is connected to the institution."
                                .formatted(line)));
    }
}
