package org.cairn.openbadges;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was checked of a credential, and what follows from it.
 *
 * @param credential what the signature covers; null where the text could not be read as a credential at all
 */
public record Verification(
        Verdict verdict, List<Check> checks, @Nullable JsonNode credential) {

    /** One thing that was checked. {@code passed} is null where it could not be checked. */
    public record Check(String name, @Nullable Boolean passed, String sentence) {}

    public enum Verdict {
        VALID("This credential is genuine and stands."),
        REVOKED("This credential is genuine, but its issuer has revoked it: it no longer stands."),
        NOT_YET_OR_EXPIRED("This credential is genuine, but today is outside the dates for which it was issued."),
        NOT_GENUINE(
                "This is not a genuine credential: it was not signed by the issuer it names, or was changed afterwards."),
        UNCHECKED("This credential could not be checked completely, so do not rely on it yet; try again later."),
        UNREADABLE("This is not a credential that can be read here.");

        private final String sentence;

        Verdict(String sentence) {
            this.sentence = sentence;
        }

        public String sentence() {
            return sentence;
        }
    }

    public boolean isValid() {
        return verdict == Verdict.VALID;
    }
}
