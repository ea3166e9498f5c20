package org.cairn.web;

import java.util.ArrayList;
import java.util.List;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.Disclosure;
import org.jspecify.annotations.Nullable;

/**
 * A signed form, as its learner sees it on the page of her award.
 *
 * @param tells what it tells, in words
 * @param name what it calls her; null where it names nobody
 * @param page the address of its public page
 * @param path where what she does with it is sent, and where her files of it are, with an ending
 * @param linkedIn the form of her LinkedIn profile, filled in
 * @param wallets how many wallets have a copy of their own of it
 */
public record SharedForm(
        String id,
        String tells,
        @Nullable String name,
        boolean isShown,
        boolean hasEvidence,
        String page,
        String path,
        String linkedIn,
        int wallets,
        List<Link> links) {

    /** One of her open links to it; {@code note} may be empty. */
    public record Link(String id, String note, String madeOn, String endsOn) {}

    /** Whether anybody else can see it now. */
    public boolean isSeen() {
        return isShown || !links.isEmpty();
    }

    static String tells(Credential credential) {
        return tells(credential.told());
    }

    private static String tells(Disclosure told) {
        var parts = new ArrayList<String>();
        if (told.evidence()) {
            parts.add("how it was earned");
        }
        if (told.grades()) {
            parts.add("your grades");
        }
        if (told.name() != null) {
            parts.add("your name");
        }
        if (parts.isEmpty()) {
            return "Tells only that it was earned";
        }
        var last = parts.removeLast();
        return "Tells " + (parts.isEmpty() ? last : String.join(", ", parts) + " and " + last);
    }
}
