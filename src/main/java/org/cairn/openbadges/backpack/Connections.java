package org.cairn.openbadges.backpack;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairn.ConnectionId;
import org.cairn.CredentialId;
import org.cairn.LearnerId;
import org.cairn.Problem;
import org.cairn.Sha256;
import org.cairn.TenantId;
import org.cairn.openbadges.Secret;
import org.jooq.DSLContext;

/** Which apps a learner has let in, what each of them gets, and until when. */
public final class Connections {

    /** As many apps may be let in at once. */
    public static final int MOST = 20;

    /** So long an app stays let in that asked for it, at most and while it goes on asking; any other for as long as its one access token is good. */
    public static final Duration LONGEST = Duration.ofDays(365);

    /** So long after its tokens were last refreshed. */
    public static final Duration IDLE = Duration.ofDays(90);

    /** So long it is noticed that a refresh token is shown again. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    static final Duration CODE_LIFE = Duration.ofMinutes(1);

    private Connections() {}

    /**
     * Lets an app in, in place of what it had of her before, and returns the authorization code, which is good once and for a minute (RFC 6749 §4.1.2).
     *
     * @param getsAll all that she holds and will hold; else what she has chosen
     * @throws Problem CONFLICT where she has let too many in
     */
    public static String letIn(
            DSLContext db,
            TenantId tenant,
            LearnerId learner,
            AuthorizationRequest request,
            boolean getsAll,
            Set<CredentialId> chosen,
            Instant now) {
        var app = request.addressee().app();
        ConnectionStore.end(db, tenant, learner, app.id());
        if (ConnectionStore.list(db, tenant, learner, now).size() >= MOST) {
            throw new Problem(
                    Problem.Kind.CONFLICT,
                    "too_many_apps",
                    "You have let %d apps in; end one of them first.".formatted(MOST));
        }
        var code = Secret.fresh();
        var connection = new Connection(
                ConnectionId.fresh(),
                tenant,
                app.id(),
                learner,
                request.scopes(),
                getsAll,
                request.addressee().redirectUri(),
                now,
                null,
                now.plus(request.scopes().contains(Scope.OFFLINE) ? IDLE : Tokens.LIFE.plus(CODE_LIFE)));
        AppStore.letIn(db, app.id(), now);
        ConnectionStore.add(db, connection, chosen, Sha256.hex(code), request.challenge(), now.plus(CODE_LIFE));
        return code;
    }

    /** The oldest first. */
    public static List<Connection> list(DSLContext db, TenantId tenant, LearnerId learner, Instant now) {
        return ConnectionStore.list(db, tenant, learner, now);
    }

    /** Which signed forms each of these gets; one that gets all is not among them. */
    public static Map<ConnectionId, Set<CredentialId>> chosen(
            DSLContext db, TenantId tenant, List<Connection> connections) {
        return ConnectionStore.chosen(
                db, tenant, connections.stream().map(Connection::id).toList());
    }

    /** Ends one, with all of its tokens. False where she has none of this id. */
    public static boolean end(DSLContext db, TenantId tenant, LearnerId learner, ConnectionId connection) {
        return ConnectionStore.end(db, tenant, learner, connection);
    }

    /** Forgets what is over. */
    public static int sweep(DSLContext db, Instant now) {
        return ConnectionStore.sweep(db, now) + TokenStore.sweep(db, now.minus(REMEMBERED), now);
    }
}
