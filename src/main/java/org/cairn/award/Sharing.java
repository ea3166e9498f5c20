package org.cairn.award;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.cairn.AwardId;
import org.cairn.CredentialId;
import org.cairn.LearnerId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.catalog.Catalogues;
import org.cairn.db.Database;
import org.cairn.db.Text;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.Credentials;
import org.cairn.openbadges.Disclosure;
import org.cairn.openbadges.Issuance.Recipient;
import org.cairn.openbadges.SharedLinks;
import org.cairn.people.AccountStore;
import org.jooq.DSLContext;

/** What a learner lets others see of her award, and how: nothing until she says otherwise. */
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

    /**
     * The signed form that tells what she chose, made when it is first asked for; each has an id and a subject of its own, so that nobody sees
     * that two are of one person. A form that calls her otherwise stays as it is: see {@link #rename}.
     */
    public Credential form(TenantId tenant, LearnerId learner, AwardId award, Disclosure wish) {
        return database.inTransaction(db -> {
            AccountStore.lock(db, tenant, Set.of(learner));
            var earned = standing(own(db, tenant, learner, award));
            return credentials.list(db, tenant, List.of(award)).stream()
                    .filter(one -> one.wallet() == null && one.told().isLike(wish))
                    .findFirst()
                    .orElseGet(() -> issue(db, earned, wish));
        });
    }

    private Credential issue(DSLContext db, Award award, Disclosure wish) {
        var catalogue = catalogues.current(db, award.tenant());
        var achievement = catalogue.get(award.achievement(), award.version());
        var issuance = Issuances.of(catalogue, award, achievement, wish, new Recipient(wish.name(), null));
        if (wish.grades() && issuance.results().isEmpty()) {
            throw new Problem(
                    Problem.Kind.UNPROCESSABLE,
                    "no_grade",
                    "This award rests on other credentials and has no grade of its own.");
        }
        return credentials.issueAll(db, List.of(issuance), clock.instant()).getFirst();
    }

    /** Shows one of her signed forms at its public address, or no longer; the latter whatever became of the award. */
    public void show(TenantId tenant, LearnerId learner, AwardId award, CredentialId credential, boolean isShown) {
        database.inTransaction(db -> {
            var earned = own(db, tenant, learner, award);
            var form = of(credentials.list(db, tenant, List.of(award)), credential);
            if (isShown) {
                standing(earned);
            }
            if (isShown != form.isShown()) {
                credentials.show(db, tenant, credential, isShown ? clock.instant() : null);
            }
            return null;
        });
    }

    /**
     * Makes a link to one of her signed forms and returns its secret, which is never to be had again.
     *
     * @param note for whom it is; may be empty
     */
    public String link(
            TenantId tenant, LearnerId learner, AwardId award, CredentialId credential, String note, Duration life) {
        var plain = note.isBlank()
                ? ""
                : Text.written(note, 200, "link_note", "Say in up to 200 characters for whom the link is.");
        if (life.compareTo(Duration.ofHours(1)) < 0 || life.compareTo(SharedLinks.LONGEST) > 0) {
            throw new Problem(Problem.Kind.UNPROCESSABLE, "link_life", "A link can last from an hour to a year.");
        }
        return database.inTransaction(db -> {
            AccountStore.lock(db, tenant, Set.of(learner));
            standing(own(db, tenant, learner, award));
            var forms = credentials.list(db, tenant, List.of(award));
            var ids = forms.stream().map(Credential::id).toList();
            var now = clock.instant();
            if (SharedLinks.open(db, tenant, ids, now).size() >= SharedLinks.MOST) {
                throw new Problem(
                        Problem.Kind.CONFLICT,
                        "too_many_links",
                        "%d links to this credential are open; end one of them first.".formatted(SharedLinks.MOST));
            }
            return SharedLinks.add(db, of(forms, credential), plain, life, now);
        });
    }

    /** Ends one of her links to a signed form of this award. */
    public void end(TenantId tenant, LearnerId learner, AwardId award, String link) {
        database.inTransaction(db -> {
            own(db, tenant, learner, award);
            var ids = credentials.list(db, tenant, List.of(award)).stream()
                    .map(Credential::id)
                    .toList();
            if (!SharedLinks.end(db, tenant, ids, link, clock.instant())) {
                throw new Problem(
                        Problem.Kind.NOT_FOUND, "link_unknown", "There is no such open link; it may have ended.");
            }
            return null;
        });
    }

    /**
     * Issues every signed form of hers that calls her otherwise anew with this name, under the same id, and returns how many. Never without her
     * word: an LMS may tell another name for many reasons, and what she gave to others is outdated by it.
     */
    public int rename(TenantId tenant, LearnerId learner, String name) {
        return database.inTransaction(db -> {
            AccountStore.lock(db, tenant, Set.of(learner));
            var awards = AwardStore.list(db, tenant, learner).stream()
                    .filter(award -> !award.isRevoked())
                    .map(Award::id)
                    .toList();
            return credentials.rename(db, tenant, awards, name, clock.instant());
        });
    }

    /** One of her signed forms of this award. Throws Problem NOT_FOUND where it is none. */
    public Credential form(DSLContext db, TenantId tenant, LearnerId learner, AwardId award, CredentialId credential) {
        own(db, tenant, learner, award);
        return of(credentials.list(db, tenant, List.of(award)), credential);
    }

    /** The same, where its award stands: bound to no wallet, so that it can be given to others. */
    Credential shareable(DSLContext db, TenantId tenant, LearnerId learner, AwardId award, CredentialId credential) {
        standing(own(db, tenant, learner, award));
        var form = of(credentials.list(db, tenant, List.of(award)), credential);
        if (form.wallet() != null) {
            throw unknown();
        }
        return form;
    }

    private static Credential of(List<Credential> forms, CredentialId credential) {
        return forms.stream()
                .filter(one -> one.id().equals(credential))
                .findFirst()
                .orElseThrow(Sharing::unknown);
    }

    private static Award own(DSLContext db, TenantId tenant, LearnerId learner, AwardId award) {
        return AwardStore.find(db, tenant, award)
                .filter(one -> one.learner().equals(learner))
                .orElseThrow(Sharing::unknown);
    }

    private static Award standing(Award award) {
        if (award.isSuspended()) {
            throw new Problem(
                    Problem.Kind.CONFLICT,
                    "award_held",
                    "This award is held for review and cannot be shared before that is over.");
        }
        if (!award.stands()) {
            throw new Problem(
                    Problem.Kind.CONFLICT, "award_revoked", "This award is revoked and can no longer be shared.");
        }
        return award;
    }

    private static Problem unknown() {
        return new Problem(Problem.Kind.NOT_FOUND, "award_unknown", "There is no such award.");
    }
}
