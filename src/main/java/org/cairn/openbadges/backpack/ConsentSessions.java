package org.cairn.openbadges.backpack;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.cairn.LearnerId;
import org.cairn.Sha256;
import org.cairn.TenantId;
import org.cairn.openbadges.Secret;
import org.jooq.DSLContext;

/**
 * How a learner, who is known only inside her LMS's frame, is known for minutes in a window of her own, to which an app sends her. Her page opens a
 * session and sends its secret there by itself: there is no code that she could be asked for.
 */
public final class ConsentSessions {

    public static final Duration LIFE = Duration.ofMinutes(15);

    private ConsentSessions() {}

    /** Opens a session in place of one that there was, and returns its secret, which is good once. */
    public static String open(DSLContext db, TenantId tenant, LearnerId learner, Instant now) {
        var secret = Secret.fresh();
        ConsentSessionStore.put(db, new ConsentSession(Sha256.hex(secret), tenant, learner, now.plus(LIFE)));
        return secret;
    }

    /** Ties a session to a window; {@code browser} is the digest of the window's cookie. False where the secret is none, used or too old. */
    public static boolean enter(DSLContext db, String secret, String browser, Instant now) {
        return ConsentSessionStore.enter(db, Sha256.hex(secret), browser, now);
    }

    public static Optional<ConsentSession> find(DSLContext db, String browser, Instant now) {
        return ConsentSessionStore.find(db, browser, now);
    }

    /** False where it has ended before. */
    public static boolean end(DSLContext db, ConsentSession session) {
        return ConsentSessionStore.end(db, session);
    }

    /** Forgets those that are over. */
    public static int sweep(DSLContext db, Instant now) {
        return ConsentSessionStore.sweep(db, now);
    }
}
