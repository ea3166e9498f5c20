package org.cairn.award;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairn.AchievementId;
import org.cairn.AwardId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.catalog.Catalogues;
import org.cairn.db.Database;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.Credentials;
import org.cairn.openbadges.Credentials.Relation;
import org.cairn.openbadges.Issuance;
import org.cairn.rule.InOrder;
import org.cairn.rule.Requirement;
import org.jooq.DSLContext;

/** Certificates with everything that they are stacked from, each as one signed record, which can be checked down to the last part. */
public final class Records {

    private final Database database;
    private final Catalogues catalogues;
    private final Credentials credentials;
    private final Clock clock;

    public Records(Database database, Catalogues catalogues, Credentials credentials, Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.credentials = credentials;
        this.clock = clock;
    }

    /** A record as it was signed, and the credentials in it. */
    public record Whole(String text, List<Credential> credentials) {}

    /**
     * The record of the award that this is a signed form of, for its learner. What was earned elsewhere has no credential of ours and is not in it.
     *
     * @throws Problem NOT_FOUND where it is stacked from nothing, or does not tell how it was earned
     */
    public Whole of(Credential certificate) {
        return of(certificate, false);
    }

    /** The same for others, who see it only where its learner shows each of its parts too. */
    public Whole shown(Credential certificate) {
        return of(certificate, true);
    }

    private Whole of(Credential certificate, boolean onlyShown) {
        if (!certificate.told().evidence()) {
            throw new Problem(
                    Problem.Kind.NOT_FOUND,
                    "no_evidence",
                    "This form does not tell how it was earned, so it has no record of its parts.");
        }
        var now = clock.instant();
        return database.inTransaction(db -> {
            var relations = parts(db, certificate.tenant(), certificate.award());
            var awards = new LinkedHashSet<AwardId>();
            relations.forEach(one -> awards.add(one.source()));
            awards.remove(certificate.award());
            var components = components(db, certificate.tenant(), awards);
            if (components.isEmpty()) {
                throw new Problem(
                        Problem.Kind.NOT_FOUND,
                        "no_parts",
                        "This credential is not stacked from others, so it has no record.");
            }
            if (onlyShown && !components.stream().allMatch(Credential::isShown)) {
                throw new Problem(
                        Problem.Kind.NOT_FOUND,
                        "parts_not_shown",
                        "Its holder does not show each of the credentials that it is stacked from; ask for the record itself.");
            }
            awards.add(certificate.award());
            var all = AwardStore.listed(db, certificate.tenant(), awards);
            relations.addAll(order(all));
            var text = credentials.record(
                    db, certificate, components, relations, newest(db, certificate.tenant(), all), now);
            var whole = new ArrayList<>(List.of(certificate));
            whole.addAll(components);
            return new Whole(text, List.copyOf(whole));
        });
    }

    /** What is part of what, from the award down. */
    private static List<Relation> parts(DSLContext db, TenantId tenant, AwardId award) {
        var relations = new ArrayList<Relation>();
        var known = new LinkedHashSet<>(Set.of(award));
        Collection<AwardId> open = Set.of(award);
        while (!open.isEmpty()) {
            var next = new LinkedHashSet<AwardId>();
            for (var counted : PartStore.of(db, tenant, open)) {
                var part = new AwardId(counted.part());
                relations.add(new Relation("isPartOf", part, counted.award()));
                if (known.add(part)) {
                    next.add(part);
                }
            }
            open = next;
        }
        return relations;
    }

    /** One signed form of each: the one that was made with the award. */
    private List<Credential> components(DSLContext db, TenantId tenant, Collection<AwardId> awards) {
        var byAward = new LinkedHashMap<AwardId, Credential>();
        for (var credential : credentials.list(db, tenant, awards)) {
            if (credential.isUsual()) {
                byAward.putIfAbsent(credential.award(), credential);
            }
        }
        return List.copyOf(byAward.values());
    }

    /** What has been published since in place of what these awards are of. */
    private Map<AwardId, Issuance.Related> newest(DSLContext db, TenantId tenant, List<Award> awards) {
        var catalogue = catalogues.current(db, tenant);
        var newest = new HashMap<AwardId, Issuance.Related>();
        for (var award : awards) {
            catalogue
                    .find(award.achievement())
                    .filter(now -> now.version() > award.version())
                    .ifPresent(now -> newest.put(award.id(), new Issuance.Related(now.id(), now.version())));
        }
        return newest;
    }

    /** What the rules of these awards wanted to be earned before what. */
    private static List<Relation> order(List<Award> awards) {
        var byAchievement = new HashMap<AchievementId, AwardId>();
        awards.forEach(award -> byAchievement.put(award.achievement(), award.id()));
        var relations = new LinkedHashSet<Relation>();
        awards.forEach(award -> order(award.evaluation().requirement(), byAchievement, relations));
        return List.copyOf(relations);
    }

    private static void order(Requirement requirement, Map<AchievementId, AwardId> awards, Set<Relation> relations) {
        requirement.of().forEach(part -> order(part, awards, relations));
        if (requirement instanceof InOrder inOrder) {
            for (int i = 1; i < inOrder.of().size(); i++) {
                for (var before : inOrder.of().get(i - 1).achievements()) {
                    for (var after : inOrder.of().get(i).achievements()) {
                        if (awards.containsKey(before) && awards.containsKey(after)) {
                            relations.add(new Relation("precedes", awards.get(before), awards.get(after)));
                        }
                    }
                }
            }
        }
    }
}
