package org.cairn.web.admin;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a form did, as the page after it says. The address carries the code only, so that nobody can put words into our pages. */
public enum Done {
    SAVED("Saved."),
    KEYS_FETCHED("The keys of the LMS were fetched."),
    SECRET_KEPT("The secret is kept, encrypted. It is never shown again."),
    DEPLOYMENT_APPROVED("The deployment is approved: the next launch from it opens Cairn."),
    DEPLOYMENT_REFUSED("The deployment is refused and forgotten. If it launches again, it waits here again."),
    DEPLOYMENT_MOVED("The deployment is moved: its next launch is the new tenant's."),
    INVITATION_WITHDRAWN("The invitation is withdrawn: its link opens nothing."),
    SENT_AGAIN("What was refused is on its way again."),
    DECIDED("It is decided; the learner sees the answer and the reason."),
    ENDORSEMENT_TAKEN("The endorsement is genuine and stands; it is shown from now on."),
    ENDORSEMENT_WITHDRAWN("The endorsement is shown no longer."),
    ENDORSEMENT_GIVEN("The endorsement is signed; its two forms are below."),
    ENDORSEMENT_REVOKED("The endorsement is revoked: whoever checks it is told so."),
    PICTURE_KEPT("The picture is kept, made anew from what you uploaded. This is what badges look like with it."),
    PICTURE_REMOVED("The picture is removed."),
    ERASED("The person is erased: nothing here says any more that she was ever here."),
    ROTATED("The next key is published. It signs when every LMS has had the time to fetch it."),
    KEY_WITHDRAWN("The key is withdrawn: it is published no longer and signs nothing more."),
    ISSUER_NAMED("The issuer has its name. All that stands is issued anew under it within minutes."),
    ISSUER_PUBLISHED("What is published names every key."),
    ISSUER_RENEWED("All that stands is being issued anew, within minutes."),
    ISSUER_KEY_MADE(
            "The next key is published. It signs in two days, when whoever keeps the issuer’s document has it."),
    ISSUER_KEY_WITHDRAWN(
            "The key is withdrawn, and another one signs. What the old one signed and stands is issued anew within minutes."),
    TENANT_ADDED("The tenant is there."),
    OPERATOR_WITHDRAWN("The operator is withdrawn and signed out everywhere."),
    LINKED("From now on you sign in at your institution; your token is worth nothing any more.");

    private final String sentence;

    Done(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Done of(@Nullable String code) {
        return Arrays.stream(values())
                .filter(done -> done.code().equals(code))
                .findFirst()
                .orElse(null);
    }
}
