package org.cairn.lti.registration;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an LMS's ways of registering, as data.
 *
 * @param name as platforms keep it; empty for an LMS that nothing is known of
 * @param families the product_family_codes that it calls itself by
 * @param hosts of an issuer's host, or of any ("*"): other hosts where its endpoints are documented to lie. Tied to the issuer, so that
 *     nobody can make Cairn fetch a token from one of them on behalf of another issuer
 * @param registersElsewhere whether the issuers named in {@code hosts} take registrations on each institution's own host
 * @param tokenAudience what {@code aud} of a token request has to be; null for the LMS's own words, or else the token endpoint
 * @param messages what Cairn asks to be launched with, and from where
 * @param extensions members of the tool configuration that only this product knows
 * @param next what the LMS's administrator does once it is registered
 */
record Product(
        String name,
        Set<String> families,
        Map<String, Set<String>> hosts,
        boolean registersElsewhere,
        @Nullable String tokenAudience,
        List<Offered> messages,
        Map<String, Object> extensions,
        String next) {

    static final String RESOURCE_LINK = "LtiResourceLinkRequest";
    static final String DEEP_LINKING = "LtiDeepLinkingRequest";
    static final String CANVAS_PREFIX = "https://canvas.instructure.com/lti/";

    /** A kind of launch. {@code extensions} are members of the message that only this product knows. */
    record Offered(String type, String label, List<String> placements, Map<String, Object> extensions) {

        Offered(String type, String label, String... placements) {
            this(type, label, List.of(placements), Map.of());
        }

        /** Every LMS opens links; Moodle does not list all the kinds of launches that it sends, and passes over what it does not know. */
        boolean isImplied() {
            return type.equals(RESOURCE_LINK);
        }
    }

    private static final Offered RESOURCE = new Offered(RESOURCE_LINK, "Cairn");
    private static final Offered REVIEW = new Offered("LtiSubmissionReviewRequest", "Credentials of a learner");
    private static final Offered PRIVACY = new Offered("LtiDataPrivacyLaunchRequest", "What Cairn keeps of people");

    // The placements of Dynamic Registration 1.0 §3.3.2, which all but Canvas go by.
    private static final List<Offered> STANDARD =
            List.of(RESOURCE, new Offered(DEEP_LINKING, "Choose credentials", "ContentArea"), REVIEW, PRIVACY);

    static final Product MOODLE = new Product(
            "moodle",
            Set.of("moodle"),
            Map.of(),
            false,
            null,
            STANDARD,
            Map.of(),
            "In Moodle's list of tools, press Activate on Cairn's card. Then, in each course that wants it: More → LTI External tools → Show in"
                    + " activity chooser.");

    /** Canvas refuses kinds of launches and scopes that it does not know; the navigation link is off until a teacher wants it. */
    static final Product CANVAS = new Product(
            "canvas",
            Set.of("canvas"),
            Map.of(
                    "canvas.instructure.com", Set.of("sso.canvaslms.com"),
                    "canvas.beta.instructure.com", Set.of("sso.beta.canvaslms.com"),
                    "canvas.test.instructure.com", Set.of("sso.test.canvaslms.com")),
            true,
            null,
            List.of(
                    new Offered(
                            RESOURCE_LINK,
                            "Credentials",
                            List.of("course_navigation"),
                            Map.of(
                                    CANVAS_PREFIX + "course_navigation/default_enabled", false,
                                    CANVAS_PREFIX + "visibility", "members",
                                    CANVAS_PREFIX + "display_type", "full_width_in_context")),
                    new Offered(
                            DEEP_LINKING,
                            "Credentials (Cairn)",
                            "link_selection",
                            "assignment_selection",
                            "editor_button",
                            "module_index_menu_modal")),
            Map.of(
                    CANVAS_PREFIX + "privacy_level", "name_only",
                    CANVAS_PREFIX + "tool_id", "cairn",
                    CANVAS_PREFIX + "vendor", "Cairn"),
            "In Canvas, look through what Cairn asks for, and enable it. When somebody first opens it, it shows up at Cairn as an installation"
                    + " that waits for approval.");

    static final Product BRIGHTSPACE = new Product(
            "brightspace",
            Set.of("desire2learn", "brightspace", "d2l"),
            Map.of("*", Set.of("auth.brightspace.com")),
            false,
            "https://api.brightspace.com/auth/token",
            STANDARD,
            Map.of(),
            "In Brightspace, turn the tool on under Manage Extensibility → LTI Advantage, and make a deployment for the org units that want it.");

    private static final String USUAL_NEXT = "In your LMS's list of tools, turn Cairn on where it is not yet.";

    static final Product SAKAI = new Product(
            "sakai", Set.of("sakailms.org", "sakai"), Map.of(), false, null, STANDARD, Map.of(), USUAL_NEXT);

    /** By its product_family_code, in whatever case and fit for a log; one that is not known goes by the standard alone. */
    static Product of(String family) {
        var code = family.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "");
        return Stream.of(MOODLE, CANVAS, BRIGHTSPACE, SAKAI)
                .filter(product -> product.families().contains(code))
                .findFirst()
                .orElseGet(() -> new Product(
                        code.substring(0, Math.min(code.length(), 63)),
                        Set.of(),
                        Map.of(),
                        false,
                        null,
                        STANDARD,
                        Map.of(),
                        USUAL_NEXT));
    }

    /** Whether an endpoint of this issuer may lie on a host that is not the issuer's. */
    boolean knows(String issuerHost, String host) {
        return hosts.getOrDefault(issuerHost, hosts.getOrDefault("*", Set.of())).contains(host);
    }

    boolean takesRegistrationsElsewhere(String issuerHost) {
        return registersElsewhere && hosts.containsKey(issuerHost);
    }
}
