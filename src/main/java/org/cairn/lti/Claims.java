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
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The claims of a message. What security rests on is read strictly; everything else is optional, and of an odd type it is absent. */
final class Claims {

    static final String LTI = "https://purl.imsglobal.org/spec/lti/claim/";
    static final String DEEP_LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings";
    private static final String AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint";
    private static final String NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice";
    private static final String GROUPS = "https://purl.imsglobal.org/spec/lti-gs/claim/groupsservice";
    private static final String NOTICES = LTI + "platformnotificationservice";
    private static final int MOST_CUSTOM = 200;

    private final JsonNode payload;

    Claims(JsonNode payload) {
        this.payload = payload;
    }

    /** A claim of OpenID Connect, as text; empty where it is missing or no text. */
    String text(String name) {
        return payload.path(name).isTextual() ? payload.path(name).textValue() : "";
    }

    /** A claim of LTI, as text; empty where it is missing or no text. */
    String lti(String name) {
        return text(LTI + name);
    }

    Optional<Long> seconds(String name) {
        var value = payload.path(name);
        return value.isNumber() ? Optional.of(value.longValue()) : Optional.empty();
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

    /** A member of an LTI claim that is an object, cut to a length that our tables keep. */
    @Nullable
    String member(String claim, String member, int longest) {
        var value = payload.path(LTI + claim).path(member);
        if (!value.isTextual() || value.textValue().isBlank()) {
            return null;
        }
        return value.textValue().substring(0, Math.min(value.textValue().length(), longest));
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
            // A variable that the LMS does not know comes as it was written.
            boolean isValue =
                    one.getValue().isValueNode() && !one.getValue().asText().startsWith("$");
            if (isValue && one.getValue().asText().length() <= 4000) {
                custom.put(one.getKey().toLowerCase(Locale.ROOT), one.getValue().asText());
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
                new TreeSet<>(texts(ags.path("scope"))),
                uri(payload.path(GROUPS).path("context_groups_url")),
                uri(notices.path("platform_notification_service_url")),
                new TreeSet<>(texts(notices.path("notice_types_supported"))));
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
                if (one.isTextual()) {
                    texts.add(one.textValue());
                }
            }
        }
        return texts;
    }

    private static @Nullable URI uri(JsonNode value) {
        try {
            return value.isTextual() && value.textValue().length() <= 2000 ? URI.create(value.textValue()) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
