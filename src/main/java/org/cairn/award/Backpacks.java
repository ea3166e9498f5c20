package org.cairn.award;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cairn.CredentialId;
import org.cairn.LearnerId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.db.Database;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.Credentials;
import org.cairn.openbadges.backpack.AuthorizationRequest;
import org.cairn.openbadges.backpack.Brought;
import org.cairn.openbadges.backpack.BroughtStore;
import org.cairn.openbadges.backpack.Connection;
import org.cairn.openbadges.backpack.Connections;
import org.cairn.openbadges.backpack.ConsentSession;
import org.cairn.openbadges.backpack.ConsentSessions;
import org.cairn.openbadges.backpack.Scope;
import org.cairn.people.AccountStore;
import org.jooq.DSLContext;

/** What apps that a learner has let in get of her awards, and what they bring her. */
public final class Backpacks {

    /** As many credentials of others are kept for a learner. */
    public static final int MOST = 50;

    private final Database database;
    private final Credentials credentials;
    private final Clock clock;

    public Backpacks(Database database, Credentials credentials, Clock clock) {
        this.database = database;
        this.credentials = credentials;
        this.clock = clock;
    }

    /** A credential as an app gets it: a VC-JWT, or JSON with a proof. */
    public record Delivered(String text, boolean isToken) {}

    /** Some of what an app gets, and how many it gets in all. */
    public record Page(List<Delivered> delivered, int total) {}

    /** Her signed forms that an app can get, by their awards: of what stands, and bound to no wallet. */
    public Map<Award, List<Credential>> forms(DSLContext db, TenantId tenant, LearnerId learner) {
        var awards = AwardStore.list(db, tenant, learner).stream()
                .filter(Award::stands)
                .collect(Collectors.toMap(Award::id, Function.identity()));
        var forms = new LinkedHashMap<Award, List<Credential>>();
        for (var form : credentials.list(db, tenant, awards.keySet())) {
            if (form.wallet() == null && form.revokedAt() == null) {
                forms.computeIfAbsent(awards.get(form.award()), award -> new ArrayList<>())
                        .add(form);
            }
        }
        return forms;
    }

    /**
     * Lets an app in, whereby the session ends, and returns the code for it.
     *
     * @param chosen the forms that it gets where it does not get all
     * @throws Problem CONFLICT where the session has ended, MALFORMED where a form is none of hers, UNPROCESSABLE where nothing is chosen
     */
    public String letIn(
            ConsentSession session, AuthorizationRequest request, boolean getsAll, Set<CredentialId> chosen) {
        return database.inTransaction(db -> {
            AccountStore.lock(db, session.tenant(), Set.of(session.learner()));
            if (!ConsentSessions.end(db, session)) {
                throw new Problem(
                        Problem.Kind.CONFLICT,
                        "consent_over",
                        "You have answered already in this window; to connect another app, begin in your course again.");
            }
            if (request.scopes().contains(Scope.READ) && !getsAll) {
                requireOwn(db, session, chosen);
            }
            return Connections.letIn(
                    db, session.tenant(), session.learner(), request, getsAll, chosen, clock.instant());
        });
    }

    private void requireOwn(DSLContext db, ConsentSession session, Set<CredentialId> chosen) {
        if (chosen.isEmpty()) {
            throw new Problem(
                    Problem.Kind.UNPROCESSABLE,
                    "nothing_chosen",
                    "Tick what the app is to get, or let it get all; go back and choose.");
        }
        var hers = forms(db, session.tenant(), session.learner()).values().stream()
                .flatMap(List::stream)
                .map(Credential::id)
                .collect(Collectors.toSet());
        if (!hers.containsAll(chosen)) {
            throw new Problem(
                    Problem.Kind.MALFORMED,
                    "choice_unknown",
                    "One of the credentials that you ticked is no longer there; go back, reload the page and choose again.");
        }
    }

