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
import org.cairn.openbadges.Issuance.Recipient;
import org.cairn.openbadges.wallet.WalletOffer;
import org.cairn.openbadges.wallet.WalletOffers;
import org.cairn.people.AccountStore;
import org.jooq.DSLContext;

/**
 * A learner's credentials handed over to her wallet: she offers one of her forms, and the wallet gets it signed anew to its own key, with an id and a
 * status entry of its own. What wallets are told has the codes of OpenID4VCI 1.0.
 */
public final class Handover {

    private final Database database;
    private final Catalogues catalogues;
    private final Credentials credentials;
    private final Sharing sharing;
    private final Clock clock;

    public Handover(Database database, Catalogues catalogues, Credentials credentials, Sharing sharing, Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.credentials = credentials;
        this.sharing = sharing;
        this.clock = clock;
    }

    /** Offers one of her forms to whatever wallet has the secrets; an earlier offer of it ends. */
    public WalletOffers.Secrets offer(TenantId tenant, LearnerId learner, AwardId award, CredentialId credential) {
        return database.inTransaction(db -> {
            AccountStore.lock(db, tenant, Set.of(learner));
            var form = sharing.shareable(db, tenant, learner, award, credential);
            return WalletOffers.offer(db, tenant, form.id(), clock.instant());
        });
    }

    /**
     * The access token for an offer.
     *
     * @throws Problem MALFORMED, {@code invalid_grant} (§6.3)
     */
    public String take(String code, String pin) {
        return database.inTransaction(db -> WalletOffers.take(db, code, pin, clock.instant()))
                .orElseThrow(
                        () -> new Problem(
                                Problem.Kind.MALFORMED,
                                "invalid_grant",
                                "The offer is over or was taken, or the transaction code is wrong; after five wrong ones the learner makes another offer."));
    }

    /** Whether this token is good for anything now. */
    public boolean isOpen(String token) {
        return database.inTransaction(db -> WalletOffers.find(db, token, clock.instant()))
                .isPresent();
    }

    /**
     * The copy of what a token is good for that is bound to a wallet's key; the same again where it asks again.
     *
     * @throws Problem UNAUTHENTICATED, {@code invalid_token}; MALFORMED, {@code credential_request_denied} where the award stands no longer, or the
     *     offer went to another key (§8.3.1)
     */
    public Credential copy(String token, String wallet) {
        return database.inTransaction(db -> {
            var offer = WalletOffers.find(db, token, clock.instant())
                    .orElseThrow(() -> new Problem(
                            Problem.Kind.UNAUTHENTICATED, "invalid_token", "The access token is unknown or over."));
            var form = credentials.find(db, offer.credential()).orElseThrow();
            AccountStore.lock(db, offer.tenant(), Set.of(form.learner()));
            var award = AwardStore.find(db, offer.tenant(), form.award())
                    .filter(Award::stands)
                    .filter(one -> !one.isSuspended())
                    .orElseThrow(() -> denied("The award does not stand any more, or is held for review."));
            if (!WalletOffers.bind(db, offer, wallet)) {
                throw denied("The offer went to another key; the learner makes another one for each wallet.");
            }
            return copy(db, offer, form, award, wallet);
        });
    }

    private Credential copy(DSLContext db, WalletOffer offer, Credential form, Award award, String wallet) {
        var existing = credentials.list(db, offer.tenant(), List.of(award.id())).stream()
                .filter(one -> wallet.equals(one.wallet()) && one.told().isLike(form.told()))
                .findFirst();
        if (existing.isPresent()) {
            return existing.get();
        }
        var catalogue = catalogues.current(db, offer.tenant());
        var achievement = catalogue.get(award.achievement(), award.version());
        var recipient = new Recipient(form.told().name(), wallet);
        var issuance = Issuances.of(catalogue, award, achievement, form.told(), recipient);
        return credentials.issueAll(db, List.of(issuance), clock.instant()).getFirst();
    }

    private static Problem denied(String sentence) {
        return new Problem(Problem.Kind.MALFORMED, "credential_request_denied", sentence);
    }
}
