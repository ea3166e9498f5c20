package org.cairn.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/** What an id_token says of a click (Core 1.3 §5.3). */
final class IdTokens {

    static final String LTI = "https://purl.imsglobal.org/spec/lti/claim/";
    static final String DEEP_LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/";

    private final Lms lms;
    private final ServiceClaims services;
    private final DeepLinking deepLinking;

    IdTokens(Lms lms, DeepLinking deepLinking) {
        this.lms = lms;
        this.services = new ServiceClaims(lms);
        this.deepLinking = deepLinking;
    }

    ObjectNode of(Click click, String nonce) {
        long now = lms.now().getEpochSecond();
        var json = Lms.JSON.createObjectNode();
        json.put("nonce", nonce)
                .put("iat", now)
                .put("exp", now + 60)
                .put("iss", lms.issuer())
                .put("aud", click.tool().clientId());
        json.put(LTI + "deployment_id", click.tool().deploymentId());
        json.put(LTI + "message_type", click.message().type()).put(LTI + "version", "1.3.0");
        boolean isBare = false;
        switch (click.message()) {
            case Message.Choose choose -> {
                deepLinking.describe(json.putObject(DEEP_LINKING + "deep_linking_settings"), click, choose);
                isBare = choose.request().isBare();
                if (choose.request().hasTarget()) {
                    json.put(LTI + "target_link_uri", click.target());
                }
            }
            case Message.Review review -> {
                json.putObject(LTI + "for_user").put("user_id", review.sub());
                json.put(LTI + "target_link_uri", click.target());
            }
            default -> json.put(LTI + "target_link_uri", click.target());
        }
        if (!isBare) {
            describe(json, click);
        }
        var migration = lms.switches.migration;
        if (migration != null && !isBare) {
            migration.describe(json);
        }
        return json;
    }

    private void describe(ObjectNode json, Click click) {
        addPerson(json, click);
        addPlace(json, click);
        addCustom(json, click);
        services.describe(json, click);
    }

    private static void addPerson(ObjectNode json, Click click) {
        var roles = json.putArray(LTI + "roles");
        var person = click.person();
        if (person == null) {
            return;
        }
        json.put("sub", person.sub());
        roles.add(person.role().uri());
        if (person.role() == Person.Role.ASSISTANT) {
            roles.add("http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor");
        }
        if (person.isTestUser()) {
            roles.add("http://purl.imsglobal.org/vocab/lti/system/person#TestUser");
        }
        var told = Map.of("name", person.name(), "given_name", person.givenName(), "family_name", person.familyName());
        told.forEach((claim, value) -> {
            if (click.tool().claims().contains(claim)) {
                json.put(claim, value);
            }
        });
    }

    private void addPlace(ObjectNode json, Click click) {
        var course = click.course();
        if (course != null) {
            json.putObject(LTI + "context")
                    .put("id", course.id)
                    .put("label", "RAI")
                    .put("title", course.title)
                    .putArray("type")
                    .add("CourseSection");
        }
        var link = click.link();
        if (link != null) {
            var claim =
                    json.putObject(LTI + "resource_link").put("id", link.id()).put("title", link.title());
            if (link.text() != null) {
                claim.put("description", link.text());
            }
        }
        json.putObject(LTI + "tool_platform")
                .put("product_family_code", lms.profile.product)
                .put("version", lms.profile.version)
                .put("guid", "example-university")
                .put("name", "Example University");
        json.putObject(LTI + "launch_presentation").put("locale", "en").put("document_target", "iframe");
    }

    private void addCustom(ObjectNode json, Click click) {
        var custom = new HashMap<>(click.tool().custom());
        if (click.link() != null) {
            custom.putAll(click.link().custom());
        }
        if (click.message() instanceof Message.Review review) {
            review.column()
                    .review
                    .path("custom")
                    .properties()
                    .forEach(one -> custom.put(one.getKey(), one.getValue().asText()));
        }
        if (!custom.isEmpty()) {
            new Variables(lms, click).filled(custom).forEach(json.putObject(LTI + "custom")::put);
        }
    }
}
