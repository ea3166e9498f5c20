package org.cairn.people;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cairn.Sha256;

/**
 * One browser in one partition, known by a secret of 256 bits that only its cookie holds. The database knows the secret's hash.
 */
public final class Browser {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String secret;

    /** Throws IllegalArgumentException where {@code secret} is not the 43 characters that {@link #fresh} makes. */
    public Browser(String secret) {
        if (!SHAPE.matcher(secret).matches()) {
            throw new IllegalArgumentException("Not a browser's cookie.");
        }
        this.secret = secret;
    }

    public static Browser fresh() {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        return new Browser(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** For the cookie, and nothing else. */
    public String secret() {
        return secret;
    }

    /** SHA-256 of the secret, 64 hexadecimal digits. */
    public String hash() {
        return Sha256.hex(secret);
    }

    /** What every form on a page must send back, by a name of the caller's for page and person: only this browser can have been shown it. */
    public String formToken(String page) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            byte[] tag = mac.doFinal(("form " + page).getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(tag);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256.", e);
        }
    }

    @Override
    public String toString() {
        return "Browser[…]";
    }
}
