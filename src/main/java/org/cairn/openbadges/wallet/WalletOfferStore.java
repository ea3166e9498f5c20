package org.cairn.openbadges.wallet;

import static org.cairn.db.schema.Tables.WALLET_OFFER;

import java.time.Instant;
import java.util.Optional;
import org.cairn.CredentialId;
import org.cairn.TenantId;
import org.jooq.DSLContext;

/** Offers to wallets. A wallet that has a code or a token is not asked for a tenant: the offer says which. */
final class WalletOfferStore {

    private WalletOfferStore() {}

    /** In place of those of this credential that no wallet has taken. */
    static void put(DSLContext db, TenantId tenant, CredentialId credential, String code, String pin, Instant endsAt) {
        db.deleteFrom(WALLET_OFFER)
                .where(
                        WALLET_OFFER.TENANT_ID.eq(tenant),
                        WALLET_OFFER.CREDENTIAL_ID.eq(credential),
                        WALLET_OFFER.TOKEN_HASH.isNull())
                .execute();
        db.insertInto(WALLET_OFFER)
                .set(WALLET_OFFER.CODE_HASH, code)
                .set(WALLET_OFFER.TENANT_ID, tenant)
                .set(WALLET_OFFER.CREDENTIAL_ID, credential)
                .set(WALLET_OFFER.PIN_HASH, pin)
                .set(WALLET_OFFER.TRIES, 0)
                .set(WALLET_OFFER.ENDS_AT, endsAt)
                .execute();
    }

    /** Exchanges an open offer for a token, once: of two at once the second finds it taken. False where there is none of code and pin. */
    static boolean take(
            DSLContext db, String code, String pin, int most, String token, Instant tokenEndsAt, Instant now) {
        return db.update(WALLET_OFFER)
                        .set(WALLET_OFFER.TOKEN_HASH, token)
                        .set(WALLET_OFFER.TOKEN_ENDS_AT, tokenEndsAt)
                        .where(
                                WALLET_OFFER.CODE_HASH.eq(code),
                                WALLET_OFFER.PIN_HASH.eq(pin),
                                WALLET_OFFER.TRIES.lt(most),
                                WALLET_OFFER.TOKEN_HASH.isNull(),
                                WALLET_OFFER.ENDS_AT.gt(now))
                        .execute()
                == 1;
    }

    /** Counts a wrong pin. */
    static void miss(DSLContext db, String code) {
        db.update(WALLET_OFFER)
                .set(WALLET_OFFER.TRIES, WALLET_OFFER.TRIES.plus(1))
                .where(WALLET_OFFER.CODE_HASH.eq(code), WALLET_OFFER.TOKEN_HASH.isNull())
                .execute();
    }

    static Optional<WalletOffer> find(DSLContext db, String token, Instant now) {
        return db.selectFrom(WALLET_OFFER)
                .where(WALLET_OFFER.TOKEN_HASH.eq(token), WALLET_OFFER.TOKEN_ENDS_AT.gt(now))
                .fetchOptional(row -> new WalletOffer(
                        row.getCodeHash(),
                        row.getTenantId(),
                        row.getCredentialId(),
                        row.getTokenEndsAt(),
                        row.getWallet()));
    }

    /** Binds it to a wallet's key; false where it is bound to another. */
    static boolean bind(DSLContext db, WalletOffer offer, String wallet) {
        return db.update(WALLET_OFFER)
                        .set(WALLET_OFFER.WALLET, wallet)
                        .where(
                                WALLET_OFFER.TENANT_ID.eq(offer.tenant()),
                                WALLET_OFFER.CODE_HASH.eq(offer.id()),
                                WALLET_OFFER.WALLET.isNull().or(WALLET_OFFER.WALLET.eq(wallet)))
                        .execute()
                == 1;
    }

    static int sweep(DSLContext db, Instant before) {
        return db.deleteFrom(WALLET_OFFER)
                .where(WALLET_OFFER.ENDS_AT.lt(before))
                .execute();
    }
}
