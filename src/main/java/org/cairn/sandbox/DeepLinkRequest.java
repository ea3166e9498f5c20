package org.cairn.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an LMS says when a teacher is to choose (Deep Linking 2.0 §4.4.1).
 *
 * @param data to come back as it is; null to send none
 * @param acceptMultiple null to leave it unsaid
 * @param acceptLineItem null to leave it unsaid
 * @param hasTarget whether {@code target_link_uri} is in the message; certification leaves it out
 * @param isBare whether the message is nothing but its claim: no person, no roles, no course
 */
public record DeepLinkRequest(
        List<String> acceptTypes,
        @Nullable String data,
        @Nullable Boolean acceptMultiple,
        @Nullable Boolean acceptLineItem,
        boolean hasTarget,
        boolean isBare) {

    /** As Moodle was measured: several, nothing about columns (which it takes), no data. */
    public static final DeepLinkRequest MOODLE =
            new DeepLinkRequest(List.of("ltiResourceLink"), null, true, null, true, false);

    public DeepLinkRequest {
        acceptTypes = List.copyOf(acceptTypes);
    }

    public DeepLinkRequest withTypes(List<String> types) {
        return new DeepLinkRequest(types, data, acceptMultiple, acceptLineItem, hasTarget, isBare);
    }

    public DeepLinkRequest withData(@Nullable String text) {
        return new DeepLinkRequest(acceptTypes, text, acceptMultiple, acceptLineItem, hasTarget, isBare);
    }

    public DeepLinkRequest withMultiple(@Nullable Boolean multiple) {
        return new DeepLinkRequest(acceptTypes, data, multiple, acceptLineItem, hasTarget, isBare);
    }

    public DeepLinkRequest withLineItem(@Nullable Boolean lineItem) {
        return new DeepLinkRequest(acceptTypes, data, acceptMultiple, lineItem, hasTarget, isBare);
    }

    public DeepLinkRequest withoutTarget() {
        return new DeepLinkRequest(acceptTypes, data, acceptMultiple, acceptLineItem, false, isBare);
    }

    public DeepLinkRequest bare() {
        return new DeepLinkRequest(acceptTypes, data, acceptMultiple, acceptLineItem, false, true);
    }

    void describe(ObjectNode settings, String returnUrl, String title) {
        settings.put("deep_link_return_url", returnUrl);
        acceptTypes.forEach(settings.putArray("accept_types")::add);
        settings.putArray("accept_presentation_document_targets")
                .add("frame")
                .add("iframe")
                .add("window");
        if (data != null) {
            settings.put("data", data);
        }
        if (acceptMultiple != null) {
            settings.put("accept_multiple", acceptMultiple);
        }
        if (acceptLineItem != null) {
            settings.put("accept_lineitem", acceptLineItem);
        }
        settings.put("auto_create", false).put("title", title).put("text", "");
    }
}
