package org.cairn.lti;

import static org.cairn.db.schema.Tables.KEY_SET;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.cairn.PlatformId;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The platforms' key sets as last fetched, shared by all nodes. */
final class KeySetStore {

    /** {@code body}, {@code fetchedAt} and {@code freshUntil} are null before the first fetch that went well. */
    record Row(
            Instant triedAt,
            @Nullable String body,
            @Nullable Instant fetchedAt,
            @Nullable Instant freshUntil) {}

    private KeySetStore() {}

    static Optional<Row> find(DSLContext db, PlatformId platform) {
        return db.selectFrom(KEY_SET)
                .where(KEY_SET.PLATFORM_ID.eq(platform))
                .fetchOptional(
                        row -> new Row(row.getTriedAt(), row.getBody(), row.getFetchedAt(), row.getFreshUntil()));
    }

    /** Whether the caller, and no other node, is to fetch now: the last try is a pause or more ago. */
    static boolean claim(DSLContext db, PlatformId platform, Instant now, Duration pause) {
        if (!db.fetchExists(KEY_SET, KEY_SET.PLATFORM_ID.eq(platform))) {
            db.insertInto(KEY_SET)
                    .set(KEY_SET.PLATFORM_ID, platform)
                    .set(KEY_SET.TRIED_AT, now)
                    .execute();
            return true;
        }
        return db.update(KEY_SET)
                        .set(KEY_SET.TRIED_AT, now)
                        .where(KEY_SET.PLATFORM_ID.eq(platform), KEY_SET.TRIED_AT.le(now.minus(pause)))
                        .execute()
                == 1;
    }

    static void save(DSLContext db, PlatformId platform, String body, Instant fetchedAt, Instant freshUntil) {
        db.update(KEY_SET)
                .set(KEY_SET.BODY, body)
                .set(KEY_SET.FETCHED_AT, fetchedAt)
                .set(KEY_SET.FRESH_UNTIL, freshUntil)
                .where(KEY_SET.PLATFORM_ID.eq(platform))
                .execute();
    }
}
