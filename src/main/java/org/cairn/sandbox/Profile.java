package org.cairn.sandbox;

/** Whose ways the sandbox has: where its endpoints are, and how it speaks. */
public enum Profile {
    /** Moodle 4.5, as it was measured: the usual one, and the stiffest. */
    MOODLE(
            "moodle",
            "4.5.6 (Build: 20250811)",
            "/mod/lti/auth.php",
            "/mod/lti/token.php",
            "/mod/lti/certs.php",
            "/mod/lti/openid-configuration.php",
            "/mod/lti/openid-registration.php",
            "/mod/lti/services.php/{course}/lineitems",
            "/mod/lti/services.php/{course}/lineitems/{item}/lineitem",
            "/mod/lti/services.php/{course}/memberships"),

    /** Canvas: one issuer for everybody, short pages, and reasons in JSON. */
    CANVAS(
            "canvas",
            "cloud",
            "/api/lti/authorize_redirect",
            "/login/oauth2/token",
            "/api/lti/security/jwks",
            "/api/lti/security/openid-configuration",
            "/api/lti/registrations",
            "/api/lti/courses/{course}/line_items",
            "/api/lti/courses/{course}/line_items/{item}",
            "/api/lti/courses/{course}/names_and_roles"),

    /** Brightspace: tokens for an audience that is not their endpoint, and registrations without a token. */
    BRIGHTSPACE(
            "desire2learn",
            "20.26.11",
            "/d2l/lti/authenticate",
            "/core/connect/token",
            "/d2l/.well-known/jwks",
            "/d2l/.well-known/openid-configuration",
            "/d2l/api/lti/registration",
            "/d2l/api/lti/ags/2.0/{course}/lineitems",
            "/d2l/api/lti/ags/2.0/{course}/lineitems/{item}",
            "/d2l/api/lti/nrps/2.0/{course}/memberships");

    static final String CANVAS_CLOUD = "https://canvas.instructure.com";
    static final String BRIGHTSPACE_AUDIENCE = "https://api.brightspace.com/auth/token";

    final String product;
    final String version;
    final String authorization;
    final String token;
    final String keySet;
    final String configuration;
    final String registration;
    final String lineItems;
    final String lineItem;
    final String members;

    Profile(
            String product,
            String version,
            String authorization,
            String token,
            String keySet,
            String configuration,
            String registration,
            String lineItems,
            String lineItem,
            String members) {
        this.product = product;
        this.version = version;
        this.authorization = authorization;
        this.token = token;
        this.keySet = keySet;
        this.configuration = configuration;
        this.registration = registration;
        this.lineItems = lineItems;
        this.lineItem = lineItem;
        this.members = members;
    }

    /** How many things a page holds where nobody asks for a number. */
    int pageSize() {
        return this == CANVAS ? 10 : Integer.MAX_VALUE;
    }

    /** Whether a custom parameter may ask what a link was called before it was copied. */
    boolean knowsLinkHistory() {
        return this == BRIGHTSPACE;
    }
}
