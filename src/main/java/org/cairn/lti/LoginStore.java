package org.cairn.lti;

import static org.cairn.db.schema.Tables.LOGIN;

import java.time.Instant;
import java.util.Optional;
import org.cairn.PlatformId;
import org.cairn.Sha256;
import org.cairn.people.Browser;
import org.jooq.DSLContext;

/** Logins that were begun, by their state. State and nonce are kept only as hashes. */
final class LoginStore {

    record Row(PlatformId platform, String nonceHash, String browserHash, Instant expiresAt, boolean used) {}

    private LoginStore() {}

    static void insert(
            DSLContext db,
            String state,
            String nonce,
            Browser browser,
            PlatformId platform,
            Instant now,
            Instant expiresAt) {
        db.insertInto(LOGIN)
                .set(LOGIN.STATE_HASH, Sha256.hex(state))
                .set(LOGIN.NONCE_HASH, Sha256.hex(nonce))
                .set(LOGIN.BROWSER_HASH, browser.hash())
                .set(LOGIN.PLATFORM_ID, platform)
                .set(LOGIN.BEGUN_AT, now)
                .set(LOGIN.EXPIRES_AT, expiresAt)
                .execute();
    }

    /** Uses up state and nonce together, in one statement: of two launches at once, on whichever nodes, one gets true. */
    static boolean use(DSLContext db, String state, Browser browser, Instant now) {
        return db.update(LOGIN)
                        .set(LOGIN.USED_AT, now)
                        .where(
                                LOGIN.STATE_HASH.eq(Sha256.hex(state)),
                                LOGIN.BROWSER_HASH.eq(browser.hash()),
                                LOGIN.USED_AT.isNull(),
                                LOGIN.EXPIRES_AT.gt(now))
                        .execute()
                == 1;
    }

    static Optional<Row> find(DSLContext db, String state) {
        return db.selectFrom(LOGIN)
                .where(LOGIN.STATE_HASH.eq(Sha256.hex(state)))
                .fetchOptional(row -> new Row(
                        row.getPlatformId(),
                        row.getNonceHash(),
                        row.getBrowserHash(),
                        row.getExpiresAt(),
                        row.getUsedAt() != null));
    }

    /** Removes what expired before; returns how many there were. */
    static int sweep(DSLContext db, Instant before) {
        return db.deleteFrom(LOGIN).where(LOGIN.EXPIRES_AT.lt(before)).execute();
    }
}
