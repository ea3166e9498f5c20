package org.cairn.lti.registration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cairn.lti.Launch;
import org.jspecify.annotations.Nullable;

/** What Cairn says of itself when it is registered (Dynamic Registration 1.0 §3.5), as each product wants to hear it. */
final class ToolConfiguration {

    static final String CLAIM = "https://purl.imsglobal.org/spec/lti-tool-configuration";
    static final String NAME = "Cairn";
    static final String DESCRIPTION = "Stackable micro-credentials inside your courses.";

    /** To change a registration later (§4); Canvas knows it. */
    static final String REGISTRATION_SCOPE = "https://purl.imsglobal.org/spec/lti-reg/scope/registration";

    /** What Cairn asks an LMS's services for: its own columns and their results, the names of a course, its groups, and what happens in it. */
    static final List<String> SCOPES = List.of(
            "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
            "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly",
            "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly",
            "https://purl.imsglobal.org/spec/lti-ags/scope/score",
            "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly",
            "https://purl.imsglobal.org/spec/lti/scope/noticehandlers",
            "https://purl.imsglobal.org/spec/lti-gs/scope/contextgroup.readonly",
            REGISTRATION_SCOPE);

    // No e-mail address and no picture: Cairn keeps neither, so nobody need send them.
    private static final List<String> CLAIMS = List.of("iss", "sub", "name", "given_name", "family_name");

    private final URI publicUrl;
    private final @Nullable String contact;

    ToolConfiguration(URI publicUrl, @Nullable String contact) {
        this.publicUrl = publicUrl;
        this.contact = contact;
    }

    /**
     * The registration to be sent.
     *
     * @param messages the kinds of launches that the LMS knows; empty where it did not say, and then all are offered
     * @param scopes the scopes that the LMS knows; empty where it did not say
     */
    ObjectNode describe(Product product, Set<String> messages, Set<String> scopes) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("application_type", "web");
        json.putArray("grant_types").add("client_credentials").add("implicit");
        json.putArray("response_types").add("id_token");
        json.putArray("redirect_uris").add(at("/lti/launch"));
        json.put("initiate_login_uri", at("/lti/login"));
        json.put("client_name", NAME);
        json.put("jwks_uri", at("/lti/jwks"));
        json.put("client_uri", publicUrl.toString());
        json.put("logo_uri", at("/assets/icon.svg"));
        json.put("policy_uri", at("/privacy"));
        if (contact != null) {
            json.putArray("contacts").add(contact);
        }
        json.put("token_endpoint_auth_method", "private_key_jwt");
        json.put(
                "scope",
                SCOPES.stream()
                        .filter(scope -> scopes.isEmpty() ? !scope.equals(REGISTRATION_SCOPE) : scopes.contains(scope))
                        .collect(Collectors.joining(" ")));
        json.set(CLAIM, tool(product, messages));
        return json;
    }

    private ObjectNode tool(Product product, Set<String> messages) {
        var tool = JsonNodeFactory.instance.objectNode();
        // With its port, or Moodle finds that it does not fit the target_link_uri.
        tool.put("domain", publicUrl.getRawAuthority());
        tool.put("description", DESCRIPTION);
        tool.put("target_link_uri", at("/lti/launch"));
        Launch.HISTORIES.forEach(tool.putObject("custom_parameters")::put);
        CLAIMS.forEach(tool.putArray("claims")::add);
        var offered = tool.putArray("messages");
        product.messages().stream()
                .filter(one -> messages.isEmpty() || messages.contains(one.type()) || one.isImplied())
                .forEach(one -> offered.add(message(one)));
        new TreeMap<>(product.extensions()).forEach(tool::putPOJO);
        return tool;
    }

    private ObjectNode message(Product.Offered offered) {
        var message = JsonNodeFactory.instance.objectNode();
        message.put("type", offered.type());
        message.put("target_link_uri", at("/lti/launch"));
        message.put("label", offered.label());
        message.put("icon_uri", at("/assets/icon.svg"));
        if (!offered.placements().isEmpty()) {
            offered.placements().forEach(message.putArray("placements")::add);
        }
        new TreeMap<>(offered.extensions()).forEach(message::putPOJO);
        return message;
    }

    private String at(String path) {
        return publicUrl.resolve(path).toString();
    }
}
