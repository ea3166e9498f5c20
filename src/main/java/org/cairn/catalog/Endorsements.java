package org.cairn.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.cairn.AchievementId;
import org.cairn.CredentialId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.db.Database;
import org.cairn.openbadges.Endorsing;
import org.cairn.openbadges.GivenEndorsement;
import org.cairn.openbadges.IssuerProfile;
import org.cairn.openbadges.verification.EndorsementClaims;
import org.cairn.openbadges.verification.Verification;
import org.cairn.openbadges.verification.Verification.Verdict;
import org.cairn.people.Operator;
import org.cairn.people.OperatorActionStore;
import org.jooq.DSLContext;

/**
 * Takes in what partners endorse of an institution's achievements, looks at it again every day, and gives the institution's own endorsements
 * to others. Safe for many threads.
 */
public final class Endorsements {

    /** What a subject's address names. */
    private record Target(TenantId tenant, AchievementId achievement, int version) {}

    private static final Duration EVERY = Duration.ofDays(1);
    private static final int AT_ONCE = 50;
    private static final Pattern PLACE =
            Pattern.compile("/achievements/([0-9a-f-]{36})/([a-z0-9][a-z0-9-]{0,62})/([1-9][0-9]{0,4})");

    private final Database database;
    private final Catalogues catalogues;
    private final Endorsing endorsing;
    private final BiFunction<String, Instant, Verification> verify;
    private final Clock clock;

    /** {@code verify} checks a signed text as of an instant; it may ask other systems. */
    public Endorsements(
            Database database,
            Catalogues catalogues,
            Endorsing endorsing,
            BiFunction<String, Instant, Verification> verify,
            Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.endorsing = endorsing;
        this.verify = verify;
        this.clock = clock;
    }

    /**
     * Takes in a partner's signed text: an EndorsementCredential whose subject is the address of one version of an achievement of one of
     * these institutions.
     *
     * @throws Problem UNPROCESSABLE, saying why, where it is not that, is not valid now or is the institution's own; CONFLICT where it is
     *     here already
     */
    public Endorsement take(String text, Collection<TenantId> tenants, Operator by) {
        var signed = text.replace("\ufeff", "").strip();
        var now = clock.instant();
        var verification = verify.apply(signed, now);
        var credential = requireValid(verification);
        var target = target(credential)
                .filter(one -> tenants.contains(one.tenant()))
                .orElseThrow(
                        () -> refused(
                                "It does not endorse an achievement of yours: its subject’s id has to be the address of one version of one, as the achievement’s public page has it."));
        return database.inTransaction(db -> keep(db, target, signed, credential, by, now));
    }

    /** Shows it no longer. Throws Problem NOT_FOUND where there is none that is not withdrawn. */
    public void withdraw(TenantId tenant, UUID endorsement, Operator by) {
        var now = clock.instant();
        database.inTransaction(db -> {
            require(EndorsementStore.withdraw(db, tenant, endorsement, by.id(), now));
            var endorser = EndorsementStore.find(db, tenant, endorsement)
                    .map(Endorsement::endorser)
                    .orElse("");
            OperatorActionStore.add(db, by, tenant, "withdrew an endorsement by", endorser, now);
            return null;
        });
    }

    /** Looks again at those that nobody has looked at for a day; what a partner has revoked is shown no longer. Returns how many. */
    public int recheck() {
        var due = database.inTransaction(
                db -> EndorsementStore.due(db, clock.instant().minus(EVERY), AT_ONCE));
        for (var one : due) {
            var verdict = verify.apply(one.signed(), clock.instant()).verdict();
            database.inTransaction(db -> {
                EndorsementStore.found(db, one, verdict, clock.instant());
                return null;
            });
        }
        return due.size();
    }

    /** Signs the institution's endorsement of something of others. Throws Problem as {@link Endorsing#give} does. */
    public GivenEndorsement give(TenantId tenant, Endorsing.Praise praise, Operator by) {
        var now = clock.instant();
        return database.inTransaction(db -> {
            var given = endorsing.give(db, IssuerStore.get(db, tenant), praise, now);
            OperatorActionStore.add(db, by, tenant, "endorsed", praise.subject(), now);
            return given;
        });
    }

    /** Takes the institution's endorsement back. Throws Problem NOT_FOUND where there is none that stands. */
    public void revoke(TenantId tenant, CredentialId given, Operator by) {
        var now = clock.instant();
        database.inTransaction(db -> {
            require(endorsing.revoke(db, tenant, given, now));
            OperatorActionStore.add(db, by, tenant, "revoked an endorsement", given.toString(), now);
            return null;
        });
    }

    /** The institution's own that were given last. */
    public List<GivenEndorsement> given(DSLContext db, TenantId tenant, int most) {
        return endorsing.list(db, tenant, most);
    }

    /** One that was given, by its public id. */
    public Optional<GivenEndorsement> findGiven(DSLContext db, CredentialId id) {
        return endorsing.find(db, id);
    }

    private static JsonNode requireValid(Verification verification) {
        var credential = verification.credential();
        if (credential == null || !verification.isValid()) {
            var why = verification.checks().stream()
                    .filter(check -> !Boolean.TRUE.equals(check.passed()))
                    .map(Verification.Check::sentence)
                    .findFirst()
                    .orElse("");
            throw refused(verification.verdict().sentence() + " " + why);
        }
        return credential;
    }

    private Optional<Target> target(JsonNode credential) {
        var id = credential.path("credentialSubject").path("id").asText();
        if (!EndorsementClaims.isOf(credential, id)) {
            return Optional.empty();
        }
        var place = PLACE.matcher(endorsing.addresses().path(id).orElse(""));
        return place.matches()
                ? Optional.of(new Target(
                        TenantId.of(place.group(1)),
                        new AchievementId(place.group(2)),
                        Integer.parseInt(place.group(3))))
                : Optional.empty();
    }

    private Endorsement keep(
            DSLContext db, Target target, String signed, JsonNode credential, Operator by, Instant now) {
        if (catalogues
                .version(db, target.tenant(), target.achievement(), target.version())
                .isEmpty()) {
            throw refused("It endorses a version of an achievement that was never published.");
        }
        if (isOwn(db, IssuerStore.get(db, target.tenant()), EndorsementClaims.endorser(credential))) {
            throw refused("It is signed by the institution itself, and nobody endorses what is their own.");
        }
        if (EndorsementStore.isTaken(db, target.tenant(), signed)) {
            throw new Problem(Problem.Kind.CONFLICT, "endorsement_known", "This endorsement is here already.");
        }
        var taken = new Endorsement(
                UUID.randomUUID(),
                target.tenant(),
                target.achievement(),
                target.version(),
                signed,
                credential,
                now,
                Verdict.VALID,
                now,
                now,
                null);
        EndorsementStore.insert(db, taken, by.id());
        OperatorActionStore.add(db, by, target.tenant(), "took in an endorsement by", taken.endorser(), now);
        return taken;
    }

    private boolean isOwn(DSLContext db, IssuerProfile issuer, String endorser) {
        return endorser.equals(endorsing.addresses().issuer(issuer.id()))
                || endorser.equals(endorsing.addresses().name(issuer))
                || IssuerNameStore.names(db, issuer.id()).contains(endorser);
    }

    private static void require(boolean isDone) {
        if (!isDone) {
            throw new Problem(
                    Problem.Kind.NOT_FOUND,
                    "endorsement_unknown",
                    "There is no such endorsement; it may be gone already.");
        }
    }

    private static Problem refused(String sentence) {
        return new Problem(Problem.Kind.UNPROCESSABLE, "endorsement_refused", sentence.strip());
    }
}
