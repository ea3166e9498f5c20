package org.cairn.lti;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cairn.db.Text;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a message. What security rests on is read strictly; everything else is optional, and of an odd type, or of characters
 * that no database keeps, it is absent.
 */
final class Claims {

    static final String LTI = "https://purl.imsglobal.org/spec/lti/claim/";
    static final String DEEP_LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings";
    private static final String AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint";
    private static final String NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice";
    private static final String GROUPS = "https://purl.imsglobal.org/spec/lti-gs/claim/groupsservice";
    private static final String NOTICES = LTI + "platformnotificationservice";
    private static final Set<String> SCOPES = Set.of(
            "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
            "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly",
            "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly",
            "https://purl.imsglobal.org/spec/lti-ags/scope/score");
    private static final int MOST_CUSTOM = 200;
    private static final int MOST_TYPES = 15;

    private final JsonNode payload;

    Claims(JsonNode payload) {
        this.payload = payload;
    }

    /** A claim of OpenID Connect, as text; empty where it is missing or no text. */
    String text(String name) {
        return text(payload.path(name));
    }

    /** A claim of LTI, as text; empty where it is missing or no text. */
    String lti(String name) {
        return text(LTI + name);
    }

    Optional<Long> seconds(String name) {
        var value = payload.path(name);
        return value.canConvertToLong() ? Optional.of(value.longValue()) : Optional.empty();
    }

    /** {@code aud} as a list; a single text is a list of one. */
    List<String> audience() {
        var value = payload.path("aud");
        return value.isTextual() ? List.of(value.textValue()) : texts(value);
    }

    boolean hasSeveralAudiences() {
        return payload.path("aud").size() > 1;
    }

    boolean has(String name) {
        return payload.has(name);
    }

    /** The roles; empty where the claim is missing or no list, which a list without any role is not. */
    Optional<List<String>> roles() {
        var value = payload.path(LTI + "roles");
        return value.isArray() ? Optional.of(texts(value)) : Optional.empty();
    }

    /** An id in an LTI claim that is an object, of 1 to 255 characters. A longer one is absent: cut, it would be another's. */
    @Nullable
    String id(String claim, String member) {
        var id = text(payload.path(LTI + claim).path(member));
        return id.isBlank() || id.length() > 255 ? null : id;
    }

    /** The title in an LTI claim that is an object, cut to 500 characters. */
    @Nullable
    String title(String claim) {
        var title = text(payload.path(LTI + claim).path("title"));
        return title.isBlank() ? null : Text.cut(title, 500);
    }

    /** The learner's name, as far as the LMS shares it. */
    @Nullable
    String name() {
        if (!text("name").isBlank()) {
            return text("name");
        }
        var whole = (text("given_name") + " " + text("family_name")).strip();
        return whole.isEmpty() ? null : whole;
    }

    /** Custom parameters as text, by key in lower case: Moodle sends each twice, as given and in lower case. Numbers occur. */
    Map<String, String> custom() {
        var custom = new HashMap<String, String>();
        payload.path(LTI + "custom").properties().stream().limit(MOST_CUSTOM).forEach(one -> {
            var value = one.getValue().isValueNode() ? one.getValue().asText() : "$";
            // A variable that the LMS does not know comes as it was written.
            if (!value.startsWith("$") && value.length() <= 4000 && Text.isKept(value)) {
                custom.put(one.getKey().toLowerCase(Locale.ROOT), value);
            }
        });
        return custom;
    }

    Offer offer() {
        var ags = payload.path(AGS);
        var notices = payload.path(NOTICES);
        return new Offer(
                uri(payload.path(NRPS).path("context_memberships_url")),
                uri(ags.path("lineitems")),
                texts(ags.path("scope")).stream().filter(SCOPES::contains).collect(Collectors.toUnmodifiableSet()),
                uri(payload.path(GROUPS).path("context_groups_url")),
                uri(notices.path("platform_notification_service_url")),
                texts(notices.path("notice_types_supported")).stream()
                        .filter(type -> type.matches("\\w{1,100}"))
                        .limit(MOST_TYPES)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Deep Linking 2.0 §4.4.1. {@code accept_lineitem} is true where it is missing: Moodle leaves it out and takes them. */
    Optional<Message.DeepLinking> deepLinking() {
        var settings = payload.path(DEEP_LINKING);
        var returnUrl = uri(settings.path("deep_link_return_url"));
        if (returnUrl == null || returnUrl.getHost() == null) {
            return Optional.empty();
        }
        return Optional.of(new Message.DeepLinking(
                returnUrl,
                // Required, and yet left out by some; a tool link is what everybody takes.
                settings.path("accept_types").isArray()
                        ? Set.copyOf(texts(settings.path("accept_types")))
                        : Set.of("ltiResourceLink"),
                settings.path("accept_multiple").asBoolean(true),
                settings.path("accept_lineitem").asBoolean(true),
                settings.has("data") ? settings.path("data").asText() : null));
    }

    /** The origins that a ContextCopy notice names; empty where it names none. */
    List<String> originContexts() {
        return texts(payload.path(LTI + "origin_contexts"));
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        if (list.isArray()) {
            for (var one : list) {
                if (!text(one).isEmpty()) {
                    texts.add(one.textValue());
                }
            }
        }
        return texts;
    }

    private static String text(JsonNode value) {
        return value.isTextual() && Text.isKept(value.textValue()) ? value.textValue() : "";
    }

    private static @Nullable URI uri(JsonNode value) {
        try {
            return value.isTextual() && value.textValue().length() <= 2000 ? URI.create(value.textValue()) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
