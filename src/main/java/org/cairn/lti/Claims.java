package org.cairn.lti;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The claims of a message. What security rests on is read strictly; everything else is optional, and of an odd type it is absent. */
final class Claims {

    private static final String LTI = "https://purl.imsglobal.org/spec/lti/claim/";
    private static final String AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint";
    private static final String NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice";

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

    @Nullable
    URI lineItems() {
        return uri(payload.path(AGS).path("lineitems"));
    }

    Set<String> scopes() {
        return new TreeSet<>(texts(payload.path(AGS).path("scope")));
    }

    @Nullable
    URI memberships() {
        return uri(payload.path(NRPS).path("context_memberships_url"));
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
