package org.cairn.lti;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.cairn.PlatformId;
import org.cairn.SessionId;
import org.cairn.Sha256;
import org.cairn.keys.Keys;
import org.cairn.people.Browser;
import org.jspecify.annotations.Nullable;

/**
 * What a login hands on to its launch: sealed under the master key, it is the {@code state} itself. So a stranger who begins logins
 * writes nothing anywhere, and any node can take the launch.
 *
 * @param session that it may begin, one for each login: being begun is the nonce's being used up
 * @param browserHash of the browser that began; nobody else may finish
 * @param storageHash of a secret that the LMS's own page keeps for us (platform storage); null where that was not asked for
 * @param inWindow whether it was begun in a window of its own, after the frame kept no cookie
 */
record LoginState(
        PlatformId platform,
        SessionId session,
        String browserHash,
        String nonce,
        @Nullable String storageHash,
        boolean inWindow,
        Instant expiresAt) {

    // With the number of its layout: what was sealed in another one is unknown here.
    private static final String PURPOSE = "lti/login/2";
    private static final String NOTHING = "-";

    String seal(Keys keys) {
        return keys.seal(
                PURPOSE,
                String.join(
                        "|",
                        platform.toString(),
                        session.toString(),
                        browserHash,
                        nonce,
                        storageHash == null ? NOTHING : storageHash,
                        String.valueOf(inWindow),
                        String.valueOf(expiresAt.toEpochMilli())));
    }

    /** Empty where it was not sealed here, or was changed. */
    static Optional<LoginState> open(Keys keys, String state) {
        return keys.open(PURPOSE, state).map(text -> {
            var parts = text.split("\\|", -1);
            return new LoginState(
                    new PlatformId(UUID.fromString(parts[0])),
                    SessionId.of(parts[1]),
                    parts[2],
                    parts[3],
                    parts[4].equals(NOTHING) ? null : parts[4],
                    Boolean.parseBoolean(parts[5]),
                    Instant.ofEpochMilli(Long.parseLong(parts[6])));
        });
    }

    boolean isOf(Browser browser) {
        return browserHash.equals(browser.hash());
    }

    boolean isProvedBy(String storageSecret) {
        return storageHash != null && storageHash.equals(Sha256.hex(storageSecret));
    }

    @Override
    public String toString() {
        return "LoginState[…]";
    }
}