    /**
     * What an app gets, in an order that stays: her own credentials first, then what apps brought. Where it gets all, each award in the form that was
     * signed with it; else the forms that she chose, and what it brought itself.
     *
     * @param since only what is valid from after then; {@link Instant#MIN} for all
     */
    public Page deliver(DSLContext db, Connection connection, Instant since, long offset, int limit) {
        var own = own(db, connection)
                .filter(one -> one.validFrom().isAfter(since))
                .toList();
        var brought = BroughtStore.list(db, connection.tenant(), connection.learner()).stream()
                .filter(one -> connection.getsAll() || one.app().equals(connection.app()))
                .filter(one -> one.validFrom().isAfter(since))
                .toList();
        var ownPage = own.stream().skip(offset).limit(limit).toList();
        var broughtPage = brought.stream()
                .skip(Math.max(0, offset - own.size()))
                .limit(limit - (long) ownPage.size())
                .toList();
        return new Page(
                Stream.concat(deliver(db, ownPage), bodies(db, connection, broughtPage))
                        .toList(),
                own.size() + brought.size());
    }

    private Stream<Credential> own(DSLContext db, Connection connection) {
        var chosen = Connections.chosen(db, connection.tenant(), List.of(connection))
                .getOrDefault(connection.id(), Set.of());
        return forms(db, connection.tenant(), connection.learner()).values().stream()
                .flatMap(List::stream)
                .filter(one -> connection.getsAll() ? one.isUsual() : chosen.contains(one.id()))
                .sorted(Comparator.comparing(Credential::issuedAt)
                        .thenComparing(one -> one.id().value()));
    }

    // An issuer that is its key signs tokens with EdDSA, which not every reader knows.
    private Stream<Delivered> deliver(DSLContext db, List<Credential> own) {
        return own.stream()
                .map(one -> one.issuedAs().startsWith("did:key:")
                        ? new Delivered(credentials.proved(db, one, clock.instant()), false)
                        : new Delivered(one.jwt(), true));
    }

    private static Stream<Delivered> bodies(DSLContext db, Connection connection, List<Brought> brought) {
        var bodies = BroughtStore.bodies(
                db,
                connection.tenant(),
                connection.learner(),
                brought.stream().map(Brought::id).toList());
        return brought.stream().map(one -> new Delivered(String.valueOf(bodies.get(one.id())), one.isToken()));
    }

    /** Throws Problem FORBIDDEN where a credential that was verified has an id of ours, and is not what was issued to this app's learner. */
    public void requireHers(DSLContext db, Connection connection, CredentialId credential, String issuer) {
        boolean isHers = credentials
                .find(db, credential)
                .filter(one -> one.tenant().equals(connection.tenant())
                        && one.learner().equals(connection.learner())
                        && one.issuedAs().equals(issuer))
                .isPresent();
        if (!isHers) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "credential_of_another",
                    "This credential has an address of ours, but was not issued here to the learner who let you in, so it is not kept.");
        }
    }

    /**
     * Keeps a credential of somebody else's that was verified, in place of an earlier text of the same; true where there was none.
     *
     * @throws Problem CONFLICT where there are too many, or a newer text of it
     */
    public boolean bring(DSLContext db, Brought brought, String text) {
        AccountStore.lock(db, brought.tenant(), Set.of(brought.learner()));
        var earlier = BroughtStore.find(db, brought.tenant(), brought.learner(), brought.id());
        if (earlier.isPresent() && earlier.get().validFrom().isAfter(brought.validFrom())) {
            throw new Problem(
                    Problem.Kind.CONFLICT,
                    "newer_kept",
                    "A newer text of this credential is kept already; fetch that one.");
        }
        if (earlier.isEmpty()
                && BroughtStore.list(db, brought.tenant(), brought.learner()).size() >= MOST) {
            throw new Problem(
                    Problem.Kind.CONFLICT,
                    "too_many_brought",
                    "%d credentials of others are kept for this learner; she has to remove one first.".formatted(MOST));
        }
        BroughtStore.put(db, brought, text);
        return earlier.isEmpty();
    }
}
