package org.cairn.openid;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTDecodeException;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the provider says of who signed in, checked as OpenID Connect Core 1.0 §3.1.3.7 asks. */
final class OpenIdToken {

    private static final Duration LEEWAY = Duration.ofSeconds(60);
    private static final Duration OLDEST = Duration.ofMinutes(10);
    private static final int LONGEST = 64 * 1024;

    private OpenIdToken() {}

    /** The subject, 1 to 255 characters. Throws Problem UNAUTHENTICATED; the log gets the check that failed. */
    static String subject(
            String token,
            OpenIdSettings settings,
            Function<String, Optional<PublicKey>> keys,
            String nonce,
            Instant now) {
        var jwt = signed(token, keys);
        check(settings.issuer().equals(jwt.getIssuer()), "issuer");
        var audience = jwt.getAudience();
        check(audience != null && audience.contains(settings.clientId()), "audience");
        var party = jwt.getClaim("azp").asString();
        check(audience.size() == 1 || party != null, "authorized_party");
        check(party == null || party.equals(settings.clientId()), "authorized_party");
        var expires = instant(jwt.getExpiresAt(), "expiry");
        var issued = instant(jwt.getIssuedAt(), "issued_at");
        check(now.isBefore(expires.plus(LEEWAY)), "expiry");
        check(
                !issued.isAfter(now.plus(LEEWAY))
                        && issued.isAfter(now.minus(OLDEST).minus(LEEWAY)),
                "issued_at");
        check(isEqual(jwt.getClaim("nonce").asString(), nonce), "nonce");
        var subject = jwt.getSubject();
        check(subject != null && !subject.isBlank() && subject.length() <= 255, "subject");
        return subject;
    }

    private static DecodedJWT signed(String token, Function<String, Optional<PublicKey>> keys) {
        check(token.length() <= LONGEST, "size");
        try {
            var jwt = JWT.decode(token);
            check(jwt.getKeyId() != null, "key_id");
            var key = keys.apply(jwt.getKeyId());
            check(key.isPresent(), "key");
            algorithm(jwt, key.orElseThrow()).verify(jwt);
            return jwt;
        } catch (JWTDecodeException e) {
            throw OpenId.refused("form");
        } catch (JWTVerificationException e) {
            throw OpenId.refused("signature");
        }
    }

    // The key says which algorithm; what the token says has only to agree.
    private static Algorithm algorithm(DecodedJWT jwt, PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa
            when rsa.getModulus().bitLength() >= 2048 && "RS256".equals(jwt.getAlgorithm()) ->
                Algorithm.RSA256(rsa, null);
            case ECPublicKey ec
            when ec.getParams().getOrder().bitLength() == 256 && "ES256".equals(jwt.getAlgorithm()) ->
                Algorithm.ECDSA256(ec, null);
            default -> throw OpenId.refused("algorithm");
        };
    }

    private static Instant instant(@Nullable Date date, String check) {
        if (date == null) {
            throw OpenId.refused(check);
        }
        return date.toInstant();
    }

    private static boolean isEqual(@Nullable String one, String other) {
        return one != null && MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
    }

    private static void check(boolean holds, String name) {
        if (!holds) {
            throw OpenId.refused(name);
        }
    }
}
