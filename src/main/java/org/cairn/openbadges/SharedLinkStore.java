package org.cairn.openbadges;

import static org.cairn.db.schema.Tables.SHARED_LINK;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.cairn.CredentialId;
import org.cairn.TenantId;
import org.cairn.db.schema.tables.records.SharedLinkRecord;
import org.jooq.DSLContext;
import org.jooq.RecordMapper;

/** Links to credentials. Who holds the secret is not asked for a tenant: the link says which. */
final class SharedLinkStore {

    private static final RecordMapper<SharedLinkRecord, SharedLink> ROW = row -> new SharedLink(
            row.getSecretHash(),
            row.getTenantId(),
            row.getCredentialId(),
            row.getNote(),
            row.getCreatedAt(),
            row.getEndsAt(),
            row.getEndedAt());

    private SharedLinkStore() {}

    static void add(DSLContext db, SharedLink link) {
        db.executeInsert(new SharedLinkRecord(
                link.id(),
                link.tenant(),
                link.credential(),
                link.note(),
                link.createdAt(),
                link.endsAt(),
                link.endedAt()));
    }

    /** By the secret's digest, since it is this row that says which tenant. */
    static Optional<SharedLink> find(DSLContext db, String id) {
        return db.selectFrom(SHARED_LINK).where(SHARED_LINK.SECRET_HASH.eq(id)).fetchOptional(ROW);
    }

    /** The open ones of these credentials, the oldest first. */
    static List<SharedLink> open(DSLContext db, TenantId tenant, Collection<CredentialId> credentials, Instant now) {
        return db.selectFrom(SHARED_LINK)
                .where(
                        SHARED_LINK.TENANT_ID.eq(tenant),
                        SHARED_LINK.CREDENTIAL_ID.in(credentials),
                        SHARED_LINK.ENDED_AT.isNull(),
                        SHARED_LINK.ENDS_AT.gt(now))
                .orderBy(SHARED_LINK.CREATED_AT, SHARED_LINK.SECRET_HASH)
                .fetch(ROW);
    }

    /** Ends an open one of these credentials; false where there is none of this id. */
    static boolean end(DSLContext db, TenantId tenant, Collection<CredentialId> credentials, String id, Instant now) {
        return db.update(SHARED_LINK)
                        .set(SHARED_LINK.ENDED_AT, now)
                        .where(
                                SHARED_LINK.TENANT_ID.eq(tenant),
                                SHARED_LINK.CREDENTIAL_ID.in(credentials),
                                SHARED_LINK.SECRET_HASH.eq(id),
                                SHARED_LINK.ENDED_AT.isNull(),
                                SHARED_LINK.ENDS_AT.gt(now))
                        .execute()
                == 1;
    }

    /** Forgets those whose time was over before that. */
    static int sweep(DSLContext db, Instant before) {
        return db.deleteFrom(SHARED_LINK).where(SHARED_LINK.ENDS_AT.lt(before)).execute();
    }
}
