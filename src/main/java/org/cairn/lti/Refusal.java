package org.cairn.lti;

import java.util.Locale;
import org.cairn.Problem;

/**
 * Why a login or a launch was refused: one constant for each check, with the section that asks for it. S is the 1EdTech Security
 * Framework 1.0, L is LTI Core 1.3, D is Deep Linking 2.0, P is LTI Client Side postMessages with OIDC Login 0.1, R is Submission Review
 * 1.0, M is the LTI 1.1 to 1.3 Migration Guide, N is the Platform Notification Service 1.0.
 */
public enum Refusal {
    LOGIN_INCOMPLETE(
            "S §5.1.1.1",
            Problem.Kind.MALFORMED,
            "The LMS began a login without saying who it is, who you are or what to open; its tool settings are"
                    + " incomplete."),
    LOGIN_TOO_LONG(
            "S §5.1.1.2",
            Problem.Kind.TOO_LARGE,
            "The LMS began a login with more than fits into an address (login_hint, lti_message_hint);"
                    + " open Cairn again from your course."),
    REGISTRATION_UNKNOWN(
            "S §5.1.1.1",
            Problem.Kind.NOT_FOUND,
            "This LMS is not connected to Cairn; an administrator of Cairn has to invite it, or to add it under"
                    + " lti-config/platforms."),
    REGISTRATION_AMBIGUOUS(
            "S §5.1.1.1",
            Problem.Kind.MALFORMED,
            "Several connections share this LMS's issuer, and it did not say which one is meant (client_id); give the"
                    + " LMS the login address of its own connection, which the page of that platform shows."),
    STATE_MISSING(
            "S §5.1.1.3",
            Problem.Kind.MALFORMED,
            "This launch belongs to no login; open Cairn again from your course."),
    STATE_UNKNOWN(
            "S §5.1.1.3",
            Problem.Kind.UNAUTHENTICATED,
            "This launch belongs to no login that Cairn knows; open Cairn again from your course."),
    STATE_OF_ANOTHER_BROWSER(
            "S §5.1.1.3",
            Problem.Kind.UNAUTHENTICATED,
            "Your browser did not keep the cookie that Cairn set a moment ago, or this launch was begun in another"
                    + " browser; open Cairn again, in a new window if your course offers one."),
    STORAGE_WRONG(
            "P §3",
            Problem.Kind.UNAUTHENTICATED,
            "Your browser kept no cookie for Cairn, and what your LMS stored in its place does not fit this launch;"
                    + " open Cairn again from your course."),
    STATE_USED(
            "S §5.1.1.3",
            Problem.Kind.UNAUTHENTICATED,
            "This launch was used before, as happens on reload; open Cairn again from your course."),
    STATE_EXPIRED(
            "S §5.1.1.3",
            Problem.Kind.UNAUTHENTICATED,
            "This login took longer than ten minutes; open Cairn again from your course."),
    PLATFORM_ERROR("S §5.1.1.5", Problem.Kind.FORBIDDEN, "Your LMS refused to sign you in to Cairn."),
    TOKEN_MISSING("S §5.1.1.3", Problem.Kind.MALFORMED, "The LMS sent no id_token; its tool settings are incomplete."),
    TOKEN_MALFORMED("S §5.1.2", Problem.Kind.MALFORMED, "The LMS sent an id_token that cannot be read."),
    ALGORITHM_REFUSED(
            "S §5.1.3 (6)",
            Problem.Kind.UNAUTHENTICATED,
            "The id_token is not signed with the algorithm that was agreed with this LMS."),
    KEY_ID_MISSING(
            "S §5.1.3 (1)", Problem.Kind.UNAUTHENTICATED, "The id_token does not say which key signed it (kid)."),
    KEY_UNKNOWN(
            "S §5.1.3 (1)",
            Problem.Kind.UNAUTHENTICATED,
            "The id_token is signed with a key that is not in the LMS's key set."),
    SIGNATURE_WRONG("S §5.1.3 (1)", Problem.Kind.UNAUTHENTICATED, "The signature of the id_token is wrong."),
    ISSUER_WRONG(
            "S §5.1.3 (2)",
            Problem.Kind.UNAUTHENTICATED,
            "The id_token is from another issuer than the one that began the login."),
    AUDIENCE_WRONG("S §5.1.3 (3)", Problem.Kind.UNAUTHENTICATED, "The id_token is meant for another tool."),
    AUTHORIZED_PARTY_WRONG(
            "S §5.1.3 (4, 5)", Problem.Kind.UNAUTHENTICATED, "The id_token was issued to another tool (azp)."),
    EXPIRED(
            "S §5.1.3 (7)",
            Problem.Kind.UNAUTHENTICATED,
            "The id_token has expired; open Cairn again from your course."),
    TIME_WRONG("S §5.1.3 (8)", Problem.Kind.UNAUTHENTICATED, "The id_token's times do not fit our clock."),
    NONCE_WRONG(
            "S §5.1.3 (9)", Problem.Kind.UNAUTHENTICATED, "The id_token answers another login than this one (nonce)."),
    VERSION_WRONG("L §5.3.2", Problem.Kind.UNPROCESSABLE, "This is not an LTI 1.3 message."),
    MESSAGE_TYPE_MISSING("L §5.3.1", Problem.Kind.UNPROCESSABLE, "The LMS did not say what kind of launch this is."),
    MESSAGE_TYPE_UNSUPPORTED("L §5.3.1", Problem.Kind.UNPROCESSABLE, "Cairn does not know this kind of launch."),
    SETTINGS_MISSING(
            "D §4.4.1",
            Problem.Kind.UNPROCESSABLE,
            "The LMS asked Cairn for links and did not say where to send them (deep_linking_settings)."),
    RETURN_ADDRESS_FOREIGN(
            "D §4.4.1",
            Problem.Kind.UNPROCESSABLE,
            "The LMS asked Cairn to send links to a host that is not its own (deep_link_return_url)."),
    REVIEWED_USER_MISSING(
            "R §3.3", Problem.Kind.UNPROCESSABLE, "The LMS did not say whose work is to be shown (for_user)."),
    NOT_ALLOWED(
            "L §A.2",
            Problem.Kind.FORBIDDEN,
            "Your LMS sent you with a role that may not do this; a teacher of the course can."),
    DEPLOYMENT_MISSING(
            "L §5.3.3",
            Problem.Kind.UNPROCESSABLE,
            "The LMS did not say which installation of Cairn this is (deployment_id)."),
    DEPLOYMENT_PENDING(
            "L §5.3.3",
            Problem.Kind.FORBIDDEN,
            "This installation of Cairn waits for an administrator of Cairn to approve it; nothing is shown or kept"
                    + " until then."),
    TARGET_WRONG(
            "L §5.3.4",
            Problem.Kind.UNPROCESSABLE,
            "The launch is meant for another address than Cairn's (target_link_uri)."),
    RESOURCE_LINK_MISSING(
            "L §5.3.5", Problem.Kind.UNPROCESSABLE, "The LMS did not say which activity was opened (resource_link)."),
    USER_MISSING(
            "L §5.3.6",
            Problem.Kind.UNPROCESSABLE,
            "The LMS did not say who you are; anonymous launches are not allowed here."),
    ROLES_MISSING(
            "L §5.3.7",
            Problem.Kind.UNPROCESSABLE,
            "The LMS did not send the list of your roles, not even an empty one."),
    MIGRATION_SIGNATURE_WRONG(
            "M §3.1.2",
            Problem.Kind.UNAUTHENTICATED,
            "The LMS named old ids of LTI 1.1 with a signature that is not of the secret agreed with it."),
    NOTICE_MALFORMED(
            "N notice",
            Problem.Kind.UNPROCESSABLE,
            "A notice has to say its id of at most 255 characters and its type, and one of a copied course the new"
                    + " course's context.");

    private final String section;
    private final Problem.Kind kind;
    private final String sentence;

    Refusal(String section, Problem.Kind kind, String sentence) {
        this.section = section;
        this.kind = kind;
        this.sentence = sentence;
    }

    public String section() {
        return section;
    }

    /** Lower case words joined by underscores, as the problem's code. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    Problem problem() {
        return problem("");
    }

    /** {@code more} is added to the sentence, and has to be fit for a page and for a log. */
    Problem problem(String more) {
        return new Problem(kind, code(), more.isEmpty() ? sentence : sentence + " " + more, section + " " + more);
    }
}
