package org.cairn.lti;

import static org.cairn.lti.IdToken.check;
import static org.cairn.lti.IdToken.word;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.cairn.people.Person;
import org.cairn.people.Role;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a token says, after its signature held: the checks of LTI itself, line by line (Core 1.3 §5.3 and the messages' own specifications). */
final class LaunchReading {

    private static final Logger LOG = LoggerFactory.getLogger(LaunchReading.class);
    private static final String ANONYMOUS = "cairn:anonymous";

    private final Claims claims;
    private final Platform platform;
    private final LoginState state;
    private final URI publicUrl;
    private final Function<String, Optional<String>> formerSecret;
    private final Instant now;

    /** {@code formerSecret} finds the secret of a consumer key of LTI 1.1. */
    LaunchReading(
            Claims claims,
            Platform platform,
            LoginState state,
            URI publicUrl,
            Function<String, Optional<String>> formerSecret,
            Instant now) {
        this.claims = claims;
        this.platform = platform;
        this.state = state;
        this.publicUrl = publicUrl;
        this.formerSecret = formerSecret;
        this.now = now;
    }

    /** Throws Problem with the code of the {@link Refusal} of the first check that does not hold. */
    Launch launch() {
        check(claims.lti("version").equals("1.3.0"), Refusal.VERSION_WRONG);
        var deploymentId = IdToken.deploymentId(claims);
        var message = message();
        var roles = claims.roles();
        var sub = claims.text("sub");
        boolean isChoosing = message instanceof Message.DeepLinking;
        checkTarget(isChoosing);
        var link = claims.id("resource_link", "id");
        check(link != null || !(message instanceof Message.ResourceLink), Refusal.RESOURCE_LINK_MISSING);
        // Deep Linking 2.0 §4.4 makes both optional: only who may edit a course is sent to choose.
        check(roles.isPresent() || isChoosing, Refusal.ROLES_MISSING);
        boolean isAnonymous = sub.isBlank();
        check(!isAnonymous || isChoosing || platform.anonymousLaunches(), Refusal.USER_MISSING);
        check(sub.length() <= 255, Refusal.USER_MISSING);
        return new Launch(
                platform,
                deploymentId,
                // Whoever has no name has no awards either: all of them are one test user.
                isAnonymous
                        ? new Person(ANONYMOUS, null, true)
                        : new Person(sub, claims.name(), Roles.isTestUser(roles.orElse(List.of()))),
                role(message, roles, isAnonymous),
                claims.id("context", "id"),
                claims.title("context"),
                link,
                claims.title("resource_link"),
                itsOwn(claims.offer()),
                claims.custom(),
                former(deploymentId),
                message,
                state.storageHash() != null
                        ? Launch.Bound.STORAGE
                        : state.inWindow() ? Launch.Bound.WINDOW : Launch.Bound.COOKIE,
                claims.seconds("iat").orElse(0L) - now.getEpochSecond());
    }

    private Message message() {
        var type = claims.lti("message_type");
        check(!type.isEmpty(), Refusal.MESSAGE_TYPE_MISSING);
        return switch (type) {
            case "LtiResourceLinkRequest" -> new Message.ResourceLink();
            case "LtiDeepLinkingRequest" -> {
                var settings = claims.deepLinking().orElseThrow(Refusal.SETTINGS_MISSING::problem);
                check(platform.isItsOwn(settings.returnUrl()), Refusal.RETURN_ADDRESS_FOREIGN);
                yield settings;
            }
            case "LtiSubmissionReviewRequest" -> {
                var reviewed = claims.id("for_user", "user_id");
                yield new Message.SubmissionReview(
                        Optional.ofNullable(reviewed).orElseThrow(Refusal.REVIEWED_USER_MISSING::problem));
            }
            case "LtiDataPrivacyLaunchRequest" -> new Message.DataPrivacy();
            default -> throw Refusal.MESSAGE_TYPE_UNSUPPORTED.problem("(%s)".formatted(word(type)));
        };
    }

    private void checkTarget(boolean mayBeMissing) {
        var target = claims.lti("target_link_uri");
        check((target.isEmpty() && mayBeMissing) || isOurs(target), Refusal.TARGET_WRONG);
    }

    private boolean isOurs(String target) {
        try {
            var uri = URI.create(target);
            return publicUrl.getScheme().equalsIgnoreCase(uri.getScheme())
                    && publicUrl.getRawAuthority().equalsIgnoreCase(uri.getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Role role(Message message, Optional<List<String>> roles, boolean isAnonymous) {
        // Only a request for links comes this far without any.
        if (roles.isEmpty()) {
            return Role.TEACHER;
        }
        var role = isAnonymous ? Role.VISITOR : Roles.of(roles.get());
        if (message instanceof Message.DeepLinking) {
            check(role.changesCourse(), Refusal.NOT_ALLOWED);
        }
        if (message instanceof Message.SubmissionReview review) {
            check(role.seesCourse() || review.sub().equals(claims.text("sub")), Refusal.NOT_ALLOWED);
        }
        return role;
    }

    private Offer itsOwn(Offer offer) {
        return new Offer(
                itsOwn(offer.memberships(), "roster"),
                itsOwn(offer.lineItems(), "gradebook"),
                offer.scopes(),
                itsOwn(offer.groups(), "groups"),
                itsOwn(offer.notices(), "notices"),
                offer.noticeTypes());
    }

    private @Nullable URI itsOwn(@Nullable URI service, String what) {
        if (service != null && !platform.isItsOwn(service)) {
            LOG.warn("{} of platform {} ignored: not at a host of its registration", what, platform.id());
            return null;
        }
        return service;
    }

    /** Old ids count only with a signature (Migration Guide §3.1.2); without one they are nobody's. */
    private Launch.@Nullable Former former(String deploymentId) {
        var key = claims.id("lti1p1", "oauth_consumer_key");
        var sign = claims.id("lti1p1", "oauth_consumer_key_sign");
        if (key == null || sign == null) {
            return null;
        }
        var secret = formerSecret.apply(key);
        if (secret.isEmpty()) {
            return null;
        }
        var base = String.join(
                "&",
                key,
                deploymentId,
                platform.issuer(),
                platform.clientId(),
                String.valueOf(claims.seconds("exp").orElse(0L)),
                claims.text("nonce"));
        check(FormerStore.isSigned(base, secret.get(), sign), Refusal.MIGRATION_SIGNATURE_WRONG);
        return new Launch.Former(
                key,
                claims.id("lti1p1", "user_id"),
                claims.id("lti1p1", "context_id"),
                claims.id("lti1p1", "resource_link_id"));
    }
}
