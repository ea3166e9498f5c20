package org.cairn.award;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.cairn.AwardId;
import org.cairn.CredentialId;
import org.cairn.LearnerId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.catalog.Catalogues;
import org.cairn.db.Database;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.Credentials;
import org.cairn.people.AccountStore;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** What a learner lets others see of her award: private until she says otherwise. */
public final class Sharing {

    private final Database database;
    private final Catalogues catalogues;
    private final Credentials credentials;
    private final Clock clock;

    public Sharing(Database database, Catalogues catalogues, Credentials credentials, Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.credentials = credentials;
        this.clock = clock;
    }

    /** The signed form that tells the grades, made when first asked for; it has an id and a subject of its own. */
    public Credential withGrade(TenantId tenant, LearnerId learner, AwardId award) {
        var now = clock.instant();
        return database.inTransaction(db -> {
            AccountStore.lock(db, tenant, Set.of(learner));
            var earned = own(db, tenant, learner, award);
            var existing = credentials.list(db, tenant, List.of(award)).stream()
                    .filter(Credential::withGrade)
                    .findFirst();
            if (existing.isPresent()) {
                return existing.get();
            }
            var catalogue = catalogues.current(db, tenant);
            var achievement = catalogue.get(earned.achievement(), earned.version());
            var issuance = Issuances.of(catalogue, earned, achievement, true);
            if (!issuance.withGrade()) {
                throw new Problem(
                        Problem.Kind.UNPROCESSABLE,
                        "no_grade",
                        "This award rests on other credentials and has no grade of its own.");
            }
            return credentials.issueAll(db, List.of(issuance), now).getFirst();
        });
    }

    /** Names the learner on the public page of one of her credentials, or with null no longer. */
    public void name(
            TenantId tenant, LearnerId learner, AwardId award, CredentialId credential, @Nullable String name) {
        database.inTransaction(db -> {
            own(db, tenant, learner, award);
            boolean isOfAward = credentials.list(db, tenant, List.of(award)).stream()
                    .anyMatch(one -> one.id().equals(credential));
            if (!isOfAward) {
                throw unknown();
            }
            credentials.show(db, tenant, credential, name);
            return null;
        });
    }

    private static Award own(DSLContext db, TenantId tenant, LearnerId learner, AwardId award) {
        var found = AwardStore.find(db, tenant, award)
                .filter(one -> one.learner().equals(learner))
                .orElseThrow(Sharing::unknown);
        if (found.isSuspended()) {
            throw new Problem(
                    Problem.Kind.CONFLICT,
                    "award_held",
                    "This award is held for review and cannot be shared before that is over.");
        }
        if (!found.stands()) {
            throw new Problem(
                    Problem.Kind.CONFLICT, "award_revoked", "This award is revoked and can no longer be shared.");
        }
        return found;
    }

    private static Problem unknown() {
        return new Problem(Problem.Kind.NOT_FOUND, "award_unknown", "There is no such award.");
    }
}
