package org.cairn.evidence;

import static org.cairn.db.schema.Tables.GRADE_KEY;

import com.github.f4b6a3.uuid.UuidCreator;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.cairn.DeploymentId;
import org.cairn.Sha256;
import org.cairn.TenantId;
import org.jooq.DSLContext;

/** The bearer keys under which grades are sent to Cairn. Only their hashes are kept: 256 random bits need no slow hash. */
public final class GradeKeyStore {

    private static final SecureRandom RANDOM = new SecureRandom();

    private GradeKeyStore() {}

    /** Makes a key and returns it; it cannot be read again. */
    public static String add(DSLContext db, TenantId tenant, DeploymentId deployment, String label, Instant now) {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        String key = "cairn_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        db.insertInto(GRADE_KEY)
                .set(GRADE_KEY.ID, UuidCreator.getTimeOrderedEpoch())
                .set(GRADE_KEY.TENANT_ID, tenant)
                .set(GRADE_KEY.DEPLOYMENT_ID, deployment)
                .set(GRADE_KEY.KEY_HASH, Sha256.hex(key))
                .set(GRADE_KEY.LABEL, label)
                .set(GRADE_KEY.CREATED_AT, now)
                .execute();
        return key;
    }

    /** Found by hash, so that the comparison's time tells nothing about the key. */
    public static Optional<GradeKey> find(DSLContext db, String key) {
        return db.select(GRADE_KEY.TENANT_ID, GRADE_KEY.DEPLOYMENT_ID)
                .from(GRADE_KEY)
                .where(GRADE_KEY.KEY_HASH.eq(Sha256.hex(key)), GRADE_KEY.WITHDRAWN_AT.isNull())
                .fetchOptional(row -> new GradeKey(row.value1(), row.value2()));
    }

    /** Withdraws every key of this label; returns how many there were. */
    public static int withdraw(DSLContext db, TenantId tenant, DeploymentId deployment, String label, Instant now) {
        return db.update(GRADE_KEY)
                .set(GRADE_KEY.WITHDRAWN_AT, now)
                .where(
                        GRADE_KEY.TENANT_ID.eq(tenant),
                        GRADE_KEY.DEPLOYMENT_ID.eq(deployment),
                        GRADE_KEY.LABEL.eq(label),
                        GRADE_KEY.WITHDRAWN_AT.isNull())
                .execute();
    }
}
