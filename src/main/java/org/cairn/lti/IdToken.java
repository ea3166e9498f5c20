package org.cairn.lti;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an LMS signs: id_tokens and notices. Checked line by line, each with the section that asks for it; nothing of a token is believed
 * before its signature holds, and its algorithm is ours to choose, not its own.
 */
final class IdToken {

    private static final Duration LEEWAY = Duration.ofSeconds(60);
    private static final Duration OLDEST = Duration.ofMinutes(5);
    private static final int LONGEST = 64 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(32).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private IdToken() {}

    /**
     * The claims, of the platform's issuer, meant for us, signed by a key of the platform's and of now: all that Security Framework 1.0
     * §5.1.3 asks but for the nonce. {@code key} finds a key by its id. Throws Problem with the code of a {@link Refusal}.
     */
    static Claims read(String token, Platform platform, Function<String, Optional<PublicKey>> key, Instant now) {
        return read(token, platform, key, now, OLDEST);
    }

    /** The same of a token that may have been on its way for as long as {@code oldest}, if its own expiry allows that. */
    static Claims read(
            String token, Platform platform, Function<String, Optional<PublicKey>> key, Instant now, Duration oldest) {
        var claims = signed(token, platform, key);
        check(claims.text("iss").equals(platform.issuer()), Refusal.ISSUER_WRONG);
        check(claims.audience().contains(platform.clientId()), Refusal.AUDIENCE_WRONG);
        check(!claims.hasSeveralAudiences() || claims.has("azp"), Refusal.AUTHORIZED_PARTY_WRONG);
        check(!claims.has("azp") || claims.text("azp").equals(platform.clientId()), Refusal.AUTHORIZED_PARTY_WRONG);
        checkTimes(claims, now, oldest);
        return claims;
    }

    /** The LMS's deployment_id: 1 to 255 characters of ASCII that can be printed (Core 1.3 §5.3.3). */
    static String deploymentId(Claims claims) {
        var id = claims.lti("deployment_id");
        check(id.matches("[ -~]{1,255}"), Refusal.DEPLOYMENT_MISSING);
        return id;
    }

    static void check(boolean holds, Refusal refusal) {
        if (!holds) {
            throw refusal.problem();
        }
    }

    /** A word of an LMS's, as far as it may stand on a page and in a log. */
    static String word(String text) {
        var plain = text.replaceAll("[^A-Za-z0-9 _:.,#/-]", "");
        return plain.substring(0, Math.min(plain.length(), 100));
    }

    private static Claims signed(String token, Platform platform, Function<String, Optional<PublicKey>> keys) {
        check(!token.isEmpty(), Refusal.TOKEN_MISSING);
        int payload = token.indexOf('.') + 1;
        int signature = token.lastIndexOf('.') + 1;
        boolean hasThreeParts = payload > 0 && token.indexOf('.', payload) == signature - 1;
        check(token.length() <= LONGEST && hasThreeParts, Refusal.TOKEN_MALFORMED);
        var header = object(token.substring(0, payload - 1));
        check(platform.algorithm().equals(header.path("alg").textValue()), Refusal.ALGORITHM_REFUSED);
        // RFC 7515 §4.1.11: what is critical and not understood makes the whole invalid.
        check(!header.has("crit"), Refusal.TOKEN_MALFORMED);
        var keyId = header.path("kid").asText("");
        check(!keyId.isBlank(), Refusal.KEY_ID_MISSING);
        var key = keys.apply(keyId).orElseThrow(Refusal.KEY_UNKNOWN::problem);
        check(isSigned(token.substring(0, signature - 1), token.substring(signature), key), Refusal.SIGNATURE_WRONG);
        return new Claims(object(token.substring(payload, signature - 1)));
    }

    private static JsonNode object(String encoded) {
        try {
            var object = JSON.readTree(Base64.getUrlDecoder().decode(encoded));
            check(object.isObject(), Refusal.TOKEN_MALFORMED);
            return object;
        } catch (IOException | IllegalArgumentException e) {
            throw Refusal.TOKEN_MALFORMED.problem();
        }
    }

    /** RS256 (RFC 7518 §3.3): of the platforms' algorithms the only one. */
    private static boolean isSigned(String text, String encoded, PublicKey key) {
        try {
            var rsa = Signature.getInstance("SHA256withRSA");
            rsa.initVerify(key);
            rsa.update(text.getBytes(StandardCharsets.US_ASCII));
            return rsa.verify(Base64.getUrlDecoder().decode(encoded));
        } catch (SignatureException | IllegalArgumentException notOne) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK checks no RSA signatures.", e);
        }
    }

    private static void checkTimes(Claims claims, Instant now, Duration oldest) {
        var expires = instant(claims, "exp", Refusal.EXPIRED);
        var issued = instant(claims, "iat", Refusal.TIME_WRONG);
        if (!now.isBefore(expires.plus(LEEWAY))) {
            throw Refusal.EXPIRED.problem(skew(issued, now));
        }
        // An id_token lives for a minute or so; one of long ago with an expiry far ahead is no launch of now.
        if (issued.isAfter(now.plus(LEEWAY))
                || issued.isBefore(now.minus(oldest).minus(LEEWAY))) {
            throw Refusal.TIME_WRONG.problem(skew(issued, now));
        }
    }

    private static String skew(Instant issued, Instant now) {
        return "(The LMS's clock says %s, ours %s.)".formatted(issued, now.truncatedTo(ChronoUnit.SECONDS));
    }

    private static Instant instant(Claims claims, String name, Refusal refusal) {
        long seconds = claims.seconds(name).orElseThrow(refusal::problem);
        return Instant.ofEpochSecond(Math.clamp(seconds, 0, 32_503_680_000L));
    }
}
