package org.cairn.openbadges.backpack;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.cairn.Problem;
import org.cairn.Sha256;
import org.cairn.openbadges.Secret;
import org.cairn.openbadges.backpack.TokenStore.Token;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of apps that were let in. A code is good once, and so is each refresh token; whoever shows one a second time, or a code with what does not fit
 * it, ends the connection: one of two who have it is a thief (RFC 9700 §4.14.2).
 */
public final class Tokens {

    public static final Duration LIFE = Duration.ofHours(1);

    private Tokens() {}

    /** What an app is given, until when {@code access} is good; {@code refresh} is null where it did not ask to be let in for longer. */
    public record Pair(String access, @Nullable String refresh, Set<Scope> scopes, Instant endsAt) {

        @Override
        public String toString() {
            return "Pair[" + scopes + "]";
        }
    }

    /** What a token is good for: {@code scopes} may be fewer than the connection's. */
    public record Use(Connection connection, Set<Scope> scopes) {}

    /** Tokens for a code (RFC 6749 §4.1.3, RFC 7636 §4.6); empty where it is good for none, or no longer. */
    public static Optional<Pair> exchange(
            DSLContext db, App app, String code, String redirectUri, String verifier, Instant now) {
        var found = ConnectionStore.findByCode(db, Sha256.hex(code))
                .filter(one -> one.connection().app().equals(app.id()));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var coded = found.get();
        boolean fits = !coded.isExchanged()
                && now.isBefore(coded.endsAt())
                && coded.connection().redirectUri().equals(redirectUri)
                && Secret.isEqual(coded.challenge(), challenge(verifier))
                && ConnectionStore.exchange(db, coded.connection(), now);
        return fits
                ? Optional.of(give(db, coded.connection(), coded.connection().scopes(), now))
                : ended(db, coded.connection());
    }

    /**
     * New tokens for a refresh token (RFC 6749 §6); empty where it is good for none.
     *
     * @param wish what the access token is to be good for; null for all that she allowed
     * @throws Problem MALFORMED, {@code invalid_scope}, where that is more than she allowed
     */
    public static Optional<Pair> refresh(DSLContext db, App app, String token, @Nullable Set<Scope> wish, Instant now) {
        var found = TokenStore.find(db, Sha256.hex(token))
                .filter(Token::refreshes)
                .filter(one -> one.connection().app().equals(app.id()));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var old = found.get();
        var connection = old.connection();
        if (wish != null && (!connection.scopes().containsAll(wish) || !Scope.isSomething(wish))) {
            throw new Problem(
                    Problem.Kind.MALFORMED,
                    "invalid_scope",
                    "Ask for no more than the learner has allowed, or leave scope out.");
        }
        if (!TokenStore.spend(db, old, now)) {
            return ended(db, connection);
        }
        if (!now.isBefore(old.endsAt())) {
            return Optional.empty();
        }
        var extended = connection.endingAt(
                earlier(now.plus(Connections.IDLE), connection.letInAt().plus(Connections.LONGEST)));
        ConnectionStore.extend(db, extended);
        return Optional.of(give(db, extended, wish == null ? connection.scopes() : wish, now));
    }

    /** What an access token is good for now; notes that it was used. */
    public static Optional<Use> use(DSLContext db, String token, Instant now) {
        return TokenStore.find(db, Sha256.hex(token))
                .filter(one -> !one.refreshes() && now.isBefore(one.endsAt()))
                .map(one -> {
                    ConnectionStore.use(db, one.connection(), now);
                    return new Use(one.connection(), one.scopes());
                });
    }

    /** Ends an app's access token, or with a refresh token the whole connection (RFC 7009 §2.1). A token of nobody is ended already. */
    public static void revoke(DSLContext db, App app, String token) {
        TokenStore.find(db, Sha256.hex(token))
                .filter(one -> one.connection().app().equals(app.id()))
                .ifPresent(one -> {
                    if (one.refreshes()) {
                        ended(db, one.connection());
                    } else {
                        TokenStore.end(db, one);
                    }
                });
    }

    private static Pair give(DSLContext db, Connection connection, Set<Scope> scopes, Instant now) {
        var access = Secret.fresh();
        var end = earlier(now.plus(LIFE), connection.endsAt());
        TokenStore.add(db, new Token(Sha256.hex(access), connection, false, scopes, end, false));
        if (!connection.scopes().contains(Scope.OFFLINE)) {
            return new Pair(access, null, scopes, end);
        }
        var refresh = Secret.fresh();
        TokenStore.add(
                db, new Token(Sha256.hex(refresh), connection, true, connection.scopes(), connection.endsAt(), false));
        return new Pair(access, refresh, scopes, end);
    }

    /** The challenge of a verifier (RFC 7636 §4.2, S256). */
    private static String challenge(String verifier) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(HexFormat.of().parseHex(Sha256.hex(verifier)));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Optional<Pair> ended(DSLContext db, Connection connection) {
        ConnectionStore.end(db, connection.tenant(), connection.learner(), connection.id());
        return Optional.empty();
    }
}
