package org.cairn.openbadges;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.cairn.CredentialId;
import org.cairn.Sha256;
import org.cairn.TenantId;
import org.jooq.DSLContext;

/**
 * Links that show one credential to whoever has them, for a time, whether its public page is on or not. A link has a secret of 256 bits, of which
 * only the digest is kept: nobody who reads the database can open one, and so it can be shown only once.
 */
public final class SharedLinks {

    public static final Duration LONGEST = Duration.ofDays(366);

    /** As many may be open for one award. */
    public static final int MOST = 50;

    /** For so long after its end somebody who has it is told that it has ended. */
    private static final Duration REMEMBERED = Duration.ofDays(366);

    private SharedLinks() {}

    /** Returns the link's secret, 43 characters of base64url, which is never to be had again. {@code note} has up to 200 characters. */
    public static String add(DSLContext db, Credential credential, String note, Duration life, Instant now) {
        var secret = Secret.fresh();
        SharedLinkStore.add(
                db,
                new SharedLink(
                        Sha256.hex(secret), credential.tenant(), credential.id(), note, now, now.plus(life), null));
        return secret;
    }

    /** Open or ended, but not long ago. */
    public static Optional<SharedLink> find(DSLContext db, String secret) {
        return SharedLinkStore.find(db, Sha256.hex(secret));
    }

    /** The open ones of these credentials, the oldest first. */
    public static List<SharedLink> open(
            DSLContext db, TenantId tenant, Collection<CredentialId> credentials, Instant now) {
        return SharedLinkStore.open(db, tenant, credentials, now);
    }

    /** Ends an open one of these credentials; false where there is none of this id. */
    public static boolean end(
            DSLContext db, TenantId tenant, Collection<CredentialId> credentials, String id, Instant now) {
        return SharedLinkStore.end(db, tenant, credentials, id, now);
    }

    /** Forgets what ended long ago. */
    public static int sweep(DSLContext db, Instant now) {
        return SharedLinkStore.sweep(db, now.minus(REMEMBERED));
    }
}
