package org.cairn.lti;

import static org.cairn.db.schema.Tables.LTI11_CONSUMER;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.keys.Keys;
import org.jooq.DSLContext;

/** Secrets of LTI 1.1, kept sealed: they prove the old ids that a migrated LMS sends along (LTI 1.1 to 1.3 Migration Guide §3.1). */
public final class FormerStore {

    private static final String PURPOSE = "lti/former";

    private FormerStore() {}

    /** Keeps the secret of a consumer key, in place of an earlier one. Throws Problem MALFORMED where it is blank: it would prove nothing. */
    public static void save(DSLContext db, Keys keys, PlatformId platform, String consumerKey, String secret) {
        if (secret.isBlank()) {
            throw new Problem(
                    Problem.Kind.MALFORMED,
                    "secret_empty",
                    "The secret of LTI 1.1 is empty; take the one that the LMS has.");
        }
        db.deleteFrom(LTI11_CONSUMER)
                .where(LTI11_CONSUMER.PLATFORM_ID.eq(platform), LTI11_CONSUMER.CONSUMER_KEY.eq(consumerKey))
                .execute();
        db.insertInto(LTI11_CONSUMER)
                .set(LTI11_CONSUMER.PLATFORM_ID, platform)
                .set(LTI11_CONSUMER.CONSUMER_KEY, consumerKey)
                .set(LTI11_CONSUMER.SECRET, keys.seal(PURPOSE, secret).getBytes(StandardCharsets.US_ASCII))
                .execute();
    }

    static Optional<String> find(DSLContext db, Keys keys, PlatformId platform, String consumerKey) {
        return db.selectFrom(LTI11_CONSUMER)
                .where(LTI11_CONSUMER.PLATFORM_ID.eq(platform), LTI11_CONSUMER.CONSUMER_KEY.eq(consumerKey))
                .fetchOptional(row -> new String(row.getSecret(), StandardCharsets.US_ASCII))
                .flatMap(secret -> keys.open(PURPOSE, secret));
    }

    /** Whether {@code sign} is the base64 HMAC-SHA256 of the text under the secret, compared in constant time. */
    static boolean isSigned(String text, String secret, String sign) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] wanted = Base64.getEncoder().encode(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
            return MessageDigest.isEqual(wanted, sign.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256.", e);
        }
    }
}
