package org.cairn.sandbox;

import static org.cairn.sandbox.Answers.require;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Registrations that an administrator began: each is good for one tool, for an hour. */
final class Invitations {

    private record Invitation(Instant expiresAt, boolean isUsed) {}

    private static final Duration LIFE = Duration.ofHours(1);

    private final Lms lms;
    private final Map<String, Invitation> invitations = new ConcurrentHashMap<>();

    Invitations(Lms lms) {
        this.lms = lms;
    }

    /** What the frame of a registration opens: the tool's address, with where to read about this LMS and the right to register. */
    URI open(URI tool) {
        var token = UUID.randomUUID().toString();
        invitations.put(token, new Invitation(Instant.now().plus(LIFE), false));
        var address = tool + (tool.getRawQuery() == null ? "?" : "&");
        // Brightspace sends no token: the address of its configuration is what nobody else knows.
        return URI.create(
                lms.profile == Profile.BRIGHTSPACE
                        ? address + "openid_configuration=" + encoded(configuration() + "?invitation=" + token)
                        : address + "openid_configuration=" + encoded(configuration()) + "&registration_token="
                                + token);
    }

    /** Throws Answers in the words of the LMS that is played, where nobody was invited by this token, or not any more. */
    void check(@Nullable String token) {
        require(token != null, 401, "missing_registration_token");
        var invitation = invitations.get(String.valueOf(token));
        if (invitation == null) {
            throw lms.profile == Profile.MOODLE
                    ? new Answers(404, "<html>Exception - Syntax error, malformed JSON</html>")
                    : new Answers(401, "invalid_registration_token");
        }
        require(!invitation.isUsed(), 401, "token_already_used");
        require(Instant.now().isBefore(invitation.expiresAt()), 401, "token_expired");
    }

    void use(String token) {
        invitations.computeIfPresent(token, (key, one) -> new Invitation(one.expiresAt(), true));
    }

    /** Lets every invitation run out now. */
    void expire() {
        invitations.replaceAll((token, one) -> new Invitation(Instant.EPOCH, one.isUsed()));
    }

    private String configuration() {
        return lms.url + lms.profile.configuration;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
