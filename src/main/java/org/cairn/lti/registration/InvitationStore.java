package org.cairn.lti.registration;

import static org.cairn.db.schema.Tables.INVITATION;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.cairn.PlatformId;
import org.cairn.TenantId;
import org.cairn.db.schema.tables.records.InvitationRecord;
import org.jooq.DSLContext;
import org.jooq.RecordMapper;

/** Invitations. Who holds the secret is not asked for a tenant: the invitation says which. */
final class InvitationStore {

    private static final RecordMapper<InvitationRecord, Invitation> ROW = row -> new Invitation(
            row.getSecretHash(),
            row.getTenantId(),
            row.getLabel(),
            row.getCreatedAt(),
            row.getExpiresAt(),
            row.getUsedAt(),
            row.getPlatformId(),
            row.getWithdrawnAt());

    private InvitationStore() {}

    static void add(DSLContext db, TenantId tenant, String id, String label, Instant now, Instant expiresAt) {
        db.insertInto(INVITATION)
                .set(INVITATION.SECRET_HASH, id)
                .set(INVITATION.TENANT_ID, tenant)
                .set(INVITATION.LABEL, label)
                .set(INVITATION.CREATED_AT, now)
                .set(INVITATION.EXPIRES_AT, expiresAt)
                .execute();
    }

    /** By the secret's hash, since it is this row that says which tenant. */
    static Optional<Invitation> find(DSLContext db, String id) {
        return db.selectFrom(INVITATION).where(INVITATION.SECRET_HASH.eq(id)).fetchOptional(ROW);
    }

    static List<Invitation> list(DSLContext db, Collection<TenantId> tenants) {
        return db.selectFrom(INVITATION)
                .where(INVITATION.TENANT_ID.in(tenants))
                .orderBy(INVITATION.CREATED_AT.desc(), INVITATION.SECRET_HASH)
                .fetch(ROW);
    }

    /** Whether it was still open: of two uses at once, the second waits for the first and finds it used. */
    static boolean use(DSLContext db, Invitation invitation, PlatformId platform, Instant now) {
        return db.update(INVITATION)
                        .set(INVITATION.USED_AT, now)
                        .set(INVITATION.PLATFORM_ID, platform)
                        .where(
                                INVITATION.TENANT_ID.eq(invitation.tenant()),
                                INVITATION.SECRET_HASH.eq(invitation.id()),
                                INVITATION.USED_AT.isNull(),
                                INVITATION.WITHDRAWN_AT.isNull(),
                                INVITATION.EXPIRES_AT.gt(now))
                        .execute()
                == 1;
    }

    /** Whether there was such an open invitation of this tenant. */
    static boolean withdraw(DSLContext db, TenantId tenant, String id, Instant now) {
        return db.update(INVITATION)
                        .set(INVITATION.WITHDRAWN_AT, now)
                        .where(
                                INVITATION.TENANT_ID.eq(tenant),
                                INVITATION.SECRET_HASH.eq(id),
                                INVITATION.USED_AT.isNull(),
                                INVITATION.WITHDRAWN_AT.isNull())
                        .execute()
                == 1;
    }
}
