package org.cairn.lti.registration;

import static org.cairn.db.schema.Tables.DEPLOYMENT;
import static org.cairn.db.schema.Tables.INVITATION;
import static org.cairn.db.schema.Tables.PLATFORM;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.cairn.PlatformId;
import org.cairn.TenantId;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Whose a registration is, and where it is kept up to date. A registration belongs to those tenants that hang on it. */
final class RegistrationStore {

    /** {@code token} is sealed; null where the LMS gave none and wants one of its services' instead. */
    record Update(URI address, @Nullable String token) {}

    private RegistrationStore() {}

    /** The tenants with a deployment of this platform, or whose invitation registered it. */
    static Set<TenantId> tenants(DSLContext db, PlatformId platform) {
        var tenants = new HashSet<>(db.selectDistinct(DEPLOYMENT.TENANT_ID)
                .from(DEPLOYMENT)
                .where(DEPLOYMENT.PLATFORM_ID.eq(platform), DEPLOYMENT.ENDED.eq(0))
                .fetch(DEPLOYMENT.TENANT_ID));
        tenants.addAll(invitedBy(db, platform));
        return tenants;
    }

    static Set<TenantId> invitedBy(DSLContext db, PlatformId platform) {
        return new HashSet<>(db.selectDistinct(INVITATION.TENANT_ID)
                .from(INVITATION)
                .where(INVITATION.PLATFORM_ID.eq(platform))
                .fetch(INVITATION.TENANT_ID));
    }

    /** Whether another issuer's registration asks the same endpoint for tokens of the same client. */
    static boolean isClientOfAnother(DSLContext db, String issuer, String clientId, URI tokenEndpoint) {
        return db.fetchExists(
                PLATFORM,
                PLATFORM.CLIENT_ID
                        .eq(clientId)
                        .and(PLATFORM.TOKEN_ENDPOINT.eq(tokenEndpoint.toString()))
                        .and(PLATFORM.ISSUER.ne(issuer)));
    }

    static Optional<Update> findUpdate(DSLContext db, PlatformId platform) {
        return db.select(PLATFORM.REGISTRATION_URI, PLATFORM.REGISTRATION_TOKEN)
                .from(PLATFORM)
                .where(PLATFORM.ID.eq(platform), PLATFORM.REGISTRATION_URI.isNotNull())
                .fetchOptional(row -> new Update(
                        URI.create(row.value1()),
                        row.value2() == null ? null : new String(row.value2(), StandardCharsets.US_ASCII)));
    }

    static void keepUpdate(DSLContext db, PlatformId platform, URI address, @Nullable String token) {
        db.update(PLATFORM)
                .set(PLATFORM.REGISTRATION_URI, address.toString())
                .set(PLATFORM.REGISTRATION_TOKEN, token == null ? null : token.getBytes(StandardCharsets.US_ASCII))
                .where(PLATFORM.ID.eq(platform))
                .execute();
    }
}
