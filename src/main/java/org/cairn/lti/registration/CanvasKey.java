package org.cairn.lti.registration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeMap;
import org.cairn.lti.Launch;

/** The configuration of a Canvas developer key, for Canvases that are connected by hand: pasted, or read by Canvas from its address. */
public final class CanvasKey {

    // Scopes that a Canvas does not know make it refuse the whole key.
    private static final Set<String> UNKNOWN_TO_CANVAS = Set.of(
            "https://purl.imsglobal.org/spec/lti-gs/scope/contextgroup.readonly", ToolConfiguration.REGISTRATION_SCOPE);

    private CanvasKey() {}

    /** As JSON, indented, with a line feed at its end. */
    public static String json(URI publicUrl) {
        return describe(publicUrl).toPrettyString().replace("\r\n", "\n") + "\n";
    }

    private static ObjectNode describe(URI publicUrl) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("title", ToolConfiguration.NAME);
        json.put("description", ToolConfiguration.DESCRIPTION);
        json.put("oidc_initiation_url", publicUrl.resolve("/lti/login").toString());
        json.put("target_link_uri", publicUrl.resolve("/lti/launch").toString());
        var scopes = new ArrayList<>(ToolConfiguration.SCOPES);
        scopes.removeAll(UNKNOWN_TO_CANVAS);
        scopes.forEach(json.putArray("scopes")::add);
        json.put("public_jwk_url", publicUrl.resolve("/lti/jwks").toString());
        Launch.HISTORIES.forEach(json.putObject("custom_fields")::put);
        json.putArray("extensions").add(extension(publicUrl));
        return json;
    }

    private static ObjectNode extension(URI publicUrl) {
        var extension = JsonNodeFactory.instance.objectNode();
        extension.put("platform", "canvas.instructure.com");
        extension.put("domain", publicUrl.getRawAuthority());
        Product.CANVAS.extensions().entrySet().stream()
                .filter(one -> !one.getKey().endsWith("/vendor"))
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(one -> extension.putPOJO(one.getKey().replace(Product.CANVAS_PREFIX, ""), one.getValue()));
        var settings = extension.putObject("settings");
        settings.put("text", ToolConfiguration.NAME);
        settings.put("icon_url", publicUrl.resolve("/assets/icon.svg").toString());
        var placements = settings.putArray("placements");
        Product.CANVAS
                .messages()
                .forEach(offered -> offered.placements()
                        .forEach(placement -> placements.add(placement(placement, offered, publicUrl))));
        return extension;
    }

    private static ObjectNode placement(String name, Product.Offered offered, URI publicUrl) {
        var placement = JsonNodeFactory.instance.objectNode();
        placement.put("placement", name);
        placement.put("message_type", offered.type());
        placement.put("target_link_uri", publicUrl.resolve("/lti/launch").toString());
        placement.put("text", offered.label());
        placement.put("icon_url", publicUrl.resolve("/assets/icon.svg").toString());
        new TreeMap<>(offered.extensions()).forEach((member, value) -> {
            var short_ = member.replace(Product.CANVAS_PREFIX, "");
            // The one member that goes by another name and other values in a key than in a registration.
            if (short_.equals("course_navigation/default_enabled")) {
                placement.put("default", value.equals(true) ? "enabled" : "disabled");
            } else {
                placement.putPOJO(short_, value);
            }
        });
        return placement;
    }
}
