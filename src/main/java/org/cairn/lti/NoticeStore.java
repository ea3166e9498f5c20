package org.cairn.lti;

import static org.cairn.db.schema.Tables.NOTICE;

import java.time.Instant;
import org.jooq.DSLContext;

/** Notices that came, so that one which comes again changes nothing. */
public final class NoticeStore {

    private NoticeStore() {}

    static boolean isKnown(DSLContext db, Deployment deployment, String noticeId) {
        return db.fetchExists(
                NOTICE,
                NOTICE.TENANT_ID
                        .eq(deployment.tenant())
                        .and(NOTICE.DEPLOYMENT_ID.eq(deployment.id()))
                        .and(NOTICE.NOTICE_ID.eq(noticeId)));
    }

    // One that another transaction keeps meanwhile fails the primary key here, and Database runs us again.
    static void keep(DSLContext db, Deployment deployment, String noticeId, String type, Instant now) {
        db.insertInto(NOTICE)
                .set(NOTICE.TENANT_ID, deployment.tenant())
                .set(NOTICE.DEPLOYMENT_ID, deployment.id())
                .set(NOTICE.NOTICE_ID, noticeId)
                .set(NOTICE.TYPE, type)
                .set(NOTICE.RECEIVED_AT, now)
                .execute();
    }

    /** Forgets notices that came before this instant; returns how many there were. */
    static int sweep(DSLContext db, Instant before) {
        return db.deleteFrom(NOTICE).where(NOTICE.RECEIVED_AT.lt(before)).execute();
    }
}
