package org.cairn;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** Names a signed credential in public: 128 random bits in base64url (22 characters), so that nobody guesses another's. */
public record CredentialId(String value) {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final SecureRandom RANDOM = new SecureRandom();

    public CredentialId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("A credential's id has 22 characters of A-Z, a-z, 0-9, _ and -.");
        }
    }

    public static CredentialId fresh() {
        byte[] bits = new byte[16];
        RANDOM.nextBytes(bits);
        return new CredentialId(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    @Override
    public String toString() {
        return value;
    }
}
